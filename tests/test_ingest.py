"""Ingest cuts a text into what a reader calls paragraphs, stores none of its sentences, and loses nothing."""

import re

import pytest
import yaml
from click.testing import CliRunner
from handbook.checks.own_words import texts_folder
from handbook.cli import main
from handbook.ingest import segments
from handbook.loader import load_handbook
from handbook.segments import Heading, cut
from letters import new_source


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_footnotes_lists_boxes_and_tables_get_locators_of_their_own():
    text = "Opening\nA first.[footnoteRef:1] [1: A note.]\n• An item\nBox\nInside the box.\n"
    text += "After it.\nTable 1: T\n\tcell\n\t1,5\n\n\tmore\n\t2\n\nLast."
    outline = [Heading("0", "Opening"), Heading("box1", "Box", "box", 1), Heading("table1", "Table 1: T", "table", 2)]
    found = [(s.at, s.kind, s.text) for s in cut(text, outline)]
    assert found == [
        ("0.1", "paragraph", "A first."),
        ("fn1", "footnote", "A note."),
        ("0.2", "item", "An item"),
        ("box1.1", "paragraph", "Inside the box."),
        ("0.3", "paragraph", "After it."),
        ("table1.r0", "caption", "Table 1: T"),
        ("table1.r1", "row", "cell 1,5"),
        ("table1.r2", "row", "more 2"),
        ("0.4", "paragraph", "Last."),
    ]


def test_a_long_heading_is_known_by_its_first_words():
    for layout in ("prose", "wrapped"):
        found = cut("A heading of many words\nSaid.", [Heading("1", "A heading of …")], layout)
        assert [(s.at, s.text) for s in found] == [("1.1", "Said.")]
    with pytest.raises(ValueError, match="must begin with the first heading"):
        cut("Another heading\nSaid.", [Heading("1", "A heading of …")])


def test_lines_broken_by_extraction_are_joined():
    found = cut("Head\n• One sentence that \n\ngoes on.  \n\n \n\nThe next.", [Heading("1", "Head")], "wrapped")
    assert [s.text for s in found] == ["One sentence that goes on.", "The next."]


def test_the_register_holds_no_sentence_of_the_text(small):
    text = (small / "notice-2026.txt").read_text("utf-8")
    register = (small / "docs/data/sources/notice-2026.yml").read_text("utf-8")
    for sentence in ("Readers can cite every paragraph", "The editors thank 3 helpers", "opens on 2 March 2026"):
        assert sentence in text
        assert sentence not in register


def test_a_changed_text_reports_its_changes_and_keeps_gists(small):
    path = small / "notice-2026.txt"
    text = path.read_text("utf-8").replace("• Readers", "• A new item.\n\n• Readers").replace("3 helpers", "4 helpers")
    path.write_text(text, "utf-8")
    result = run("ingest", path, "--id", "notice-2026", "--root", small)
    assert result.exit_code == 0
    assert result.output.splitlines()[:4] == ["added: 1.2", "changed: 2.1", "removed: nothing", "moved: 1.2→1.3"]
    paragraphs = {p.at: p for p in load_handbook(small).sources["notice-2026"].paragraphs}
    assert paragraphs["1.3"].gist.en == "Readers can cite each paragraph."
    assert paragraphs["2.1"].gist.en == "The Alpha Fund pays 12.5%."
    assert paragraphs["1.2"].gist.en == "…"


def test_ingesting_twice_changes_nothing(small):
    register = small / "docs/data/sources/notice-2026.yml"
    run("ingest", small / "notice-2026.txt", "--id", "notice-2026", "--root", small)
    before = register.read_bytes()
    result = run("ingest", small / "notice-2026.txt", "--id", "notice-2026", "--root", small)
    assert result.output.splitlines()[1] == "changed: nothing"
    assert register.read_bytes() == before


def test_a_source_that_is_not_known_is_not_taken_in(small):
    (small / "new.txt").write_text("A heading\nA paragraph of some length.", "utf-8")
    result = run("ingest", small / "new.txt", "--id", "new-2027", "--root", small)
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert "Run `handbook new source new-2027 new.txt`." in result.output


