"""Whoever reads can cite: every page, section, figure and paragraph, by hand and by script, in both languages and to the same words."""

import re
import subprocess
from urllib.parse import urljoin

import bibtexparser
import browser
import pytest
import rispy
from handbook import wording
from handbook.edition import edition
from handbook.exports.citations import file_name
from handbook.loader import load_handbook
from handbook.reading_aids.dates import Changes, last_changes
from handbook.reading_aids.references import References

# bibtexparser calls what its own parser means to drop.
pytestmark = pytest.mark.filterwarnings("ignore::pyparsing.warnings.PyparsingDeprecationWarning")
SITE_URL = "https://handboek-industriebeleid.example/"
ALL = """() => [...document.querySelector(".hb-citing__what select").options].map(({ value, parentElement }) => {
  parentElement.value = value;
  parentElement.dispatchEvent(new Event("change"));
  const texts = (names) => [...document.querySelectorAll(names)].map((one) => one.textContent);
  return [...texts(".hb-copy[data-section]"), ...texts("li[data-source]:not([hidden]) .hb-copy").map((text) => `  ${text}`)];
})"""
# One page of each kind that a part can stand on; the rules are the same in both languages, the words are not.
KINDS = {
    "nl": ("instruments/wbso.md", "figures.md", "glossary.md", "timeline.md", "parliament.md", "sources/vision-2020.md"),
    "en": ("policy/europe.md", "sources/smart-industry-2015.md"),
}


def url_of(page) -> str:
    return References(None, SITE_URL).url(page)


def place_of(page) -> str:
    return "/" + url_of(page).removeprefix(SITE_URL)


def words(element) -> str:
    return " ".join(element.text_content().split())


def listed(site, page) -> list[list[str]]:
    """What the text file of PAGE says: title, Dutch and English citation, sources, of the page and of every part."""
    text = (site.root / "data" / file_name(page, "txt")).read_text("utf-8")
    return [block.splitlines() for block in text.rstrip("\n").split("\n\n")]


def test_every_page_says_without_a_script_how_to_cite_it(site, book, subtests):
    for page in book.pages.values():
        with subtests.test(page.shown):
            (panel,) = site.pages[place_of(page)].xpath("//details[@id='hb-cite']")
            sentences = panel.xpath(".//span[@lang]")
            assert [one.get("lang") for one in sentences] == ["nl", "en"]
            for sentence in sentences:
                assert page.front.title in words(sentence)
                assert re.search(r"\d{1,2} \w+ 20\d\d", words(sentence))
                assert words(sentence).endswith(url_of(page))
            for link in panel.xpath(".//a/@href"):
                assert (site.root / urljoin(place_of(page), link).lstrip("/")).stat().st_size


def test_every_page_reads_back_in_a_reference_manager(site, book, subtests):
    changes = Changes(book, edition(book.root))
    entries = bibtexparser.loads(
        "".join((site.root / "data" / file_name(page, "bib")).read_text("utf-8") for page in book.pages.values())
    ).entries
    assert len({entry["ID"] for entry in entries}) == len(book.pages)
    for page, entry in zip(book.pages.values(), entries, strict=True):
        with subtests.test(page.shown):
            day = changes.of(page)
            assert (entry["title"].strip("{}").replace("\\", ""), entry["url"]) == (page.front.title, url_of(page))
            assert (entry["year"], entry["date"]) == (str(day.year), day.isoformat())
            (record,) = rispy.loads((site.root / "data" / file_name(page, "ris")).read_text("utf-8"))
            assert (record["title"], record["urls"], record["language"]) == (page.front.title, [url_of(page)], page.lang)
            assert record["date"].rstrip("/") == f"{day:%Y/%m/%d}"


def test_every_heading_key_figure_and_paragraph_can_be_cited(site, book, subtests):
    for page in book.pages.values():
        with subtests.test(page.shown):
            found = {block[1].rpartition("#")[2] for block in listed(site, page)[1:]}
            assert {heading.id for heading in page.headings if heading.level in (2, 3)} <= found
            if page.path == "figures.md":
                assert set(book.lists["figures"]) <= found
            if page.path == "glossary.md":
                assert set(book.lists["glossary"]) <= found
            if page.front.source:
                assert {f"p-{paragraph.at}" for paragraph in book.sources[page.front.source].paragraphs} <= found


