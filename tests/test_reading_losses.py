"""Nothing of a letter is lost in silence: it is read, or the words that are in no paragraph are told."""

import docx
import pytest
from docx.oxml import parse_xml
from handbook.reading import read
from handbook.reading.pdf import _paragraphs
from handbook.segments import Heading, cut

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NOTE = '<noot type="voet"><noot.nr>1</noot.nr><noot.al>{}</noot.al></noot>'
LETTER = "<officiele-publicatie><kamerstuk><stuk><titel>Brief</titel>{}</stuk>{}</kamerstuk></officiele-publicatie>"
PAGE = "<html><body><main><div class='stuk'><h1>Brief</h1>{}</div>{}</main></body></html>"
TABLE = "<table><tgroup cols='1'><tbody><row><entry>{}</entry><entry><al>12</al></entry></row></tbody></tgroup></table>"


def segments_of(path):
    reading = read(path)
    return [(s.at, s.text) for s in cut(reading.text, reading.outline, reading.layout)]


def of_xml(tmp_path, inside, beside=""):
    (tmp_path / "a.xml").write_text(LETTER.format(inside, beside), "utf-8")
    return tmp_path / "a.xml"


def of_html(tmp_path, inside, beside=""):
    (tmp_path / "a.html").write_text(PAGE.format(inside, beside), "utf-8")
    return tmp_path / "a.html"


def of_word(tmp_path, *blocks):
    """A Word file with one paragraph and BLOCKS of raw XML behind it."""
    document = docx.Document()
    document.add_paragraph("Hierbij de brief.")
    for block in blocks:
        document.element.body.insert(-1, parse_xml(block.replace(">", f" {SPACE}>", 1)))
    document.save(tmp_path / "a.docx")
    return tmp_path / "a.docx"


@pytest.mark.parametrize(
    "said", ["Eerst [zie 2: dit] x. Tweede.", "Artikel 5 [zoals gewijzigd] lid 2.", "Een haak [ die open blijft.", "a] b"]
)
def test_a_footnote_keeps_its_own_brackets(said, tmp_path):
    xml = of_xml(tmp_path, f"<al>Tekst{NOTE.format(said)} verder.</al>")
    mark, note = '<sup><a href="#n1">1</a></sup>', f'<div class="noot" id="n1">1 {said}</div>'
    html = of_html(tmp_path, f"<p>Tekst{mark} verder.</p>", note)
    expected = [("0.1", "Tekst verder."), ("fn1", said)]
    assert segments_of(xml) == segments_of(html) == expected


def test_a_footnote_in_plain_text_keeps_its_own_brackets():
    found = cut("Tekst.[footnoteRef:1] [1: Eerst [zie 2: dit] x. Tweede.]", [Heading("0")])
    assert [(s.at, s.text) for s in found] == [("0.1", "Tekst."), ("fn1", "Eerst [zie 2: dit] x. Tweede.")]


def test_brackets_in_a_paragraph_are_no_footnote(tmp_path):
    assert segments_of(of_xml(tmp_path, "<al>Artikel [2: vervallen] blijft.</al>")) == [("0.1", "Artikel [2: vervallen] blijft.")]


def test_a_heading_keeps_its_brackets(tmp_path):
    path = of_xml(tmp_path, "<al>Een.</al><tussenkop>Geld [2027]</tussenkop><al>Twee.</al>")
    assert read(path).outline[1] == Heading("s1", "Geld [2027]")
    assert segments_of(path) == [("0.1", "Een."), ("s1.1", "Twee.")]


@pytest.mark.parametrize(
    ("make", "inside", "beside"),
    [
        (of_xml, "<al>Een.</al>", "<bijlage><kop><titel>Bijlage</titel></kop><al>Uit de bijlage.</al></bijlage>"),
        (of_html, "<p>Een.</p>", "<div class='bijlage'><h2>Bijlage</h2><p>Uit de bijlage.</p></div>"),
    ],
)
def test_an_annex_beside_the_letter_is_read(make, inside, beside, tmp_path):
    assert segments_of(make(tmp_path, inside, beside)) == [("0.1", "Een."), ("s1.1", "Uit de bijlage.")]


