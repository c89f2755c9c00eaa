"""The built site keeps its promises in the pages themselves: nothing inline, every part named, each language complete."""

import datetime
import hashlib
import json
import re
import struct
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin, urlparse

import pytest
from handbook.finish import asset_versions
from handbook.finish.finishing import finish_pages
from handbook.finish.settings import Settings, load_settings
from handbook.finish.versions import name_versions, versions
from handbook.loading import BadInput, load
from handbook.model.base import LANGUAGES
from lxml import etree, html

SITE_URL = "https://handboek-industriebeleid.example/"
MISSING = {"/404.html", "/en/404.html"}


def language(path: str) -> str:
    return "en" if path.startswith("/en/") else "nl"


@pytest.fixture(scope="session")
def content(site):
    """The pages that readers come for: all but the two for missing addresses."""
    return {path: page for path, page in site.pages.items() if path not in MISSING}


@pytest.fixture
def each(site, subtests):
    """each(find, pages=all): FIND gives what is wrong on a page; one subtest a page that has something wrong, one for the count."""

    def each(find, pages=None):
        pages = site.pages if pages is None else pages
        assert pages
        for path, page in pages.items():
            if wrong := list(find(path, page)):
                with subtests.test(path):
                    assert wrong == []

    return each


def test_the_build_warns_of_nothing(site):
    assert site.warnings == []


def test_each_language_has_the_same_pages(site):
    english = {path.removeprefix("/en") for path in site.pages if language(path) == "en"}
    assert english == {path for path in site.pages if language(path) == "nl"}


def test_every_page_says_its_language(each):
    each(lambda path, page: [page.get("lang")] if page.get("lang") != language(path) else [])


def test_no_page_holds_a_script_a_style_or_a_handler(each):
    inside = "//script[not(@src) and not(@type='application/json') and not(@type='application/ld+json')]"
    inside += " | //style | //*[@style] | //base | //iframe | //object | //embed"

    def find(path, page):
        yield from (etree.tostring(element)[:120] for element in page.xpath(inside))
        for element in page.iter(etree.Element):
            yield from (name for name, value in element.attrib.items() if name.startswith("on") or value.strip().startswith("javascript:"))

    each(find)


def test_a_moved_script_carries_the_hash_of_what_it_holds(tmp_path):
    finish(tmp_path, PAGE.format("<script>first()</script>"))
    (file,) = (tmp_path / "assets").glob("inline-*.js")
    assert file.stem == f"inline-{hashlib.sha256(b'first()').hexdigest()[:12]}"


def test_no_page_loads_anything_from_elsewhere(each):
    # These only point somewhere; no browser fetches them.
    pointers = "@rel='canonical' or @rel='cite-as' or @rel='license' or contains(@rel, 'alternate')"
    loads = f"//*[@src]/@src | //link[not({pointers})]/@href | //*[@srcset]/@srcset"
    each(lambda path, page: [url for url in page.xpath(loads) if urlparse(url).netloc])


def test_every_page_has_a_title_of_its_own_that_ends_in_the_name_of_the_site_once(each, site):
    titles = {path: page.findtext(".//title") for path, page in site.pages.items()}

    def find(path, page):
        title, name = titles[path], page.xpath("string(//*[@class='hb-brand']/span)")
        if path in ("/", "/en/"):
            if title != name:
                yield title
        elif not title.endswith(f" – {name}") or title.count(name) > 1 or [*titles.values()].count(title) > 1:
            yield title

    each(find)


def test_a_missing_page_says_so_in_its_title(site, book):
    for path in MISSING:
        assert site.pages[path].findtext(".//title").startswith(f"{book.labels('missing', 'title', language(path))} – ")


def test_every_page_is_canonical_and_names_its_translations_which_name_it_back(each, content):
    def find(path, page):
        dutch = path.removeprefix("/en") if language(path) == "en" else path
        wanted = {"nl": dutch, "en": f"/en{dutch}", "x-default": dutch}
        found = {link.get("hreflang"): link.get("href") for link in page.xpath("//link[@hreflang]")}
        if found != {lang: urljoin(SITE_URL, place) for lang, place in wanted.items()}:
            yield found
        if page.xpath("//link[@rel='canonical']/@href") != [urljoin(SITE_URL, path)]:
            yield page.xpath("//link[@rel='canonical']/@href")

    each(find, content)