def test_a_key_figure_is_cited_with_the_paragraph_of_its_source(site, book, subtests):
    blocks = {block[1].rpartition("#")[2]: block for block in listed(site, book.pages["en", "figures.md"])}
    for figure in book.lists["figures"].values():
        with subtests.test(figure.id):
            assert figure.measures.en in blocks[figure.id][0]
            for key in figure.cite:
                source, _, at = key.partition(":")
                place = wording.place(book, at, "en")
                grounds = [line for line in blocks[figure.id][3:] if book.sources[source].address in line]
                assert len(grounds) == 1
                assert re.search(rf"\b{re.escape(place)},", grounds[0])


def test_a_paragraph_is_cited_with_the_number_of_the_original(site, book, subtests):
    for source in book.sources.values():
        blocks = listed(site, book.pages["nl", f"sources/{source.id}.md"])
        paragraphs = [block for block in blocks if "#p-" in block[1]]
        assert len(paragraphs) == len(source.paragraphs)
        for block in paragraphs:
            with subtests.test(f"{source.id}:{block[0]}"):
                (original,) = block[3:]
                assert source.title.nl in original
                assert source.address in original
                assert (source.identifier or "") in original
                assert block[0] in original


def test_every_key_figure_has_a_permanent_link_of_its_own(site, book):
    for place in ("/figures/", "/en/figures/"):
        links = site.pages[place].xpath("//th/a[@class='hb-permalink']/@href")
        assert links == [f"#{row.id}" for row in sorted(book.lists["figures"].values(), key=lambda row: links.index(f"#{row.id}"))]


@pytest.mark.parametrize("lang", KINDS)
def test_the_script_says_what_the_text_file_says(visit, site, book, subtests, lang):
    for path in KINDS[lang]:
        page = book.pages[lang, path]
        reader, log = visit(place_of(page))
        with subtests.test(path):
            wanted = [block[1:] for block in listed(site, page)]
            assert len(wanted) > 5
            assert reader.evaluate(ALL) == wanted
            assert log.all() == []


def test_a_click_on_a_permanent_link_offers_the_citation_of_its_section(visit):
    page, log = visit("/policy/europe/")
    page.locator("#invest .headerlink").click()
    dialog = page.locator("dialog.hb-cite-dialog")
    dialog.wait_for()
    assert page.url.endswith("#invest")
    assert "paragraaf ‘Samen investeren’" in dialog.inner_text()
    assert dialog.inner_text().count("#invest") == 3
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    # The static place has its content back.
    assert page.locator("#hb-cite .hb-citing__body").count() == 1
    assert log.all() == []


