"""What serves the reader beside the text: the way home, dates, paths, backlinks, ways to mend, and what a page tells machines."""

import json
import posixpath
import re
from urllib.parse import parse_qs, urljoin, urlsplit

import jsonschema
import pytest
import yaml
from handbook.addresses import address
from handbook.edition import edition
from handbook.exports.tables import TABLES
from handbook.finish.settings import load_settings
from handbook.model import LANGUAGES
from handbook.pace import page_minutes
from handbook.reading_aids.aids import ReadingAids
from handbook.reading_aids.backlinks import Backlinks
from rdflib import RDF, Graph, Namespace, URIRef

SITE_URL = "https://handboek-industriebeleid.example/"
SCHEMA = Namespace("https://schema.org/")
AT = "(name) => document.querySelector('.md-nav--secondary .md-nav__link--active')?.hash === name"


def place_of(page) -> str:
    return f"/{'' if page.lang == 'nl' else 'en/'}{address(page.path)}"


def words(element) -> str:
    return " ".join(element.text_content().split())


def linked_data(text: str) -> Graph:
    """TEXT as a graph, read without the network: schema.org's context maps every name onto its vocabulary."""
    data = json.loads(text)
    assert data.pop("@context") == "https://schema.org"
    return Graph().parse(data=json.dumps(data | {"@context": {"@vocab": str(SCHEMA)}}), format="json-ld")


@pytest.fixture(scope="module")
def pages(site, book):
    """Every page of the handbook with its HTML."""
    return [(page, site.pages[place_of(page)]) for page in book.pages.values()]


def test_every_page_says_how_long_it_reads_and_since_when(pages, book, subtests):
    for page, html in pages:
        with subtests.test(page.shown):
            (facts,) = html.xpath("//p[@class='hb-strip__facts']")
            assert words(facts).startswith(f"{page_minutes(book, page)} min ")
            (date,) = facts.xpath(".//time/@datetime")
            assert html.xpath("//meta[@property='article:modified_time']/@content") in ([date], [])
            assert date in html.xpath("string(//script[@type='application/ld+json'])")


def test_data_counts_as_reading(book):
    assert page_minutes(book, book.pages["nl", "figures.md"]) > 5
    assert page_minutes(book, book.pages["en", "glossary.md"]) > 20


def test_breadcrumbs_lead_home_and_are_told_to_machines_too(pages, site, subtests):
    for page, html in pages:
        with subtests.test(page.shown):
            crumbs = html.xpath("//nav[@class='hb-crumbs']//a")
            if page.path == "index.md":
                assert crumbs == []
                continue
            places = [urljoin(place_of(page), crumb.get("href")) for crumb in crumbs]
            assert places[0] == ("/" if page.lang == "nl" else "/en/")
            assert all(place in site.pages for place in places)
            (told,) = [one for one in _graph(html) if one["@type"] == "BreadcrumbList"]
            items = told["itemListElement"]
            assert [item["position"] for item in items] == list(range(1, len(items) + 1))
            assert [(item["name"], item["item"]) for item in items[:-1]] == [
                (words(crumb), urljoin(SITE_URL, place)) for crumb, place in zip(crumbs, places, strict=True)
            ]
            assert items[-1]["item"] == urljoin(SITE_URL, place_of(page))


def _graph(html) -> list[dict]:
    (text,) = html.xpath("//script[@type='application/ld+json']/text()")
    return json.loads(text)["@graph"]


