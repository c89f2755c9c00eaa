"""What the tests of the newcomer's tools share: the paths, a phone, what is kept, and what a screen reader is told."""

from handbook.model import LANGUAGES

PATHS = ("policy-officer", "spokesperson", "abroad", "editor")
PHONE = 390
KEPT = "localStorage.getItem('handbook.read')"
# What a screen reader is told: every text that a status of the page takes, in order.
LISTEN = """() => {
  window.told = [];
  const hear = (changes) => changes.forEach(({target}) => target.textContent && window.told.push(target.textContent));
  for (const one of document.querySelectorAll("[role=status]")) new MutationObserver(hear).observe(one, {childList: true});
}"""


def root(lang: str) -> str:
    return "/" if lang == LANGUAGES[0] else f"/{lang}/"


def steps_of(book, path: str) -> list:
    return [step for phase in book.lists["paths"][path].phases for step in phase.steps]