@pytest.mark.parametrize(
    ("make", "table"),
    [
        (of_xml, TABLE.format("<al>Soort:</al><lijst><li><li.nr>–</li.nr><al>banen</al></li></lijst>")),
        (of_html, "<table><tr><td>Soort:<ul><li>banen</li></ul></td><td>12</td></tr></table>"),
        (of_html, "<table><tr><td>Soort: <table><tr><td>banen</td></tr></table></td><td>12</td></tr></table>"),
    ],
)
def test_a_cell_keeps_the_list_and_table_in_it(make, table, tmp_path):
    path = make(tmp_path, table)
    assert segments_of(path)[1:] == [("table1.r1", "Soort: banen 12")]
    assert read(path).warning == ""


def test_a_list_deep_in_an_item_is_read(tmp_path):
    inner = "<al>Eerst:<lijst><li><li.nr>a.</li.nr><al>dit deel.</al></li></lijst></al>"
    path = of_xml(tmp_path, f"<al>Een.</al><lijst><li><li.nr>1.</li.nr>{inner}</li></lijst>")
    assert segments_of(path) == [("0.1", "Een."), ("0.2", "Eerst:"), ("0.3", "dit deel.")]


@pytest.mark.parametrize(
    ("make", "inside", "beside", "word"),
    [
        (of_xml, "<al>Een.</al><formule>ab</formule>", "", "ab"),
        (of_xml, "<al>Een.</al>", "<naschrift>Een woord.</naschrift>", "Een woord"),
        (of_html, "<p>Een.</p><div>ja</div>", "", "ja"),
        (of_html, "<p>Een.</p>", "<div>Een woord.</div>", "Een woord"),
    ],
)
def test_words_of_any_length_in_no_paragraph_are_told(make, inside, beside, word, tmp_path):
    assert f"in no paragraph: {word}." in read(make(tmp_path, inside, beside)).warning


RUN = "<w:r><w:t>{}</w:t></w:r>"
INSERTED = f'<w:p>{RUN.format("Er is 3 ")}<w:ins w:id="1">{RUN.format("miljoen ")}</w:ins>{RUN.format("euro.")}</w:p>'
DELETED = '<w:del w:id="2"><w:r><w:delText>Ook.</w:delText></w:r></w:del>'
MOVED = f'<w:p>{RUN.format("Blijft.")}<w:moveFrom w:id="1">{RUN.format("Weg.")}</w:moveFrom>{DELETED}</w:p>'
CONTROL = f"<w:sdt><w:sdtContent><w:p>{RUN.format('Er is 3 miljoen euro.')}</w:p></w:sdtContent></w:sdt>"
INLINE = f"<w:p>{RUN.format('Er is ')}<w:sdt><w:sdtContent>{RUN.format('3 miljoen')}</w:sdtContent></w:sdt>{RUN.format(' euro.')}</w:p>"


@pytest.mark.parametrize(
    ("block", "expected"),
    [(INSERTED, "Er is 3 miljoen euro."), (MOVED, "Blijft."), (CONTROL, "Er is 3 miljoen euro."), (INLINE, "Er is 3 miljoen euro.")],
    ids=["inserted", "moved and deleted", "a control around a paragraph", "a control in a line"],
)
def test_word_reads_tracked_changes_as_accepted_and_content_controls(block, expected, tmp_path):
    path = of_word(tmp_path, block)
    assert segments_of(path) == [("0.1", "Hierbij de brief."), ("0.2", expected)]
    assert read(path).warning == ""


def test_word_reads_a_table_in_a_cell_and_a_merged_cell_once(tmp_path):
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Samen"
    table.cell(1, 0).text = "Soort:"
    table.cell(1, 0).add_table(1, 1).cell(0, 0).text = "banen"
    table.cell(1, 1).text = "12"
    document.save(tmp_path / "a.docx")
    assert segments_of(tmp_path / "a.docx")[1:] == [("table1.r1", "Samen"), ("table1.r2", "Soort: banen 12")]


def test_a_word_that_a_line_of_a_pdf_breaks_off_is_whole_again(tmp_path):
    import typst

    page = '#set page(width: 6cm)\n#set text(lang: "nl", hyphenate: true)\n#set par(justify: true)\n'
    said = page + "industriebeleid meerjarenprogramma " * 4
    (tmp_path / "a.typ").write_text(said, "utf-8")
    typst.compile(str(tmp_path / "a.typ"), output=str(tmp_path / "a.pdf"))
    assert set(read(tmp_path / "a.pdf").text.split()) == {"industriebeleid", "meerjarenprogramma"}


def test_a_hyphen_that_stands_for_half_a_word_stays():
    assert (
        _paragraphs(["Wij maken kennis-", "en innovatie-", "beleid voor iedereen."])[0]
        == "Wij maken kennis- en innovatiebeleid voor iedereen."
    )