def test_every_page_tells_machines_what_it_is(pages, book, subtests):
    special = {"index.md": "WebSite", "about/downloads.md": "DataCatalog", "glossary.md": "DefinedTermSet"}
    special |= {f"{name}.md": "Dataset" for name in TABLES if name not in ("instruments", "sources")} | {"instruments/index.md": "Dataset"}
    special |= {"glossary.md": "DefinedTermSet", "sources/index.md": "Dataset"}
    for page, html in pages:
        with subtests.test(page.shown):
            graph = linked_data(html.xpath("string(//script[@type='application/ld+json'])"))
            it = URIRef(urljoin(SITE_URL, place_of(page)))
            assert SCHEMA[special.get(page.path, "Article")] in set(graph.objects(it, RDF.type))
            assert str(graph.value(it, SCHEMA.headline)) == page.front.title
            assert str(graph.value(it, SCHEMA.inLanguage)) == page.lang
            assert graph.value(it, SCHEMA.license)
            twin = graph.value(it, SCHEMA.workTranslation if page.lang == "nl" else SCHEMA.translationOfWork)
            assert str(twin).removeprefix(SITE_URL).removeprefix("en/") == str(it).removeprefix(SITE_URL).removeprefix("en/")
            if page.front.instrument:
                about = graph.value(it, SCHEMA.about)
                assert str(graph.value(about, SCHEMA.name)) == book.instruments[page.front.instrument].name[page.lang]
            if page.front.source:
                assert str(graph.value(graph.value(it, SCHEMA.about), SCHEMA.url)) == book.sources[page.front.source].address


def test_every_term_is_told_to_machines_in_both_languages(site, book):
    graph = linked_data((site.root / "data/glossary.schema-org.jsonld").read_text("utf-8"))
    terms = set(graph.subjects(RDF.type, SCHEMA.DefinedTerm))
    assert len(terms) == len(LANGUAGES) * len(book.lists["glossary"])
    for term in terms:
        page, _, anchor = str(term).removeprefix(SITE_URL[:-1]).partition("#")
        assert anchor in site.pages[page].xpath("//@id")
    (link,) = site.pages["/en/glossary/"].xpath("//link[@type='application/ld+json']/@href")
    assert (site.root / urljoin("/en/glossary/", link).lstrip("/")).exists()


def test_each_list_is_described_by_its_schema(site, subtests):
    for name in TABLES:
        with subtests.test(name):
            data = json.loads((site.root / f"data/{name}.json").read_text("utf-8"))
            schema = json.loads((site.root / "data" / data["describedby"]).read_text("utf-8"))
            jsonschema.validate(data, schema)
            without = {key: value for key, value in data.items() if key != "describedby"}
            with pytest.raises(jsonschema.ValidationError):
                jsonschema.validate(without, schema)
            if name == "paragraphs":
                # They stand on the pages of the sources, and have none of their own.
                continue
            place = f"/{name}/"
            links = site.pages[place].xpath("//link[@rel='describedby' and @type='application/schema+json']/@href")
            assert [urljoin(place, link) for link in links] == [f"/data/{data['describedby']}"]


def test_without_a_script_a_page_names_its_paths_with_the_steps_before_and_after(site, book, subtests):
    for path in book.lists["paths"].values():
        steps = [step for phase in path.phases for step in phase.steps]
        for number, step in enumerate(steps, 1):
            if step.page == f"start/{path.id}.md" and not step.anchor:
                continue
            with subtests.test(f"{path.id}-{step.id}"):
                place = f"/en/{address(step.page)}"
                (line,) = site.pages[place].xpath("//nav[@class='hb-paths']//li[@data-step=$key]", key=f"{path.id}-{step.id}")
                assert f"{path.title.en}, step {number} of {len(steps)}" in words(line)
                first = next(index for index, one in enumerate(steps, 1) if one.page == step.page)
                assert (line.get("hidden") is None) == (number == first)
                wanted = [steps[at] for at in (number - 2, number) if 0 <= at < len(steps)]
                links = line.xpath("./a")
                assert [words(link).partition(": ")[2] for link in links] == [one.title.en for one in wanted]
                for link, one in zip(links, wanted, strict=True):
                    assert urlsplit(urljoin(place, link.get("href"))).path == f"/en/{address(one.page)}"