def test_the_sitemap_lists_every_page_with_its_translations(site, content):
    name = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    sitemap = etree.parse(site.root / "sitemap.xml")
    found = {url.findtext("s:loc", namespaces=name): set(url.xpath("x:link/@hreflang", namespaces=name)) for url in sitemap.getroot()}
    assert found == {urljoin(SITE_URL, path): {"nl", "en"} for path in content}


def test_the_language_link_leads_to_the_same_page_and_says_its_language_in_it(each, content):
    def find(path, page):
        other = "nl" if language(path) == "en" else "en"
        (link,) = page.xpath("//a[@class='hb-language']")
        wanted = path.removeprefix("/en") if other == "nl" else f"/en{path}"
        if urljoin(path, link.get("href")) != wanted or (link.get("lang"), link.get("hreflang")) != (other, other):
            yield link.attrib
        if {"nl": "Nederlands", "en": "English"}[other] not in link.text_content():
            yield link.text_content()

    each(find, content)


def test_a_missing_page_is_told_in_both_languages_and_is_not_indexed(site, subtests):
    for path in MISSING:
        with subtests.test(path):
            page = site.pages[path]
            sections = page.xpath("//*[@class='hb-missing']")
            assert [section.get("lang") for section in sections] == sorted(LANGUAGES, key=lambda lang: lang != language(path))
            assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
            assert all(url.startswith(("/", "#")) for url in page.xpath("//@href | //@src"))
            for url in page.xpath("//*[@class='hb-missing']//a/@href"):
                assert url in site.pages


def test_every_page_begins_with_a_way_to_its_text(each):
    def find(path, page):
        first = page.xpath("//body//a[@href]")[0]
        if (first.get("href"), first.get("class")) != ("#main-content", "md-skip"):
            yield first.attrib
        if [main.get("tabindex") for main in page.xpath("//*[@id='main-content']")] != ["-1"]:
            yield "main-content"

    each(find)


def test_every_page_has_one_main_heading_and_skips_no_level(each):
    def find(path, page):
        levels = [int(heading.tag[1]) for heading in page.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]")]
        if levels.count(1) != 1 or levels[0] != 1:
            yield levels
        yield from (pair for pair in pairwise(levels) if pair[1] > pair[0] + 1)

    each(find)


def test_every_id_is_used_once_and_every_reference_to_an_id_finds_it(each):
    def find(path, page):
        ids = page.xpath("//@id")
        yield from {found for found in ids if ids.count(found) > 1} if len(ids) != len(set(ids)) else ()
        references = page.xpath("//@aria-labelledby | //@aria-describedby | //@aria-controls | //label/@for")
        yield from {name for text in references for name in text.split()} - set(ids)

    each(find)


def test_every_landmark_has_a_name_of_its_own(each):
    def find(path, page):
        landmarks = page.xpath("//nav | //aside | //section[@aria-label or @aria-labelledby] | //form[@aria-label] | //*[@role='search']")
        names = []
        for landmark in landmarks:
            named = landmark.get("aria-labelledby")
            names.append(landmark.get("aria-label") or (named and page.xpath("string(id($id))", id=named).strip()) or "")
        yield from (landmarks[index].attrib for index, name in enumerate(names) if not name)
        yield from (name for name in set(names) if names.count(name) > 1)

    each(find)


def test_permalinks_and_footnotes_are_named_in_the_language_of_the_page(each, book):
    def find(path, page):
        def word(key):
            return book.labels("site", key, language(path))

        begins = {"headerlink": word("permalink"), "footnote-ref": word("footnote"), "footnote-backref": word("back")}
        for name, start in begins.items():
            for link in page.xpath("//a[@class=$name]", name=name):
                if not (link.get("aria-label") or "").startswith(start) or link.get("title"):
                    yield link.attrib

    each(find)


