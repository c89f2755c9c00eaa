"""The next letter comes in as it is: official XML and HTML, Word and PDF, with footnotes and tables in place."""

import io
import zipfile

import docx
import pypdf
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from handbook.loader import load_handbook
from handbook.reading import read
from handbook.segments import cut
from letters import new_source

# A small letter of our own, built as officielebekendmakingen.nl builds its XML and, from that, its pages.
XML = """<?xml version="1.0" encoding="utf-8"?>
<officiele-publicatie><metadata><meta name="x" content="y"/></metadata><kamerstuk>
<kamerstukkop><tekstregel inhoud="vergaderjaar">Vergaderjaar 2026-2027</tekstregel></kamerstukkop>
<dossier><dossiernummer><dossiernr>29 826</dossiernr></dossiernummer><titel>Industriebeleid</titel></dossier>
<stuk><stuknr>Nr. <ondernummer kamer="2">999</ondernummer></stuknr>
<titel>PROEFBRIEF<noot id="t" type="voet"><noot.nr>1</noot.nr><noot.al>Noot bij de titel.</noot.al></noot></titel>
<algemeen><vrije-tekst><tekst status="goed">
<al>Hierbij de proef<?xpp afbm?>brief<noot id="a" type="voet"><noot.nr>2</noot.nr><noot.al>Zie
<extref soort="document" doc="kst-29826-1">29 826, nr. 1</extref>.</noot.al></noot> van <nadruk type="cur">nu</nadruk>.</al>
<divisie><kop><nr>1.</nr><titel>Geld</titel></kop><al>Er is 3 miljoen euro.</al>
<lijst type="expliciet"><li><li.nr>–</li.nr><al>Eerst dit:</al>
<lijst type="expliciet"><li><li.nr>a.</li.nr><al>dit deel.</al></li></lijst></li><li><li.nr>–</li.nr><al>Dan dat.</al></li></lijst>
<divisie><kop><nr>1.1</nr><titel>Meer</titel></kop><al>Nog 2%.</al></divisie></divisie>
</tekst><tekst status="goed"><tussenkop kopopmaak="vet">Cijfers</tussenkop>
<table><title>Proef</title><tgroup cols="2"><colspec colname="c1"/><colspec colname="c2"/>
<thead><row><entry colname="c1"><al>Soort</al></entry><entry colname="c2"><al>Aantal<noot id="c" type="tabel"><noot.nr>1</noot.nr>
<noot.al>In duizenden.</noot.al></noot></al></entry></row></thead>
<tbody><row><entry/><entry/></row><row><entry colname="c1"><al>Banen</al></entry><entry colname="c2"><al>12,5</al></entry></row></tbody>
</tgroup></table><al>Tot slot.</al></tekst></vrije-tekst></algemeen>
<tekst-sluiting><ondertekening><functie>De Minister,</functie><naam><voornaam>J.</voornaam><achternaam>Jansen</achternaam></naam>
</ondertekening></tekst-sluiting></stuk></kamerstuk></officiele-publicatie>"""
NOTE = """<div class="voet noot snp-mouseoffset" id="supernote-note-ID-{0}"><h5 class="note-close">
<a class="note-close" href="#close-ID-{0}">X</a> Noot</h5><sup><span class="nootnum"><a id="ID-{0}"></a>{1}</span></sup><p>{2}</p></div>"""
MARK = """<sup><a class="nootnum supernote-click-ID-{0}" href="#ID-{0}">{1}</a></sup>"""
HTML = f"""<!doctype html><html><head><title>29 826</title></head><body><nav><p>Menu</p></nav><main><article>
<h1 class="dossiertitel">29 826 Industriebeleid</h1><div class="stuk">
<h1 class="stuktitel">PROEFBRIEF{MARK.format("t", 1)}</h1><div class="algemeen">
<p>Hierbij de proefbrief{MARK.format("a", 2)} van <em class="cur">nu</em>.</p>
<h2 class="divisiekop1">1. Geld</h2><p>Er is 3 miljoen euro.</p>
<ul class="expliciet"><li class="li"><p class="labeled"><span class="ol">– </span>Eerst dit:</p>
<ul class="expliciet"><li class="li"><p class="labeled"><span class="ol">a. </span>dit deel.</p></li></ul></li>
<li class="li"><p class="labeled"><span class="ol">– </span>Dan dat.</p></li></ul>
<h3 class="divisiekop2">1.1 Meer</h3><p>Nog 2%.</p><p class="tussenkop"><strong class="vet">Cijfers</strong></p>
<table><caption>Proef</caption><thead><tr><td><p>Soort</p></td><td><p>Aantal{MARK.format("c", 1)}</p></td></tr></thead>
<tbody><tr><td></td><td></td></tr><tr><td><p>Banen</p></td><td><p>12,5</p></td></tr></tbody></table>
<div class="tabelnoten"><hr>{NOTE.format("c", 1, "In duizenden.")}</div><p>Tot slot.</p>
<p class="ondertekening"><span class="functie">De Minister,</span> <span class="naam">J. Jansen</span></p></div></div>
<div id="noten"><hr>{NOTE.format("t", 1, "Noot bij de titel.")}{NOTE.format("a", 2, "Zie 29 826, nr. 1.")}</div></article></main>
<footer><p>Naar boven</p></footer></body></html>"""
OFFICIAL = [
    ("fn1", "footnote", "Noot bij de titel."),
    ("0.1", "paragraph", "Hierbij de proefbrief van nu."),
    ("fn2", "footnote", "Zie 29 826, nr. 1."),
    ("1.1", "paragraph", "Er is 3 miljoen euro."),
    ("1.2", "item", "Eerst dit:"),
    ("1.3", "item", "dit deel."),
    ("1.4", "item", "Dan dat."),
    ("1.1.1", "paragraph", "Nog 2%."),
    ("table1.r0", "caption", "Tabel 1: Proef"),
    ("table1.r1", "row", "Soort Aantal"),
    ("fn1-2", "footnote", "In duizenden."),
    ("table1.r2", "row", "Banen 12,5"),
    ("s3.1", "paragraph", "Tot slot."),
    ("s3.2", "paragraph", "De Minister, J. Jansen"),
]
WORD = [
    ("0.1", "paragraph", "Hierbij de proefbrief."),
    ("fn1", "footnote", "Zie 29 826, nr. 1."),
    ("1.1", "paragraph", "Er is 3 miljoen euro."),
    ("1.2", "item", "Eerst dit."),
    ("1.3", "item", "Dan dat."),
    ("table1.r0", "caption", "Tabel 1"),
    ("table1.r1", "row", "Banen 12,5"),
    ("s2.1", "paragraph", "Tot slot."),
]


