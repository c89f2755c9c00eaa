"""The whole as one dataset description after DCAT-AP-NL 3.0, in Turtle."""

from collections.abc import Iterable, Iterator

from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF

from handbook.content import Handbook
from handbook.edition import Edition
from handbook.exports import Export
from handbook.model import LANGUAGES

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
LICENCE = URIRef("http://creativecommons.org/licenses/by/4.0/deed.nl")
OPEN = URIRef("http://publications.europa.eu/resource/authority/access-right/PUBLIC")
THEME = URIRef("http://publications.europa.eu/resource/authority/data-theme/ECON")
LANGUAGE = {"nl": "NLD", "en": "ENG"}
FILE_TYPES = "http://publications.europa.eu/resource/authority/file-type/"
# The European list of file types by media type; where it knows none of the name, the type on which the format is built.
FORMATS = {
    "text/csv": "CSV",
    "application/json": "JSON",
    "text/calendar": "ICS",
    "application/atom+xml": "ATOM",
    "text/turtle": "RDF_TURTLE",
    "application/ld+json": "JSON_LD",
    "application/x-tbx": "XML",
    "application/x-bibtex": "TXT",
    "application/x-research-info-systems": "TXT",
    "application/vnd.citationstyles.csl+json": "JSON",
    "text/tab-separated-values": "TSV",
    "application/apkg": "ZIP",
    "text/plain": "TXT",
}
# Types of our own making, which the register of media types lacks.
_UNREGISTERED = ("application/x-", "application/apkg")
_SCHEMA = ".schema.json"


def exports(book: Handbook, edition: Edition, address: str, files: tuple[tuple[str, str, str], ...], contact: str) -> Iterator[Export]:
    """dcat.ttl, which describes FILES, each its name, media type and language; CONTACT answers questions about them."""
    graph = describe(book, edition, address, contact)
    _distribute(graph, address, files)
    yield Export("dcat.ttl", "text/turtle", "catalogue", "", graph.serialize(format="longturtle").encode())


def describe(book: Handbook, edition: Edition, address: str, contact: str) -> Graph:
    """A dataset with title, description, publisher, creator, contact, licence, theme and languages."""
    graph = Graph()
    for prefix, space in (("dcat", DCAT), ("dcterms", DCTERMS), ("vcard", VCARD)):
        graph.bind(prefix, space)
    dataset, publisher, desk = URIRef(f"{address}data/"), URIRef(f"{address}about/"), URIRef(f"{address}about/#contact")
    about = [(RDF.type, DCAT.Dataset), (DCTERMS.identifier, Literal(str(dataset))), (DCTERMS.publisher, publisher)]
    about += [(DCTERMS.creator, publisher), (DCAT.contactPoint, desk), (DCTERMS.license, LICENCE), (DCTERMS.accessRights, OPEN)]
    about += [(DCAT.theme, THEME), (DCTERMS.modified, Literal(edition.date, datatype=XSD.date))]
    for lang in LANGUAGES:
        name = Literal(book.labels("export", "handbook", lang), lang)
        about += [(DCTERMS.title, name), (DCTERMS.description, Literal(book.labels("export", "about", lang), lang))]
        about.append((DCTERMS.language, _language(lang)))
        graph.add((publisher, FOAF.name, name))
        graph.add((desk, VCARD.fn, Literal(book.labels("book", "author", lang), lang)))
    graph.add((publisher, RDF.type, FOAF.Agent))
    for kind in (VCARD.Kind, VCARD.Organization):
        graph.add((desk, RDF.type, kind))
    graph.add((desk, VCARD.hasEmail if contact.startswith("mailto:") else VCARD.hasURL, URIRef(contact)))
    for one, what in about:
        graph.add((dataset, one, what))
    return graph


def _distribute(graph: Graph, address: str, files: Iterable[tuple[str, str, str]]) -> None:
    """Adds to GRAPH every one of FILES as a distribution of the dataset; a schema is what the file beside it conforms to."""
    names = {name for name, _, _ in files}
    for name, media_type, lang in files:
        if name.endswith(_SCHEMA):
            continue
        file, schema = URIRef(f"{address}data/{name}"), name.removesuffix(".json") + _SCHEMA
        about = [(RDF.type, DCAT.Distribution), (DCTERMS.title, Literal(name, "en")), (DCAT.accessURL, file), (DCAT.downloadURL, file)]
        about += [(DCTERMS.license, LICENCE), (DCTERMS["format"], URIRef(FILE_TYPES + FORMATS[media_type]))]
        about += [(DCTERMS.language, _language(lang))] if lang else []
        about += [(DCTERMS.conformsTo, URIRef(f"{address}data/{schema}"))] if schema in names else []
        if not media_type.startswith(_UNREGISTERED):
            about.append((DCAT.mediaType, URIRef(f"http://www.iana.org/assignments/media-types/{media_type}")))
        graph.add((URIRef(f"{address}data/"), DCAT.distribution, file))
        for one, what in about:
            graph.add((file, one, what))


def _language(lang: str) -> URIRef:
    return URIRef(f"http://publications.europa.eu/resource/authority/language/{LANGUAGE[lang]}")
