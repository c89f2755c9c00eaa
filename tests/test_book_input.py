"""Wrong use of `handbook book` is told in one line, an unprintable character is found where it is written; neither touches dist."""

import json
import shutil

import pytest
from click.testing import CliRunner
from handbook.book import press
from handbook.book.assemble import assemble
from handbook.book.choosing import file_name, stems
from handbook.book.glyphs import missing_glyphs
from handbook.book.press import Press
from handbook.book.sheets import on_one_page, sheet_infos
from handbook.book.staging import staged, write_whole
from handbook.book.typefaces import characters, typefaces
from handbook.book.whereabouts import count_pages
from handbook.cli import main
from handbook.edition import edition
from handbook.loader import load_handbook
from handbook.loading import BadInput
from handbook.reading_aids.dates import Changes
from pypdf import PdfReader

PAGE = "instruments/wbso"


@pytest.fixture
def run(root, site):
    """run(*arguments): the result of `handbook book` for the built site."""

    def run(*arguments: object):
        return CliRunner().invoke(main, ["book", "--root", str(root), "--site", str(site.root), *map(str, arguments)])

    return run


def test_a_selection_may_be_written_into_a_folder(run, tmp_path):
    done = run("--only", PAGE, "--output", tmp_path)
    assert done.exit_code == 0, done.output
    assert [path.name for path in tmp_path.iterdir()] == ["instruments-wbso-nl.pdf"]


@pytest.mark.parametrize("more", [(), ("--only", PAGE)], ids=["the whole book", "a selection"])
def test_a_place_that_cannot_be_written_is_told_in_one_line(run, tmp_path, more):
    (tmp_path / "file").write_text("in the way", "utf-8")
    done = run(*more, "--output", tmp_path / "file/below")
    assert done.exit_code == 1 and isinstance(done.exception, SystemExit)
    assert done.output.count("\n") == 1 and done.output.endswith("[output]\n")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_selection_is_not_laid_into_the_site(run):
    done = run("--only", PAGE, "--place")
    assert done.exit_code == 2 and "--place must go with the whole book" in done.output


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ("about/downloads", "the book leaves it out"),
        ("instruments/none", "Write it as below docs/nl"),
        ("docs/en/instruments/wbso.md", "Add --lang en"),
    ],
)
def test_a_page_that_cannot_be_chosen_is_told_why(run, wish, said, tmp_path):
    done = run("--only", wish, "--output", tmp_path)
    assert (done.exit_code, said in done.output, list(tmp_path.iterdir())) == (1, True, [])


@pytest.mark.parametrize("wish", [PAGE, f"docs/nl/{PAGE}.md", f"./docs/nl/{PAGE}.md", f"docs\\nl\\{PAGE}.md", f"{PAGE}.md", f"{PAGE}/"])
def test_a_page_may_be_named_as_it_is_found(wish):
    assert stems((wish, PAGE), "nl") == (PAGE,)
    assert file_name(stems((wish, PAGE), "nl"), "nl") == "instruments-wbso-nl.pdf"


def test_a_page_alone_has_no_cover(run, tmp_path):
    run("--only", PAGE, "--output", tmp_path / "alone.pdf")
    pages = PdfReader(tmp_path / "alone.pdf").pages
    assert len(pages) == 1 and "WBSO" in pages[0].extract_text() and "CC BY 4.0" in pages[0].extract_text()


def test_a_failed_run_leaves_what_was_there(tmp_path):
    write_manifest(tmp_path, "old", "kept")
    with pytest.raises(ValueError, match="stop"), staged(tmp_path) as folder:
        write_manifest(folder, "old", "new")
        raise ValueError("stop")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["manifest.json", "old"]
    assert (tmp_path / "old").read_text("utf-8") == "kept"


def test_a_run_that_goes_well_replaces_what_was_made_and_nothing_else(tmp_path):
    write_manifest(tmp_path, "old", "made before")
    (tmp_path / "worksheet.md").write_text("an editor's", "utf-8")
    with staged(tmp_path) as folder:
        write_manifest(folder, "new", "made")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["manifest.json", "new", "worksheet.md"]


def test_a_file_that_cannot_be_written_leaves_no_half(tmp_path):
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError):
        write_whole(tmp_path / "taken", b"content")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_character_from_data_is_found_in_every_line_that_brings_it(root, site, tmp_path):
    copy = tmp_path / "handbook"
    shutil.copytree(root / "docs", copy / "docs")
    shutil.copy(root / "mkdocs.yml", copy)
    places = [spoil(copy / "docs/data/instruments/wbso.yml", "nl: ", 1), spoil(copy / "docs/data/glossary.yml", "    nl: ", 40)]
    book = load_handbook(copy)
    tree = assemble(book, site.root, "nl", (PAGE,))
    more = [(f"docs/nl/instruments/{one.id}.md", info) for one, info in sheet_infos(book, "nl", Changes(book, edition(root)))]
    found = missing_glyphs(book, tree, characters(typefaces(root / ".cache")), more)
    assert [f"{one.path}:{one.line} {one.rule}" for one in found] == sorted(
        f"{path.relative_to(copy).as_posix()}:{line} glyph-missing" for path, line in places
    )


def test_a_fact_sheet_is_set_smaller_until_it_fits_and_one_that_never_does_is_told(root, book, tmp_path, monkeypatch):
    monkeypatch.setattr(press, "CACHE", str(tmp_path))
    _, info = next(sheet_infos(book, "nl", Changes(book, edition(root))))
    with Press(root) as one:
        for words, attempt in ((10, 0), (330, 2)):
            content = on_one_page(info | {"summary": "woord " * words}, one, "docs/data/instruments/one.yml")
            assert (count_pages(content), json.loads((one.work / "book.json").read_text("utf-8"))["attempt"]) == (1, attempt)
        with pytest.raises(BadInput) as caught:
            on_one_page(info | {"summary": "woord " * 5000}, one, "docs/data/instruments/one.yml")
    (finding,) = caught.value.findings
    assert str(finding).startswith("docs/data/instruments/one.yml:1: ") and "the fact sheet must fit on one page" in str(finding)


def test_all_findings_come_before_anything_is_set(root, site, book, monkeypatch, tmp_path):
    from handbook.book import making

    monkeypatch.setattr(making, "book_pdf", lambda *_: pytest.fail("nothing must be set"))
    tree = assemble(book, site.root, "nl", (PAGE,))
    tree.sections[0][0].text = "\u9f8d"
    monkeypatch.setattr(making, "assemble", lambda *_: tree)
    with pytest.raises(BadInput):
        making.make_selection(book, site.root, edition(root), "nl", (PAGE,), tmp_path / "pack.pdf")
    assert list(tmp_path.iterdir()) == []


def write_manifest(folder, name, content):
    (folder / name).write_text(content, "utf-8")
    (folder / "manifest.json").write_text(json.dumps({"files": [{"file": name}]}), "utf-8")


def spoil(path, before, number):
    """Puts a dragon after the first BEFORE from line NUMBER of the file PATH; returns the place."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if n >= number - 1 and before in line)
    lines[at] = lines[at].rstrip("\n") + " \u9f8d\n"
    path.write_text("".join(lines), "utf-8")
    return path, at + 1
