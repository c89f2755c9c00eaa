"""Every address on a built site leads to something that is there: a page in the same language, an anchor, a file."""

import re
from collections.abc import Iterator

from handbook.builtpage import ADDRESSES, Page, Reference, references
from handbook.builtsite import Met, Site, steps_up
from handbook.checks.reference import Fault, faults
from handbook.loading import Finding

# An id that is written in an address as it is.
_ID = re.compile(r"[\w:.-]+")


def check_addresses(site: Site) -> Iterator[Finding]:
    """Every address must lead to something that is there, in the same language, by a relative path."""
    right = Met()
    for page in site.pages.values():
        found = {fault for reference in _doubtful(site, page, right) for fault in faults(site, page, reference)}
        if found or page.hidden:
            yield from _placed(site, page, found)


def _placed(site: Site, page: Page, found: set[Fault]) -> Iterator[Finding]:
    """Findings of PAGE with the lines that its tree knows, and those FOUND without, should its tree not show them."""
    for element in page.root.iter("meta", *ADDRESSES):
        for reference in references(element.tag, element.attrib):
            for rule, message in faults(site, page, reference):
                found.discard((rule, message))
                yield Finding(page.path, element.sourceline or 1, rule, message)
    yield from (Finding(page.path, 1, rule, message) for rule, message in found)


def _doubtful(site: Site, page: Page, right: Met) -> Iterator[Reference]:
    """The references of PAGE that are not right beyond doubt; RIGHT, the links that are, grows by what is found."""
    found = right.on(page.path, site.language(page.path))
    own = set() if page.refresh else {f"#{one}" for one in page.ids if _ID.fullmatch(one)}
    for address in page.links.difference(own, *found):
        if not _is_right(site, page, address):
            yield Reference("a", address, "", None)
        elif not address.startswith("#"):
            found[steps_up(address)].add(address)
    for address in page.marked:
        yield Reference("a", address, "", "")
    for reference in page.others:
        file, anchor = site.plain_target(page.path, reference.address) or (None, "")
        if file is None or anchor or file in site.pages:
            yield reference


def _is_right(site: Site, page: Page, address: str) -> bool:
    """Whether a link of PAGE to ADDRESS is right beyond doubt: a shortcut past `faults`, for the many."""
    file, anchor = site.plain_target(page.path, address) or (None, "")
    target = site.pages.get(file)
    if target is None:
        return file is not None and not anchor
    same = site.language(file) == site.language(page.path)
    return same and target.refresh is None and (not anchor or anchor in target.ids)