def test_a_path_is_followed_by_the_address_alone(visit, book):
    path = book.lists["paths"]["policy-officer"]
    steps = [step for phase in path.phases for step in phase.steps]
    at = next(index for index, step in enumerate(steps) if step.page == "policy/position.md")
    page, log = visit("/start/policy-officer/")
    page.locator(f"#policy-officer-{steps[at].id} a[href*='position/']").first.click()
    page.wait_for_selector(".hb-paths--above")
    assert parse_qs(urlsplit(page.url).query) == {"step": [f"policy-officer-{steps[at].id}"]}
    assert page.locator(".hb-paths--above li:visible").count() == page.locator("nav.hb-paths li:visible").count() == 1
    assert f"stap {at + 1} van {len(steps)}" in page.locator(".hb-paths--above").inner_text()
    page.locator(".hb-paths--above .hb-paths__next").click()
    page.wait_for_selector(".hb-paths--above")
    assert f"stap {at + 2} van {len(steps)}" in page.locator(".hb-paths--above").inner_text()
    page.locator(".hb-language").click()
    page.wait_for_selector(".hb-paths--above")
    assert f"step {at + 2} of {len(steps)}" in page.locator(".hb-paths--above").inner_text()
    assert page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]
    assert log.all() == []


@pytest.mark.parametrize("step", ["policy-officer-nowhere", "%22%3E%3Cb%3E", ""])
def test_a_step_that_is_not_there_changes_nothing(visit, step):
    page, log = visit(f"/policy/position/?step={step}")
    assert page.locator(".hb-paths--above").count() == 0
    assert log.all() == []


@pytest.mark.parametrize("path", ["/policy/europe/", "/en/sources/vision-2020/", "/instruments/wbso/"])
def test_the_contents_keep_up_with_the_reader(visit, path):
    page, _ = visit(path, 1440)
    links = page.locator(".md-nav--secondary a[href^='#']")
    for number in (2, 1, 3):
        link = links.nth(number)
        link.click()
        page.wait_for_function(AT, arg=link.get_attribute("href"), timeout=5000)
    page.evaluate("(id) => scrollTo(0, document.getElementById(id).getBoundingClientRect().top + scrollY)", link.get_attribute("href")[1:])
    page.mouse.wheel(0, 10)
    page.wait_for_function(AT, arg=link.get_attribute("href"), timeout=5000)


def test_every_page_names_the_pages_that_link_to_it(pages, book, subtests):
    linking: dict[tuple[str, str], set[str]] = {}
    for page, _ in pages:
        for _, target, _ in page.links:
            goal = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), target.partition("#")[0]))
            if goal != page.path:
                linking.setdefault((page.lang, goal), set()).add(place_of(page))
    assert len(linking) > 100
    for page, html in pages:
        with subtests.test(page.shown):
            word = book.labels("tools", "used", page.lang)
            tools = html.xpath("//details[@class='hb-tool'][starts-with(normalize-space(summary), $word)]", word=word)
            found = {urljoin(place_of(page), link) for one in tools for link in one.xpath(".//a/@href")}
            assert found == linking.get((page.lang, page.path), set())


def test_a_key_figure_names_the_pages_that_give_it(site, book):
    rows = site.pages["/figures/"].xpath("//tr[@id]")
    used = {row.get("id"): {urljoin("/figures/", link) for link in row.xpath(".//p[@class='hb-used']/a/@href")} for row in rows}
    assert len([one for one in used.values() if one]) > len(rows) / 2
    for figure in book.lists["figures"].values():
        for place in used[figure.id]:
            shown = site.pages[place].xpath("//a[@class='footnote-ref' or @class='hb-cite']/@href")
            assert any(key in link or key.replace(":", "/#p-") in link for link in shown for key in figure.cite), (figure.id, place)


def test_a_term_names_pages_that_use_it_and_shows_its_name_in_the_other_language(site, book, subtests):
    backlinks = Backlinks(book, "en")
    for term in book.lists["glossary"].values():
        with subtests.test(term.id):
            (entry,) = site.pages["/en/glossary/"].xpath("//dl/div[@id=$id]", id=term.id)
            (other,) = entry.xpath(".//span[@class='hb-other']")
            assert (words(other), other.get("lang")) == (" ".join(term.term.nl.split()), "nl")
            links = [urljoin("/en/glossary/", link) for link in entry.xpath(".//p[@class='hb-used']/a/@href")]
            assert links == [f"/en/{address(path)}" for path in backlinks.of_term(term.id)[:2]]


