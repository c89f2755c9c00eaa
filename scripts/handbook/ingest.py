"""Takes the text of a source into its register: locators, fingerprints, word counts and figures, never a sentence of the text itself."""

import hashlib
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from handbook.figures import source_figures
from handbook.loading import BadInput, Finding, load, read_text
from handbook.model import Source
from handbook.outline import guess_outline
from handbook.reading import Reading, read
from handbook.segments import Heading, Segment, cut
from handbook.skeleton import BLANK


@dataclass
class Report:
    """What ingesting changed: locators that are new, whose text changed, that moved (same text, other locator), that are gone."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    moved: list[tuple[str, str]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.moved or self.removed)


def fingerprint(text: str) -> str:
    """SHA-256 of TEXT with case, spacing and quotation marks normalised, first 16 hexadecimal digits."""
    plain = " ".join(re.sub(r"[‘’“”'\"«»]", "'", text).casefold().split())
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def segments(source: Source, text: str) -> list[Segment]:
    """The segments of TEXT along the outline that the register of SOURCE holds. Raises ValueError where they do not fit."""
    outline = [Heading(s.id, s.heading, s.kind, s.length) for s in source.sections]
    return cut(text, outline, source.layout, source.marks)


@dataclass(frozen=True)
class Ingested:
    """What ingesting found and changed, and a warning where the structure of the file was guessed."""

    segments: list[Segment]
    report: Report
    warning: str


def ingest(text_path: Path, register: Path, shown: str) -> Ingested:
    """Takes the source at TEXT_PATH into REGISTER and reports the differences; gists and reasons are kept.

    A register without sections gets those that the text proposes.
    Raises BadInput, having written nothing, for an unknown source and for input that is empty, unreadable or does not fit its outline.
    """
    if not register.exists():
        message = f"The source must be known first. Run `handbook new source {register.stem} {text_path.name}`."
        raise BadInput([Finding(shown, 1, "unreadable", message)])
    reading = read(text_path)
    yaml = YAML()
    yaml.width, yaml.preserve_quotes = 140, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    load(Source, register, shown)
    data = yaml.load(read_text(register, shown))
    if not data["sections"]:
        data["sections"], data["layout"] = _proposed(reading), reading.layout
    source = Source.model_validate(_plain(data))
    try:
        found = segments(source, reading.text)
    except ValueError as error:
        raise BadInput([Finding(shown, 1, "outline", f"The outline must fit the text: {error}. Correct `sections`.")]) from None
    old = {p["at"]: p for p in data.get("paragraphs") or []}
    data["paragraphs"], report = _merge(old, found)
    data["fingerprint"] = DoubleQuotedScalarString(fingerprint(reading.text))
    out = io.StringIO()
    yaml.dump(data, out)
    register.write_text(out.getvalue(), "utf-8", newline="\n")
    return Ingested(found, report, reading.warning)


def verify(source: Source, text: str, shown: str) -> list[Finding]:
    """A finding for each registered paragraph whose fingerprint or figures TEXT does not bear out."""
    try:
        found = {s.at: s for s in segments(source, text)}
    except ValueError as error:
        return [Finding(shown, 1, "outline", f"The outline must fit the text: {error}. Correct `sections`.")]
    findings = []
    for paragraph in source.paragraphs:
        segment = found.pop(paragraph.at, None)
        if segment is None:
            findings.append(Finding(shown, 1, "fingerprint", f"{paragraph.at} must stand in the text. Ingest the text again."))
        elif (fingerprint(segment.text), source_figures(segment.text)) != (paragraph.fingerprint, paragraph.figures):
            findings.append(
                Finding(shown, 1, "fingerprint", f"{paragraph.at} must bear the fingerprint and figures of the text. Ingest it again.")
            )
    return findings + [Finding(shown, 1, "fingerprint", f"{at} must be registered. Ingest the text again.") for at in found]


def _merge(old: dict[str, dict], found: list[Segment]) -> tuple[list[dict], Report]:
    report = Report()
    by_print = {p["fingerprint"]: p for p in old.values()}
    fresh = [_entry(segment) for segment in found]
    taken = {entry["at"] for entry in fresh if entry["at"] in old}
    prints = {entry["fingerprint"] for entry in fresh}
    for entry in fresh:
        same_place, same_text = old.get(entry["at"]), by_print.get(entry["fingerprint"])
        if same_place and same_place["fingerprint"] == entry["fingerprint"]:
            keep = same_place
        elif same_text:
            keep = same_text
            report.moved.append((same_text["at"], entry["at"]))
        elif same_place and same_place["fingerprint"] not in prints:
            keep = same_place
            report.changed.append(entry["at"])
        else:
            keep = {"gist": {"nl": BLANK, "en": BLANK}}
            report.added.append(entry["at"])
        for key in ("gist", "omitted", "untold"):
            if key in keep:
                entry[key] = keep[key]
    moved_from = {origin for origin, _ in report.moved}
    report.removed = [at for at in old if at not in taken and at not in moved_from]
    return fresh, report


def _entry(segment: Segment) -> dict:
    quoted = DoubleQuotedScalarString
    entry = {"at": quoted(segment.at), "section": quoted(segment.section), "kind": segment.kind}
    if segment.note_of:
        entry["note_of"] = quoted(segment.note_of)
    entry |= {"fingerprint": quoted(fingerprint(segment.text)), "words": len(segment.text.split())}
    if found := source_figures(segment.text):
        entry["figures"] = _flow([quoted(f) for f in found])
    return entry


def _flow(items: list) -> list:
    from ruamel.yaml.comments import CommentedSeq

    flow = CommentedSeq(items)
    flow.fa.set_flow_style()
    return flow


def _proposed(reading: Reading) -> list[dict]:
    """The sections that READING has or lets guess; an opening without text is none. Their Dutch titles are the headings, without number."""
    quoted = DoubleQuotedScalarString
    outline = reading.outline or guess_outline(reading.text)
    filled = {segment.section for segment in cut(reading.text, outline, reading.layout)}
    sections = []
    for heading in outline:
        if not heading.heading and heading.id not in filled:
            continue
        title = {"nl": quoted(re.sub(r"^\d[\d.]*\s+", "", heading.heading)) if heading.heading else BLANK, "en": BLANK}
        section: dict = {"id": quoted(heading.id), "heading": quoted(heading.heading), "title": title}
        if heading.kind != "section":
            section |= {"kind": heading.kind, "length": heading.length}
        sections.append(section)
    return sections


def _plain(data: object) -> object:
    if isinstance(data, dict):
        return {str(key): _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(value) for value in data]
    return str(data) if isinstance(data, str) else data
