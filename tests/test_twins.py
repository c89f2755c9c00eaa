"""Every page has a twin in plain Markdown that says what the page says and stands by itself."""

import re
from collections import Counter
from urllib.parse import urljoin

import pytest
from handbook.addresses import address
from handbook.edition import edition
from handbook.exports import exports
from handbook.exports.plain import plain

ADDRESS = "https://handbook.example/"
# What a page has for the screen alone: things to press, pictures, and what other books and pages hold again.
SCREEN = ".//*[contains(@class,'hb-screen') or contains(@class,'hb-years') or contains(@class,'hb-filter')]"
# The files of the book are listed where they are laid into the site: no twin knows their checksums.
FILES = ".//*[contains(@class,'hb-files')]"
UNSEEN = f"{SCREEN}|{FILES}|.//svg|.//script|.//style|.//button|.//select|.//output"


@pytest.fixture(scope="session")
def twins(book, root):
    files = exports(book, edition(root), ADDRESS)
    return {export.name: export.content.decode() for export in files if export.name.startswith("text/") or export.name == "llms.txt"}


def words(text):
    return Counter(re.findall(r"\w+", text.casefold()))


def test_every_twin_says_what_its_page_says(twins, book, site, subtests):
    for lang, path in book.pages:
        with subtests.test(f"{lang}/{path}"):
            page = site.pages["/" + ("" if lang == "nl" else f"{lang}/") + address(path)]
            (article,) = page.xpath("//article[contains(@class,'md-content__inner')]")
            unseen = sum((words(part.text_content()) for part in article.xpath(UNSEEN)), Counter())
            said = words(article.text_content()) - unseen
            share = (said & words(twins[f"text/{lang}/{path}"])).total() / said.total()
            assert share >= 0.8


def test_every_twin_stands_by_itself(twins, book, subtests):
    for lang, path in book.pages:
        with subtests.test(f"{lang}/{path}"):
            text = twins[f"text/{lang}/{path}"]
            for left in ("{ #", "[^", "<!-- handbook", "!!!", "<div", "<p", "</"):
                assert left not in text
            assert [link for link in re.findall(r"\]\(([^)]*)\)", text) if not link.startswith(("https://", "http://"))] == []


def test_every_link_of_a_twin_leads_to_a_page(twins, book):
    pages = {ADDRESS + ("" if lang == "nl" else f"{lang}/") + address(path) for lang, path in book.pages}
    links = {link.partition("#")[0] for text in twins.values() for link in re.findall(rf"\]\(({ADDRESS}[^)]*)\)", text)}
    assert {link for link in links if "/data/" not in link} <= pages


def test_llms_txt_names_every_twin(twins, book):
    assert all(f"({ADDRESS}data/text/{lang}/{path})" in twins["llms.txt"] for lang, path in book.pages)


def test_machines_find_the_twins(site, book):
    assert (site.root / "llms.txt").read_bytes() == (site.root / "data/llms.txt").read_bytes()
    for lang, path in book.pages:
        url = "/" + ("" if lang == "nl" else f"{lang}/") + address(path)
        (link,) = site.pages[url].xpath("//head/link[@rel='alternate'][@type='text/markdown']/@href")
        assert urljoin(url, link) == f"/data/text/{lang}/{path}"
        assert (site.root / "data/text" / lang / path).exists()


def test_the_timeline_offers_its_feed_and_calendar(site):
    for url, lang in (("/timeline/", "nl"), ("/en/timeline/", "en")):
        links = site.pages[url].xpath("//head/link[@rel='alternate'][contains(@href,'data/timeline.')]/@href")
        assert {f"/data/timeline.{lang}.{ending}" for ending in ("atom", "ics")} <= {urljoin(url, link) for link in links}


def test_the_downloads_page_leads_to_every_file_of_data(site):
    links = {urljoin("/about/downloads/", link) for link in site.pages["/about/downloads/"].xpath("//article//a/@href")}
    files = {f"/data/{path.name}" for path in (site.root / "data").iterdir() if path.is_file()}
    assert files <= links


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("## Geld { #money }", "## Geld"),
        ('!!! note "Let op"\n    Eén.\n\n    Twee.\n\nDrie.', "> **Let op**\n>\n> Eén.\n>\n> Twee.\n\nDrie."),
        ("Zie [geld](money.md).", "Zie [geld](MONEY.MD)."),
        ('<div class="x" markdown>\n\n**Eén**\n\n</div>', "**Eén**"),
        ("<p>Eén <strong>twee</strong> <a href='x'>drie</a>.</p>", "Eén **twee** [drie](X)."),
        ("<ol><li><p>Eén</p><p>Twee</p></li><li>Drie</li></ol>", "1. Eén\n\n   Twee\n2. Drie"),
        ("<dl><div><dt>Soort</dt><dd>fonds <p>groot</p></dd></div></dl>", "- **Soort**: fonds groot"),
        (
            "<table><caption>T</caption><tr><th>a</th><th>b|c</th></tr><tr><td>1</td><td></td></tr></table>",
            "**T**\n\n| a | b\\|c |\n| --- | --- |\n| 1 |  |",
        ),
        ("<form><fieldset><legend>Wat?</legend><label><input> A</label><label><input> B</label></fieldset></form>", "**Wat?**\n\n- A\n- B"),
        ("<p>Eén<button>Druk</button></p>\n<p hidden>Weg</p>", "Eén"),
    ],
)
def test_each_kind_of_markup_becomes_plain(markup, expected):
    assert plain(markup, str.upper) == expected