def test_a_new_source_gets_a_proposed_outline(small):
    (small / "new.txt").write_text(
        "A heading\nA paragraph of some length, with 12 figures.\nAnother\nAnd one more paragraph here.", "utf-8"
    )
    assert new_source(small, small / "new.txt").exit_code == 0
    data = yaml.safe_load((small / "docs/data/sources/new-2027.yml").read_text("utf-8"))
    assert [s["heading"] for s in data["sections"]] == ["A heading", "Another"]
    assert [p["at"] for p in data["paragraphs"]] == ["0.1", "s1.1"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "must not be empty"),
        (b"  \n\n", "must not be empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "must be UTF-8 text"),
        (b"text\x00with a zero byte", "must be text, not a binary file"),
        ("één alinea".encode("latin-1"), "must be UTF-8 text"),
        (b"Nothing of the outline.", "outline must fit the text"),
    ],
)
def test_bad_input_gives_one_clear_line_and_writes_nothing(small, content, expected):
    register = small / "docs/data/sources/notice-2026.yml"
    before = register.read_bytes()
    (small / "bad.txt").write_bytes(content)
    result = run("ingest", small / "bad.txt", "--id", "notice-2026", "--root", small)
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert expected in result.output
    assert register.read_bytes() == before


def test_an_altered_register_is_found_out(small, monkeypatch):
    monkeypatch.setenv("HANDBOOK_SOURCES", str(small))
    assert run("ingest", "--verify", "--root", small).exit_code == 0
    register = small / "docs/data/sources/notice-2026.yml"
    register.write_text(register.read_text("utf-8").replace('"12.5%"', '"12.6%"'), "utf-8")
    result = run("ingest", "--verify", "--root", small)
    assert result.exit_code == 1
    assert "2.1 must bear the fingerprint and figures of the text" in result.output


def test_where_no_text_is_at_hand_nothing_counts_as_proven(small, tmp_path, monkeypatch):
    monkeypatch.setenv("HANDBOOK_SOURCES", str(tmp_path / "nowhere"))
    assert run("ingest", "--verify", "--root", small).exit_code == 2
    monkeypatch.setenv("HANDBOOK_SOURCES", str(small / "docs"))
    result = run("ingest", "--verify", "--root", small)
    assert result.exit_code == 2
    assert "nothing was verified. Set HANDBOOK_SOURCES" in result.output
    assert "must be one of notice-2026" in run("ingest", "--verify", "--id", "nowhere", "--root", small).output


def test_the_registers_agree_with_the_texts(root, book):
    folder = texts_folder(root)
    if folder is None:
        pytest.skip("The sources' texts are not on this machine: set HANDBOOK_SOURCES to their folder.")
    result = run("ingest", "--verify", "--root", root)
    assert result.exit_code == 0, result.output
    assert result.output.count("paragraphs compared") == len(book.sources)


def test_every_word_of_the_texts_is_in_a_paragraph_or_heading(root, book, subtests):
    folder = texts_folder(root)
    if folder is None:
        pytest.skip("The sources' texts are not on this machine: set HANDBOOK_SOURCES to their folder.")
    for source in book.sources.values():
        with subtests.test(source.id):
            text = re.sub(
                r"\[bookmark: \w+\]|\[footnoteRef:\d+\]|\[\d+:|\]|[•»«]|X Noot\s+\d+", " ", (folder / f"{source.id}.txt").read_text("utf-8")
            )
            # A heading that the register cuts short is the whole line that begins with it.
            short = [s.heading[:-1] for s in source.sections if s.heading.endswith("…")]
            headings = [s.heading for s in source.sections] + [line for line in text.splitlines() if line.strip().startswith(tuple(short))]
            kept = " ".join([s.text for s in segments(source, (folder / f"{source.id}.txt").read_text("utf-8"))] + headings)
            for mark in source.marks:
                text = text.replace(mark, mark[:-1])
            lost = set(re.findall(r"\w{2,}", text)) - set(re.findall(r"\w{2,}", kept))
            assert lost == set()
