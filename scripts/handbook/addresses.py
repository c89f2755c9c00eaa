"""Where a page of the built site is, seen from another: relative addresses that hold under any root and from a folder."""


def address(path: str) -> str:
    """The address, relative to its language's root, of the page at PATH: `policy/europe.md` → `policy/europe/`."""
    stem = path.removesuffix(".md")
    return stem.removesuffix("index") if stem == "index" or stem.endswith("/index") else f"{stem}/"


def relative(origin: str, target: str, anchor: str = "") -> str:
    """The address of page TARGET (and ANCHOR) as a link on page ORIGIN."""
    found = "" if origin == target else _way(address(origin).split("/")[:-1], address(target).split("/")[:-1])
    return f"{found}#{anchor}" if anchor else found or "./"


def _way(start: list[str], goal: list[str]) -> str:
    """From folder START to folder GOAL; posixpath.relpath asks the system for the working folder, which every link would pay."""
    shared = 0
    for one, other in zip(start, goal, strict=False):
        if one != other:
            break
        shared += 1
    return "../" * (len(start) - shared) + "".join(f"{part}/" for part in goal[shared:]) or "./"


def site_root(origin: str) -> str:
    """The way from page ORIGIN to the root of its language, empty from the root itself."""
    return "../" * address(origin).count("/")
