"""Wrong input is caught: each fault gives exactly the findings it must, with path, line and rule."""

import re
from pathlib import Path

import pytest
import yaml
from handbook.accept import accept
from handbook.checks import check
from handbook.checks.rules import RULES
from handbook.loader import load_handbook

FAULTS = yaml.safe_load((Path(__file__).parent / "faults/faults.yml").read_text("utf-8"))


def test_the_small_handbook_is_sound(small):
    assert check(load_handbook(small)) == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["name"])
def test_a_fault_is_caught(fault, small, tmp_path, monkeypatch):
    monkeypatch.setenv("HANDBOOK_SOURCES", str(small if fault.get("texts") else tmp_path / "none"))
    for edit in fault["edits"]:
        spoil(small, edit)
    found = sorted(f"{f.path}:{f.line} {f.rule}" for f in check(load_handbook(small)))
    assert found == sorted(fault["findings"])


def test_every_finding_names_a_remedy(small, monkeypatch, subtests):
    for fault in FAULTS:
        with subtests.test(fault["name"]):
            for finding in check(load_handbook(small)):
                assert re.fullmatch(r".+ must .+\. .+\.", finding.message), finding


def test_every_rule_has_a_fault():
    """A check that nothing can fail is no check; the rules of `ingest` and spelling have their own tests."""
    caught = {finding.split()[1] for fault in FAULTS for finding in fault["findings"]}
    assert set(RULES) - caught == {"empty", "outline", "fingerprint", "spelling"}
    assert caught <= set(RULES)


def spoil(root: Path, edit: dict) -> None:
    path = root / edit["file"]
    if edit.get("delete"):
        path.unlink()
    elif "bytes" in edit:
        path.write_bytes(bytes.fromhex(edit["bytes"]))
    elif "text" in edit:
        path.write_text(edit["text"], "utf-8")
    else:
        text = path.read_text("utf-8")
        assert edit["find"] in text, f"{edit['find']!r} must stand in {path}"
        path.write_text(text.replace(edit["find"], edit["replace"]), "utf-8")
    if edit.get("accept"):
        accept(root, edit["file"].removeprefix("docs/nl/"))