def test_table_headers_say_what_they_head_and_every_table_scrolls_by_itself_under_its_own_name(each):
    def find(path, page):
        yield from (etree.tostring(cell)[:80] for cell in page.xpath("//main//th[not(@scope)]"))
        yield from ("table outside .hb-scroll" for table in page.xpath("//main//table[not(parent::div[@class='hb-scroll'])]"))
        names = page.xpath("//div[@class='hb-scroll']/@data-name")
        yield from (name for name in names if names.count(name) > 1)

    each(find)


def test_no_page_tells_others_where_its_reader_comes_from(each):
    each(lambda path, page: [] if page.xpath("//meta[@name='referrer']/@content") == ["no-referrer"] else ["referrer"])


def test_the_search_is_a_landmark_whose_field_is_described_by_its_hint(each):
    def find(path, page):
        (dialog,) = page.xpath("//dialog[@class='hb-find']")
        (field,) = dialog.xpath(".//*[@role='search']//input") or [None]
        if field is None or not page.xpath("string(id($id))", id=field.get("aria-describedby") or "").strip():
            yield etree.tostring(dialog)[:200]

    each(find)


def test_every_picture_has_a_text_alternative(each):
    def find(path, page):
        yield from (image.attrib for image in page.xpath("//img[not(@alt)]"))
        for chart in page.xpath("//svg[@role='img']"):
            texts = [page.xpath("string(id($id))", id=name) for name in (chart.get("aria-labelledby") or "").split()]
            if len(texts) < 2 or not all(texts):
                yield chart.get("class")

    each(find)


def test_every_page_shows_itself_well_on_other_sites(each, content, site):
    def find(path, page):
        told = {meta.get("property"): meta.get("content") for meta in page.xpath("//meta[@property]")}
        wanted = ("type", "title", "description", "url", "site_name", "locale", "image", "image:alt")
        yield from (name for name in wanted if not told.get(f"og:{name}"))
        if told["og:url"] != urljoin(SITE_URL, path) or told["og:locale"][:2] != language(path):
            yield told
        if not page.xpath("string(//meta[@name='description']/@content)"):
            yield "description"
        header = (site.root / urlparse(told["og:image"]).path.lstrip("/")).read_bytes()[:24]
        if struct.unpack(">II", header[16:24]) != (800, 420):
            yield told["og:image"]

    each(find, content)


def test_the_cards_of_different_pages_differ_by_their_titles(site):
    # Without its typeface the converter draws no text at all, and all cards look alike.
    cards = [path.read_bytes() for path in (site.root / "assets/cards").iterdir()]
    assert len(set(cards)) > 0.9 * len(cards)


def test_icons_and_manifests_are_there_in_light_and_dark(site, subtests):
    for path in ("/", "/en/", "/404.html", "/en/404.html"):
        page = site.pages[path]
        with subtests.test(path):
            icons = [urljoin(path, url) for url in page.xpath("//link[@rel='icon' or @rel='apple-touch-icon']/@href")]
            assert len(icons) == 4
            assert all((site.root / icon.lstrip("/")).stat().st_size for icon in icons)
            place = urljoin(path, page.xpath("//link[@rel='manifest']/@href")[0])
            manifest = json.loads((site.root / place.lstrip("/")).read_text("utf-8"))
            assert (manifest["lang"], urljoin(place, manifest["start_url"])) == (language(path), urljoin(path, "./"))
            assert all((site.root / urljoin(place, icon["src"]).lstrip("/")).exists() for icon in manifest["icons"])


def test_security_txt_says_whom_to_tell_and_counts_for_a_month_to_a_year(site):
    text = (site.root / ".well-known/security.txt").read_text("utf-8")
    fields = dict(line.split(": ", 1) for line in text.splitlines())
    assert fields["Contact"].startswith(("mailto:", "https:"))
    assert fields["Canonical"] == f"{SITE_URL}.well-known/security.txt"
    left = datetime.datetime.fromisoformat(fields["Expires"]) - datetime.datetime.now(datetime.UTC)
    assert datetime.timedelta(days=30) < left <= datetime.timedelta(days=366), "Renew security.expires in docs/data/site.yml."