def test_every_paragraph_of_a_source_names_its_pages(site, book):
    for source in book.sources.values():
        page = site.pages[f"/sources/{source.id}/"]
        for paragraph in source.paragraphs:
            used = book.used_on.get(f"{source.id}:{paragraph.at}", [])
            links = page.xpath("//li[@id=$id]//p[@class='hb-used']/a", id=f"p-{paragraph.at}")
            assert len(links) == len(used), paragraph.at


def test_every_page_leads_to_its_file_and_to_the_forms(pages, book, root, subtests):
    forms = {}
    for path in (root / ".github/ISSUE_TEMPLATE").glob("*.yml"):
        if path.stem != "config":
            form = yaml.safe_load(path.read_text("utf-8"))
            assert {"name", "description", "body"} <= form.keys()
            forms[path.name] = {field["id"] for field in form["body"]}
    assert {"figure-is-wrong.yml", "letter-is-missing.yml", "this-is-unclear.yml"} == set(forms)
    repository = load_settings(root).repository
    for page, html in pages:
        with subtests.test(page.shown):
            links = [link for link in html.xpath("//details[@class='hb-tool']//a/@href") if link.startswith(repository.address)]
            edits = [link.removeprefix(f"{repository.address}/edit/main/") for link in links if "/edit/" in link]
            assert edits[0] == page.shown
            assert all((root / path).is_file() for path in edits)
            asked = [parse_qs(urlsplit(link).query) for link in links if "/edit/" not in link]
            assert {query["template"][0] for query in asked} == set(forms)
            for query in asked:
                assert query["page"] == [urljoin(SITE_URL, place_of(page))]
                assert "page" in forms[query["template"][0]]


def test_without_a_repository_no_page_offers_to_be_mended(book, root):
    settings = load_settings(root).model_copy(update={"repository": None})
    aids = ReadingAids(book, edition(root), settings, SITE_URL).of(book.pages["nl", "index.md"], [])
    assert (aids.edit, aids.reports) == ([], [])


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("address", "http://code.example/x"),
        ("address", "https://code.example/x/"),
        ("edit", "{address}/edit"),
        ("report", "{address}{form}{paeg}"),
    ],
)
def test_a_wrong_repository_is_told_with_its_line(tmp_path, root, key, value):
    data = (root / "docs/data/site.yml").read_text("utf-8")
    (tmp_path / "docs/data").mkdir(parents=True)
    (tmp_path / "docs/data/site.yml").write_text(re.sub(rf"^  {key}: .*$", f'  {key}: "{value}"', data, flags=re.M), "utf-8")
    with pytest.raises(Exception, match=r"docs/data/site\.yml:\d+: .*(must|begin)"):
        load_settings(tmp_path)


def test_the_repository_describes_itself_in_both_languages(root, book):
    """The publiccode standard 0.5: what must be there, and how long it may be."""
    told = yaml.safe_load((root / "publiccode.yml").read_text("utf-8"))
    assert told["publiccodeYmlVersion"] == "0.5"
    assert {"name", "url", "platforms", "categories", "developmentStatus", "softwareType", "organisation", "legal"} <= told.keys()
    assert {"maintenance", "localisation", "description"} <= told.keys()
    assert told["legal"]["license"] == "EUPL-1.2"
    assert told["maintenance"]["contacts"]
    assert set(told["description"]) == set(told["localisation"]["availableLanguages"]) == set(LANGUAGES)
    for lang, about in told["description"].items():
        assert about["localisedName"] == book.labels("export", "handbook", lang)
        assert len(about["shortDescription"]) <= 150
        assert 150 <= len(about["longDescription"]) <= 10_000
        assert about["features"]
    newest = max(yaml.safe_load((root / "docs/data/releases.yml").read_text("utf-8")), key=lambda release: release["date"])
    assert (told["softwareVersion"], told["releaseDate"]) == (newest["id"], newest["date"]), "Name the newest release in publiccode.yml."