def segments_of(path):
    reading = read(path)
    return [(s.at, s.kind, s.text) for s in cut(reading.text, reading.outline, reading.layout)]


def zipped(*names):
    """A zip file with nothing of worth in files called NAMES."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "<Types/>")
    return packed.getvalue()


def picture():
    """A PDF without text."""
    packed = io.BytesIO()
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(packed)
    return packed.getvalue()


PICTURE = picture()


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
    (tmp_path / name).write_bytes(content.replace("\n", "\r\n").encode())
    assert segments_of(tmp_path / name) == OFFICIAL
    assert read(tmp_path / name).warning == ""


def test_words_that_stand_in_no_paragraph_are_told(tmp_path):
    (tmp_path / "page.html").write_text("<html><body><p>Een alinea.</p><div>Verdwaalde woorden.</div></body></html>", "utf-8")
    assert "Verdwaalde woorden" in read(tmp_path / "page.html").warning


def test_word_keeps_footnotes_lists_and_tables(word):
    assert segments_of(word) == WORD


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
        ("a.docx", zipped("notes.txt"), "whole and readable docx"),
        ("a.docx", zipped("[Content_Types].xml", "xl/workbook.xml"), "whole and readable docx"),
        ("a.pdf", b"%PDF-1.7 afgebroken", "whole and readable pdf"),
        ("a.pdf", PICTURE[:-6], "whole and readable pdf"),
        ("a.pdf", PICTURE, "text recognition"),
        ("a.html", HTML[:900].encode(), "whole and readable html"),
        ("a.xml", XML.encode()[:-30], "whole and readable xml"),
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


def test_the_worksheet_tells_known_from_unknown(small):
    said = "Sinds 4 maart 2026 is er het fonds. Het Alfafonds krijgt 3 miljoen euro van Jan Jansen."
    (small / "letter.xml").write_text(XML.replace("Er is 3 miljoen euro.", said), "utf-8")
    result = new_source(small, small / "letter.xml")
    assert result.exit_code == 0, result.output
    sheet = (small / "dist/worksheet-new-2027.md").read_text("utf-8")
    assert "known: instrument alpha-fund" in sheet
    assert "unknown: Jan Jansen" in sheet
    assert "Jan Jansen" in sheet.partition("new names:** ")[2].partition("\n")[0].split(", ")
    assert "figures: €3000000 ‘…Het Alfafonds krijgt 3 miljoen euro van Jan…’" in sheet
    assert "dates: 2026-03-04" in sheet
    assert "papers: 29 826, nr. 1" in sheet
    assert "pages that speak of this:** instruments/alpha-fund.md (1)" in sheet
    assert "figures that differ:** 1" in sheet
    assert "instruments/alpha-fund.md" in sheet
    assert "alpha-fund: het handboek zegt € 1,5 miljoen (notice-2026:1.1), deze alinea € 3 miljoen" in sheet
    assert [p.at for p in load_handbook(small).sources["new-2027"].paragraphs][:2] == ["fn1", "0.1"]