def test_nothing_of_the_workshop_is_published(site):
    inside = [path.relative_to(site.root).as_posix() for path in site.root.rglob("*") if path.is_file()]
    assert [name for name in inside if re.search(r"\.(j2|py|pyc)$", name)] == []


def test_finishing_the_site_twice_changes_nothing(site, root, tmp_path):
    for path in ("index.html", "404.html", "en/404.html", "en/policy/index.html"):
        copy = tmp_path / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((site.root / path).read_bytes())
    (tmp_path / "assets").mkdir()
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.html")}
    finish_pages(tmp_path, asset_versions(root, site.root))
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.*")} == before


def test_an_asset_that_changes_is_asked_for_anew(tmp_path):
    own, other = tmp_path / "own.css", tmp_path / "picture.svg"
    asked = []
    for text in ("a {}", "b {}"):
        own.write_text(text, "utf-8")
        other.write_text(text, "utf-8")
        page = html.document_fromstring(
            '<link rel="stylesheet" href="../assets/own.css"><link rel="icon" href="../assets/picture.svg"><script src="/own.css"></script>'
        )
        name_versions(page, versions(own, other))
        asked.append(page.xpath("//@href | //@src"))
    first, second = asked
    assert first[1:] == second[1:] == ["../assets/picture.svg", "/own.css"]
    assert first[0] != second[0] and all(re.fullmatch(r"\.\./assets/own\.css\?v=[0-9a-f]{12}", one[0]) for one in asked)


PAGE = """<!doctype html>
<html lang="nl"><body><div data-md-component="skip"></div>{}<article class="md-content__inner"></article></body></html>"""
WRONG = (
    '<p style="color: red">x</p>',
    "<style>p {}</style>",
    '<p onclick="f()">x</p>',
    '<a href="javascript:f()">x</a>',
    '<img src="https://other.example/a.png" alt="">',
    '<img srcset="//other.example/a.png 2x" alt="">',
    '<script src="https://other.example/a.js"></script>',
    '<iframe src="https://other.example/"></iframe>',
    '<link rel="stylesheet" href="//other.example/a.css">',
)


def finish(tmp_path: Path, text: str) -> str:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(text, "utf-8")
    finish_pages(tmp_path, {})
    return (tmp_path / "index.html").read_text("utf-8")


@pytest.mark.parametrize("wrong", WRONG)
def test_what_the_policy_refuses_stops_the_build(tmp_path, wrong):
    with pytest.raises(BadInput, match=r"index\.html:1: .*\[policy\]"):
        finish(tmp_path, PAGE.format(wrong))


def test_a_theme_that_changed_stops_the_build(tmp_path):
    with pytest.raises(BadInput, match="theme-changed"):
        finish(tmp_path, PAGE.format("").replace("md-content__inner", "content"))


def test_a_script_in_a_page_becomes_a_file_in_the_same_place(tmp_path):
    found = finish(tmp_path, PAGE.format("<script>first()</script><script>second()</script><script>first()</script>"))
    names = re.findall(r'<script src="(assets/inline-\w+\.js)"></script>', found)
    assert [(tmp_path / name).read_text("utf-8") for name in names] == ["first()\n", "second()\n", "first()\n"]


@pytest.mark.parametrize(("line", "wrong"), [(2, "contact: nobody"), (3, "expires: soon"), (4, "surprise: 1")])
def test_wrong_settings_of_the_site_are_told_with_their_line(tmp_path, root, line, wrong):
    text = 'security:\n  contact: mailto:a@b.example\n  expires: "2027-01-01"\nlocales: {nl: nl_NL, en: en_GB}\n'
    text += 'colours: {ink: "#000", soft: "#000", accent: "#000", paper: "#000"}\n'
    lines = text.splitlines()
    lines[line - 1 : line] = [("  " if line < 4 else "") + wrong] + ([lines[3]] if line == 4 else [])
    (tmp_path / "site.yml").write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(BadInput, match=rf"site\.yml:{line}: "):
        load(Settings, tmp_path / "site.yml", "site.yml")
    assert load_settings(root).security.contact
