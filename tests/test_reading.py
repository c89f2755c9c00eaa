"""The next letter comes in as it is: official XML and HTML, Word and PDF, with footnotes and tables in place."""

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from handbook.content import load_handbook
from handbook.loading import BadInput
from handbook.reading import read
from handbook.segments import cut
from letters import new_source

# Small letters of our own, built as the official ones are.
XML = """<?xml version="1.0" encoding="utf-8"?>
<officiele-publicatie><metadata><meta name="x" content="y"/></metadata><kamerstuk><stuk><algemeen><vrije-tekst><tekst>
<al>Hierbij de <nadruk type="cur">proefbrief</nadruk>.<noot id="a" type="voet"><noot.nr>1</noot.nr><noot.al>Zie 29 826, nr. 1.</noot.al></noot></al>
<divisie><kop><nr>1.</nr><titel>Geld</titel></kop><al>Er is 3 miljoen euro.</al>
<lijst><li><li.nr>a.</li.nr><al>Eerst dit.</al></li><li><li.nr>b.</li.nr><al>Dan dat.</al></li></lijst></divisie>
<tussenkop>Cijfers</tussenkop>
<table><title>Tabel 1: Proef</title><tgroup cols="2"><tbody><row><entry><al>Banen</al></entry><entry><al>12,5</al></entry></row></tbody></tgroup></table>
<al>Tot slot.</al></tekst></vrije-tekst></algemeen></stuk></kamerstuk></officiele-publicatie>"""
HTML = """<!doctype html><html><body><nav><p>Menu</p></nav><div class="stuk broodtekst">
<p>Hierbij de <em>proefbrief</em>.<sup><a href="#n1" class="nootnummer">1</a></sup></p>
<h3 class="tussenkop">1. Geld</h3><p>Er is 3 miljoen euro.</p><ul><li>Eerst dit.</li><li>Dan dat.</li></ul>
<h3>Cijfers</h3><table><caption>Tabel 1: Proef</caption><tr><td>Banen</td><td>12,5</td></tr></table><p>Tot slot.</p>
<div class="noot" id="n1"><p>1 Zie 29 826, nr. 1.</p></div></div><footer><p>Naar boven</p></footer></body></html>"""
EXPECTED = [
    ("0.1", "paragraph", "Hierbij de proefbrief."),
    ("fn1", "footnote", "Zie 29 826, nr. 1."),
    ("1.1", "paragraph", "Er is 3 miljoen euro."),
    ("1.2", "item", "Eerst dit."),
    ("1.3", "item", "Dan dat."),
    ("table1.r0", "caption", "Tabel 1: Proef"),
    ("table1.r1", "row", "Banen 12,5"),
    ("s2.1", "paragraph", "Tot slot."),
]


def segments_of(path):
    reading = read(path)
    return [(s.at, s.kind, s.text) for s in cut(reading.text, reading.outline, reading.layout)]


@pytest.fixture
def word(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph("Hierbij de proefbrief.")
    mark = OxmlElement("w:footnoteReference")
    mark.set(qn("w:id"), "1")
    paragraph.add_run()._r.append(mark)
    document.add_heading("1. Geld", level=1)
    document.add_paragraph("Er is 3 miljoen euro.")
    document.add_paragraph("Eerst dit.", style="List Bullet")
    document.add_paragraph("Dan dat.", style="List Bullet")
    document.add_heading("Cijfers", level=1)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Banen", "12,5"
    document.add_paragraph("Tot slot.")
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:id="1"><w:p><w:r><w:t>Zie 29 826, nr. 1.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    document.save(tmp_path / "letter.docx")
    return tmp_path / "letter.docx"


@pytest.mark.parametrize(("name", "content"), [("letter.xml", XML), ("letter.html", HTML)])
def test_the_official_layouts_keep_footnotes_lists_and_tables(name, content, tmp_path):
    (tmp_path / name).write_text(content, "utf-8")
    assert segments_of(tmp_path / name) == EXPECTED


def test_word_keeps_footnotes_lists_and_tables(word):
    assert segments_of(word) == [row if row[0] != "table1.r0" else ("table1.r0", "caption", "Tabel 1") for row in EXPECTED]


def test_a_pdf_is_read_with_a_warning(tmp_path):
    import typst

    (tmp_path / "letter.typ").write_text("Hierbij de proefbrief. Er is 3 miljoen euro.\n\nTot slot.", "utf-8")
    typst.compile(str(tmp_path / "letter.typ"), output=str(tmp_path / "letter.pdf"))
    reading = read(tmp_path / "letter.pdf")
    assert "3 miljoen euro" in reading.text
    assert "guessed" in reading.warning


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.xml", b"<kamerstuk><al>Afgebroken", "whole and readable xml"),
        ("a.docx", b"no zip at all", "whole and readable docx"),
        ("a.docx", b"PK\x05\x06" + b"\0" * 18, "whole and readable docx"),
        ("a.pdf", b"%PDF-1.7 afgebroken", "whole and readable pdf"),
        ("a.html", b"", "whole and readable html"),
        ("a.html", b"<html><body></body></html>", "must not be empty"),
    ],
)
def test_garbage_gives_one_clear_line(name, content, expected, small):
    (small / name).write_bytes(content)
    before = {path: path.read_bytes() for path in small.rglob("*") if path.is_file()}
    result = new_source(small, small / name)
    assert (result.exit_code, result.output.count("\n")) == (1, 1), result.output
    assert expected in result.output
    assert {path: path.read_bytes() for path in small.rglob("*") if path.is_file()} == before


def test_a_pdf_of_pictures_says_what_to_do(tmp_path):
    import pypdf

    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(tmp_path / "scan.pdf")
    with pytest.raises(BadInput, match="text recognition"):
        read(tmp_path / "scan.pdf")


def test_the_worksheet_tells_known_from_unknown(small):
    (small / "letter.xml").write_text(XML.replace("Er is 3 miljoen euro.", "Het Alfafonds krijgt 3 miljoen euro van Jan Jansen."), "utf-8")
    result = new_source(small, small / "letter.xml")
    assert result.exit_code == 0, result.output
    sheet = (small / "dist/worksheet-new-2027.md").read_text("utf-8")
    assert "known: instrument alpha-fund" in sheet
    assert "unknown: Jan Jansen" in sheet
    assert "instruments/alpha-fund.md" in sheet
    assert "alpha-fund: het handboek zegt € 1,5 miljoen (notice-2026:1.1), deze alinea € 3 miljoen" in sheet
    assert [p.at for p in load_handbook(small).sources["new-2027"].paragraphs][:2] == ["0.1", "fn1"]
