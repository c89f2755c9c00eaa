"""What may be wrong with one reference of a page on a built site: where it leads, in which language, how it is written."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from handbook.builtpage import Page, Reference
from handbook.builtsite import Site, is_missing_page

# A rule that is broken, and what to say of it.
Fault = tuple[str, str]


def faults(site: Site, page: Page, reference: Reference) -> Iterator[Fault]:
    """Every rule that REFERENCE on PAGE of SITE breaks, with the message."""
    for rule, must in _faults(site, page, reference):
        yield rule, f"{reference.address or 'the address'} {must}"


def _faults(site: Site, page: Page, reference: Reference) -> Iterator[Fault]:
    address = reference.address
    if not address.strip():
        yield "link-empty", "must not be empty. Give it a target or remove it."
        return
    if address != address.strip() or re.search(r"\s", address):
        yield "link-space", "must hold no space. Write %20, or rename the file."
        return
    origin = page.path
    if address.startswith(site.address) or address == site.address.rstrip("/"):
        origin, address = "index.html", address[len(site.address) :] or "./"
    elif (scheme := urlsplit(address).scheme) or address.startswith("//"):
        yield from _outside(reference, scheme)
        return
    elif address.startswith("/") and not is_missing_page(origin):
        yield "link-absolute", "must be relative, so that the site works under any root. Correct it."
    file, anchor = site.target(origin, address)
    if file is None:
        if (near := site.right_case(origin, address)) is not None:
            yield "link-case", f"must be written as the file is: {near}. Correct the case."
        else:
            is_source = urlsplit(address).path.endswith(".md")
            yield "link-source" if is_source else "link-missing", "must lead to a file of the site. Correct it."
    elif file in site.pages:
        yield from _on_page(site, page, reference, file, anchor)
    elif anchor and reference.tag != "use" and not (file.endswith(".pdf") and re.fullmatch(r"page=[1-9]\d*", anchor)):
        yield "link-anchor", "must not carry an anchor, unless #page=1 of a PDF: the target is no page. Remove it."
    elif anchor and reference.tag == "use" and f'id="{anchor}"' not in (site.root / file).read_text("utf-8"):
        yield "link-anchor", f"must lead to an id of {file}. Correct it."


def _on_page(site: Site, page: Page, reference: Reference, file: str, anchor: str) -> Iterator[Fault]:
    target = site.pages[file]
    if anchor and anchor != "top" and not anchor.startswith(":~:") and anchor not in target.ids:
        yield "link-anchor", f"must lead to an id of {file}. Correct it."
    if reference.tag == "link" and "alternate" in reference.rel and reference.hreflang in site.languages:
        if site.language(file) != reference.hreflang:
            yield "alternate-language", f"must lead to a page in {reference.hreflang}. Correct hreflang or address."
    elif reference.tag == "link" and reference.rel == "canonical" and file != page.path:
        yield "canonical", f"must be the page itself, {page.path}. Correct it."
    if reference.tag != "a":
        return
    if target.refresh is not None:
        yield "link-redirect", "must lead to the page itself, not to a redirect. Use the new address."
    if site.language(file) != site.language(page.path) and reference.hreflang is None and not is_missing_page(page.path):
        yield "link-language", f"must stay in {site.language(page.path)}, or carry hreflang. Correct it."


def _outside(reference: Reference, scheme: str) -> Iterator[Fault]:
    address = reference.address
    if scheme == "mailto":
        if not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", unquote(urlsplit(address).path)):
            yield "link-mail", "must hold an e-mail address. Correct it."
    elif scheme in ("http", "") or address.startswith("//"):
        yield "link-insecure", "must begin with https://. Correct it."
    elif scheme == "https":
        if not _is_pointer(reference):
            yield "resource-external", "must be a file of the site: nothing is fetched from elsewhere. Bring it in."
        elif not re.fullmatch(r"[\w-]+(\.[\w-]+)+(:\d+)?", urlsplit(address).netloc):
            yield "link-host", "must name a host. Correct it."
    elif scheme not in ("tel", "data"):
        yield "link-scheme", "must use https, mailto or tel. Correct it."


def _is_pointer(reference: Reference) -> bool:
    """Whether REFERENCE only points to its address, and fetches nothing from it."""
    if reference.tag == "link":
        return bool(set(reference.rel.split()) & {"canonical", "alternate", "author", "license", "prev", "next", "describedby"})
    return reference.tag in ("a", "area", "blockquote", "q")
