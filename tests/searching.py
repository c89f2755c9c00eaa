"""The search as a reader has it: opened in the browser, asked, and its answers read."""

LANGUAGES = {"nl": "", "en": "en/"}
FIRST = 3
# Summaries come with the text of the handbook: once one is shown, results are complete.
READY = ".hb-find__results p"
_ASK = """(queries) => queries.map((query) => {
  const input = document.querySelector(".hb-find input");
  input.value = query;
  input.dispatchEvent(new Event("input"));
  return [...document.querySelectorAll(".hb-find__results > li")].map((item) => [...item.querySelectorAll("a")].map((a) => a.href));
})"""


def ask(page, address: str, lang: str, queries: list[str]) -> list[list[list[str]]]:
    """Per query the places that each result links to, below the root of LANG's site at ADDRESS, as the dialog on PAGE shows them."""
    root = f"{address}/{LANGUAGES[lang]}"
    page.goto(f"{root}?q=industrie")
    page.wait_for_selector(READY)
    return [[[link.removeprefix(root) for link in result] for result in results] for results in page.evaluate(_ASK, queries)]


def missed(expected: list[str], results: list[list[str]]) -> list[str]:
    """Which of EXPECTED (`a | b`: either will do) are not among the first RESULTS: a record or page itself, a section among its links."""
    found = {link for links in results[:FIRST] for link in links}
    return [one for one in expected if not found & set(one.split(" | "))]
