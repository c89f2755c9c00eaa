"""The glossary as SKOS after the Dutch profile NL-SBB (Turtle and JSON-LD) and as TBX (ISO 30042) for translators."""

import json
from collections.abc import Iterator

from lxml import etree
from rdflib import RDF, SKOS, BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDFS

from handbook.content import Handbook
from handbook.exports import Export
from handbook.model import LANGUAGES, Term

TBX = "urn:iso:std:iso:30042:ed-2"
XML = "http://www.w3.org/XML/1998/namespace"


def exports(book: Handbook, address: str) -> Iterator[Export]:
    """glossary.ttl, glossary.jsonld and glossary.tbx."""
    graph = as_skos(book, address)
    yield Export("glossary.ttl", "text/turtle", "glossary", "", graph.serialize(format="longturtle").encode())
    yield Export("glossary.jsonld", "application/ld+json", "glossary", "", _sorted_jsonld(graph))
    yield Export("glossary.tbx", "application/x-tbx", "glossary", "", as_tbx(book))


def as_skos(book: Handbook, address: str) -> Graph:
    """One concept scheme with a concept a term: preferred, other and avoided labels, definition with its source, relations."""
    graph = Graph()
    graph.bind("skos", SKOS)
    graph.bind("dcterms", DCTERMS)
    scheme = URIRef(f"{address}glossary/")
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    for lang in LANGUAGES:
        graph.add((scheme, DCTERMS.title, Literal(book.labels("export", "glossary", lang), lang)))
        graph.add((scheme, RDFS.label, Literal(book.labels("export", "glossary", lang), lang)))
    for term in book.lists["glossary"].values():
        _concept(graph, scheme, term, address)
    return graph


def _concept(graph: Graph, scheme: URIRef, term: Term, address: str) -> None:
    concept = URIRef(f"{scheme}#{term.id}")
    graph.add((concept, RDF.type, SKOS.Concept))
    graph.add((concept, SKOS.inScheme, scheme))
    graph.add((concept, SKOS.topConceptOf, scheme))
    graph.add((scheme, SKOS.hasTopConcept, concept))
    for lang in LANGUAGES:
        graph.add((concept, SKOS.prefLabel, Literal(term.term[lang], lang)))
        graph.add((concept, SKOS.definition, Literal(term.definition[lang], lang)))
        others = {*term.aliases[lang], *([term.abbreviation] if term.abbreviation else [])} - {term.term[lang]}
        for other in sorted(others):
            graph.add((concept, SKOS.altLabel, Literal(other, lang)))
        for avoided in sorted(set(term.avoid[lang]) - others - {term.term[lang]}):
            graph.add((concept, SKOS.hiddenLabel, Literal(avoided, lang)))
    for key in term.cite:
        source, _, at = key.partition(":")
        graph.add((concept, DCTERMS.source, URIRef(f"{address}sources/{source}/#p-{at}")))
    for other in term.see:
        graph.add((concept, SKOS.related, URIRef(f"{scheme}#{other}")))


def _sorted_jsonld(graph: Graph) -> bytes:
    if any(isinstance(node, BNode) for node in graph.all_nodes()):
        raise ValueError("the glossary's graph must hold no blank nodes, whose names differ in every build")
    data = json.loads(graph.serialize(format="json-ld"))
    return (json.dumps(_ordered(data), ensure_ascii=False, indent=1) + "\n").encode()


def _ordered(data: object) -> object:
    """DATA with keys and lists in a fixed order: rdflib gives them as its hashes fall."""
    if isinstance(data, dict):
        return {key: _ordered(data[key]) for key in sorted(data)}
    if isinstance(data, list):
        return sorted((_ordered(item) for item in data), key=lambda item: json.dumps(item, sort_keys=True))
    return data


def as_tbx(book: Handbook) -> bytes:
    """The glossary in TBX-Basic (dialect DCA): an entry a term, a section a language, preferred and avoided forms marked."""
    root = etree.Element(f"{{{TBX}}}tbx", {"style": "dca", "type": "TBX-Basic", f"{{{XML}}}lang": "nl"}, nsmap={None: TBX})
    header = _add(_add(root, "tbxHeader"), "fileDesc")
    _add(_add(header, "titleStmt"), "title", book.labels("export", "glossary", "nl"))
    _add(_add(header, "sourceDesc"), "p", book.labels("export", "handbook", "nl"))
    body = _add(_add(root, "text"), "body")
    for term in book.lists["glossary"].values():
        entry = _add(body, "conceptEntry", id=term.id)
        for lang in LANGUAGES:
            section = etree.SubElement(entry, f"{{{TBX}}}langSec", {f"{{{XML}}}lang": lang})
            _add(section, "descrip", term.definition[lang], type="definition")
            _form(section, term.term[lang], "preferredTerm-admn-sts")
            if term.abbreviation and term.abbreviation not in (term.term[lang], *term.aliases[lang]):
                _form(section, term.abbreviation, "admittedTerm-admn-sts", "abbreviation")
            for alias in term.aliases[lang]:
                _form(section, alias, "admittedTerm-admn-sts")
            for avoided in term.avoid[lang]:
                _form(section, avoided, "deprecatedTerm-admn-sts")
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _form(section: etree._Element, text: str, status: str, kind: str = "") -> None:
    form = _add(section, "termSec")
    _add(form, "term", text)
    if kind:
        _add(form, "termNote", kind, type="termType")
    _add(form, "termNote", status, type="administrativeStatus")


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{TBX}}}{name}", attributes)
    element.text = text
    return element
