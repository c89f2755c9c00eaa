"""Where a page of the built site is, seen from another: relative addresses that hold under any root and from a folder."""

import posixpath


def address(path: str) -> str:
    """The address, relative to its language's root, of the page at PATH: `policy/europe.md` → `policy/europe/`."""
    stem = path.removesuffix(".md")
    return stem.removesuffix("index") if stem == "index" or stem.endswith("/index") else f"{stem}/"


def relative(origin: str, target: str, anchor: str = "") -> str:
    """The address of page TARGET (and ANCHOR) as a link on page ORIGIN."""
    start, goal = address(origin) or ".", address(target) or "."
    found = posixpath.relpath(goal, start)
    found = "./" if found == "." else f"{found}/"
    if origin == target:
        found = ""
    return f"{found}#{anchor}" if anchor else found or "./"


def site_root(origin: str) -> str:
    """The way from page ORIGIN to the root of its language, empty from the root itself."""
    return "../" * address(origin).count("/")
