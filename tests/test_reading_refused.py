"""A file that cannot be read is refused in one line that says what helps, by every command, and nothing is written."""

import io
import logging

import docx
import pypdf
import pytest
from click.testing import CliRunner
from handbook import ingest
from handbook.cli import main
from letters import new_source
from pypdf.generic import DictionaryObject, NameObject, StreamObject

FRAMES = b"<html><head><title>x</title></head><frameset><frame src='a.html'></frameset></html>"
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
RTF = rb"{\rtf1\ansi Hierbij de brief.\par}"
FOREIGN_XML = b"<?xml version='1.0'?><invoice><line>Een regel.</line></invoice>"


def pdf(password="", filter_name=""):
    """A PDF with a page that says nothing in particular, locked by PASSWORD, or packed by a filter that nobody knows."""
    packed, writer = io.BytesIO(), pypdf.PdfWriter()
    page = writer.add_blank_page(100, 100)
    stream = StreamObject()
    stream.set_data(b"BT ET")
    if filter_name:
        stream[NameObject("/Filter")] = NameObject(filter_name)
    page[NameObject("/Contents")] = writer._add_object(stream)
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): DictionaryObject()})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(packed)
    return packed.getvalue()


def empty_word():
    packed = io.BytesIO()
    docx.Document().save(packed)
    return packed.getvalue()


REFUSED = {
    "a page without a body": ("a.html", b"<html></html>", "whole and readable html"),
    "a page of frames": ("a.html", FRAMES, "html"),
    "a PDF with a filter that nobody knows": ("a.pdf", pdf(filter_name="/Nonsense"), "whole and readable pdf"),
    "a PDF whose last change breaks off": ("a.pdf", pdf() + b"\n9 0 obj\n" + b"x" * 3000, "whole and readable pdf"),
    "a PDF of pictures with rubbish before it": ("a.pdf", b"rubbish\n" + pdf(), "text recognition"),
    "a PDF with a password": ("a.pdf", pdf(password="geheim"), "The PDF must have no password"),
    "a Word file with a password": ("a.docx", OLD_WORD, "The Word file must have no password"),
    "an empty Word file": ("a.docx", empty_word(), "Open it in Word"),
    "XML of something else": ("a.xml", FOREIGN_XML, "Only the XML of officielebekendmakingen.nl is read"),
    "rich text": ("a.rtf", RTF, "save it as .docx"),
    "rich text called text": ("a.txt", RTF, "save it as .docx"),
    "an old Word file": ("a.doc", OLD_WORD, "save it as .docx"),
    "an OpenDocument file": ("a.odt", b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", "save it as .docx"),
}


def state(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def told(command, small, path, caplog):
    """What COMMAND says of the file at PATH, on its one line, having written nothing."""
    before = state(small)
    known = ["ingest", str(path), "--id", "notice-2026", "--root", str(small)]
    result = new_source(small, path) if command == "new source" else CliRunner().invoke(main, known)
    assert (result.exit_code, result.output.count("\n")) == (1, 1), result.output
    assert isinstance(result.exception, SystemExit), result.exception
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
    assert state(small) == before
    return result.output


@pytest.mark.parametrize("command", ["new source", "ingest"])
@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_with_the_remedy(case, command, small, caplog):
    name, content, expected = REFUSED[case]
    (small / name).write_bytes(content)
    assert expected in told(command, small, small / name, caplog)


@pytest.mark.parametrize("case", ["an empty Word file", "XML of something else"])
def test_the_remedy_for_pictures_is_for_pdf_alone(case, small, caplog):
    name, content, _ = REFUSED[case]
    (small / name).write_bytes(content)
    assert "text recognition" not in told("new source", small, small / name, caplog)


@pytest.mark.parametrize("stop", [KeyboardInterrupt, RuntimeError])
def test_whatever_stops_a_new_source_leaves_nothing_behind(stop, small, monkeypatch):
    def stopped(*_):
        raise stop

    monkeypatch.setattr(ingest, "_merge", stopped)
    (small / "letter.txt").write_text("A heading\nA paragraph of some length.", "utf-8")
    before = state(small)
    assert new_source(small, small / "letter.txt").exit_code == 1
    assert state(small) == before
