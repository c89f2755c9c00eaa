"""The whole as one dataset description after DCAT-AP-NL, in Turtle."""

from collections.abc import Iterator

from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF

from handbook.content import Handbook
from handbook.edition import Edition
from handbook.exports import Export
from handbook.exports.tables import TABLES
from handbook.model import LANGUAGES

LICENCE = URIRef("http://creativecommons.org/licenses/by/4.0/deed.nl")
OPEN = URIRef("http://publications.europa.eu/resource/authority/access-right/PUBLIC")
THEME = URIRef("http://publications.europa.eu/resource/authority/data-theme/ECON")
LANGUAGE = {"nl": "NLD", "en": "ENG"}
FORMATS = {"csv": ("CSV", "text/csv"), "json": ("JSON", "application/json")}


def exports(book: Handbook, edition: Edition, address: str) -> Iterator[Export]:
    """dcat.ttl."""
    yield Export("dcat.ttl", "text/turtle", "catalogue", "", describe(book, edition, address).serialize(format="longturtle").encode())


def describe(book: Handbook, edition: Edition, address: str) -> Graph:
    """A dataset with title, description, publisher, licence, theme, language, and a distribution a table and format."""
    graph = Graph()
    graph.bind("dcat", DCAT)
    graph.bind("dcterms", DCTERMS)
    dataset, publisher = URIRef(f"{address}data/"), URIRef(f"{address}about/")
    graph.add((publisher, RDF.type, FOAF.Agent))
    graph.add((dataset, RDF.type, DCAT.Dataset))
    graph.add((dataset, DCTERMS.identifier, Literal(str(dataset))))
    for lang in LANGUAGES:
        graph.add((publisher, FOAF.name, Literal(book.labels("export", "handbook", lang), lang)))
        graph.add((dataset, DCTERMS.title, Literal(book.labels("export", "handbook", lang), lang)))
        graph.add((dataset, DCTERMS.description, Literal(book.labels("export", "about", lang), lang)))
        graph.add((dataset, DCTERMS.language, URIRef(f"http://publications.europa.eu/resource/authority/language/{LANGUAGE[lang]}")))
    graph.add((dataset, DCTERMS.publisher, publisher))
    graph.add((dataset, DCTERMS.license, LICENCE))
    graph.add((dataset, DCTERMS.accessRights, OPEN))
    graph.add((dataset, DCAT.theme, THEME))
    graph.add((dataset, DCTERMS.modified, Literal(edition.date, datatype=XSD.date)))
    for table in TABLES:
        for ending, (name, media_type) in FORMATS.items():
            file = URIRef(f"{address}data/{table}.{ending}")
            graph.add((dataset, DCAT.distribution, file))
            graph.add((file, RDF.type, DCAT.Distribution))
            graph.add((file, DCTERMS.title, Literal(f"{table}.{ending}", "en")))
            graph.add((file, DCAT.accessURL, file))
            graph.add((file, DCAT.downloadURL, file))
            graph.add((file, DCTERMS.license, LICENCE))
            graph.add((file, DCTERMS["format"], URIRef(f"http://publications.europa.eu/resource/authority/file-type/{name}")))
            if ending == "json":
                graph.add((file, DCTERMS.conformsTo, URIRef(f"{address}data/{table}.schema.json")))
            graph.add((file, DCAT.mediaType, URIRef(f"http://www.iana.org/assignments/media-types/{media_type}")))
    return graph