def test_the_keyboard_alone_cites_the_section_the_reader_is_in(visit):
    page, _ = visit("/en/policy/europe/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("document.getElementById('invest').scrollIntoView()")
    page.locator(".hb-cite-here").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog.hb-cite-dialog[open]")
    page.wait_for_function("() => document.activeElement.textContent === 'Copy'")
    page.keyboard.press("Enter")
    status = page.locator(".hb-citing__status")
    page.wait_for_function("() => document.querySelector('.hb-citing__status').textContent")
    assert status.get_attribute("role") == "status"
    assert status.inner_text() == "Copied: Dutch"
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Handboek Industriebeleid, ‘Europe’ [Europa], paragraaf ‘")
    assert copied.endswith("(Engelse vertaling), https://handboek-industriebeleid.example/en/policy/europe/#invest")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.hb-cite-here')")


def test_where_the_browser_forbids_copying_the_text_is_selected(visit):
    page, _ = visit("/en/policy/europe/")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    page.locator(".hb-strip a[href='#hb-cite']").click()
    page.locator("dialog .hb-citing__copy").first.click()
    page.wait_for_function("() => String(getSelection()).includes('Handboek Industriebeleid')")
    assert "Ctrl+C" in page.locator(".hb-citing__status").inner_text()


@pytest.mark.parametrize(
    ("path", "part", "title"),
    [
        ("/policy/europe/", "invest", "Europa: Samen investeren"),
        ("/figures/", "employment-fte-2019", "fte: Arbeidsplaatsen in de industrie"),
    ],
)
def test_a_part_reads_back_in_a_reference_manager(visit, path, part, title):
    page, _ = visit(path)
    page.evaluate("document.getElementById('hb-cite').open = true")
    page.locator(".hb-citing__what select").select_option(part)
    texts = {}
    for name in ("BibTeX", "RIS"):
        with page.expect_download() as download:
            page.locator("#hb-cite").get_by_role("link", name=name).click()
        assert download.value.suggested_filename.endswith(f"-{part}.{name.lower()[:3]}")
        texts[name] = download.value.path().read_bytes().decode()
    (entry,) = bibtexparser.loads(texts["BibTeX"]).entries
    (record,) = rispy.loads(texts["RIS"])
    assert entry["ID"].endswith(f"-{part}")
    assert entry["url"] == record["urls"][0] == f"{SITE_URL}{path[1:]}#{part}"
    assert record["title"] == entry["title"].strip("{}")
    assert title in record["title"]
    assert "{" not in record["title"]


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_in_the_open_citation(visit, subtests, width):
    for path, link in (("/en/policy/europe/", "#invest .headerlink"), ("/figures/", "#employment-fte-2019 .hb-permalink")):
        page, log = visit(path, width)
        page.locator(link).click()
        page.wait_for_selector("dialog.hb-cite-dialog[open]")
        for scheme in ("light", "dark"):
            browser.recolour(page, scheme)
            with subtests.test(f"{path} {scheme}"):
                assert browser.violations(page) == []
        page.keyboard.press("Escape")
        page.locator("#hb-cite summary").click()
        with subtests.test(f"{path} unfolded"):
            assert browser.violations(page) == []
        assert log.all() == []


def test_without_a_script_the_citation_unfolds_and_nothing_dead_is_shown(visit):
    page, _ = visit("/figures/", java_script_enabled=False)
    page.locator(".hb-strip a[href='#hb-cite']").click()
    page.locator("#hb-cite summary").click()
    assert page.locator("#hb-cite .hb-copy").first.is_visible()
    assert page.locator("#hb-cite button, #hb-cite select, dialog.hb-cite-dialog, .hb-cite-here").count() == 0


def test_a_printed_page_carries_its_citation(visit):
    page, _ = visit("/policy/europe/")
    page.emulate_media(media="print")
    assert page.locator(".hb-on-paper").inner_text().startswith("Handboek Industriebeleid, ‘Europa’, ")
    assert page.locator(".hb-on-paper").inner_text().endswith("/policy/europe/")
    for furniture in (".hb-strip", ".hb-paths", "#hb-cite", ".hb-tool summary"):
        assert not page.locator(furniture).first.is_visible()


def commit(folder, day: str, changed: str = "docs/data/labels.yml") -> None:
    path = folder / changed
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    stamps = dict.fromkeys(("GIT_COMMITTER_DATE", "GIT_AUTHOR_DATE"), f"{day}T12:00:00+0000")
    for command in (["add", "."], ["-c", "user.name=t", "-c", "user.email=t@t.example", "commit", "-qm", day]):
        subprocess.run(["git", "-C", str(folder), *command], check=True, env={"PATH": "/usr/bin:/bin"} | stamps)


@pytest.fixture
def history(small):
    """The small handbook with three commits: all of it, a page, the data file of an instrument."""
    subprocess.run(["git", "-C", str(small), "init", "-q"], check=True)
    commit(small, "2026-03-01")
    commit(small, "2026-04-01", "docs/nl/index.md")
    commit(small, "2026-05-01", "docs/data/instruments/alpha-fund.yml")
    return small


def dates(root) -> dict[str, str]:
    book = load_handbook(root)
    changes = Changes(book, edition(root))
    return {f"{lang}/{path}": changes.of(page).isoformat() for (lang, path), page in book.pages.items()}


def test_a_page_dates_from_the_last_commit_of_its_own_files(history):
    found = dates(history)
    assert found["nl/index.md"] == "2026-04-01"
    assert found["en/index.md"] == "2026-03-01"
    assert found["nl/instruments/alpha-fund.md"] == found["en/instruments/alpha-fund.md"] == "2026-05-01"
    assert dates(history) == found


def test_a_shallow_clone_dates_every_page_by_its_edition(history, tmp_path):
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{history}", str(tmp_path / "clone")], check=True)
    assert last_changes(tmp_path / "clone") == {}
    assert set(dates(tmp_path / "clone").values()) == {"2026-05-01"}


def test_without_git_every_page_dates_from_its_edition(small, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1775000000")
    assert set(dates(small).values()) == {"2026-03-31"}
