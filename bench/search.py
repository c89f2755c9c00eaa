"""`python bench/search.py SITE`: how long the search takes, per query of the golden list, in the browser on a four-times-throttled CPU."""

import statistics
import sys
import tempfile
from pathlib import Path

import yaml
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests")]

import browser  # noqa: E402
import host  # noqa: E402
from searching import LANGUAGES  # noqa: E402

# As pasted from a mail: the longest that a reader is likely to ask.
PASTED = {
    "nl": "Beste collega, kun je voor het debat van morgen nagaan hoeveel geld het kabinet tussen 2020 en 2026 heeft uitgetrokken "
    "voor de verduurzaming van de basisindustrie, en of de motie van het Kamerlid Amhaouch over steun aan de maakindustrie na de "
    "coronacrisis daarmee is uitgevoerd?",
    "en": "Dear colleague, could you find out before tomorrow's debate how much money the cabinet set aside between 2020 and 2026 "
    "for making basic industry sustainable, and whether that carried out the motion by Mr Amhaouch on support for manufacturing "
    "after the coronavirus crisis?",
}
# From the letter typed to the results drawn, layout included.
TIMED = """(queries) => queries.map((query) => {
  const input = document.querySelector(".hb-find input");
  const start = performance.now();
  input.value = query;
  input.dispatchEvent(new Event("input"));
  document.querySelector(".hb-find").getBoundingClientRect();
  return performance.now() - start;
})"""


def times(page, address: str, lang: str, queries: list[str]) -> dict[str, float]:
    """Milliseconds per query, each on a CPU four times slower than this one; nothing is asked twice."""
    page.goto(f"{address}/{LANGUAGES[lang]}?q=zz")
    page.wait_for_selector(".hb-find__other:not([hidden])")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    return dict(zip(queries, page.evaluate(TIMED, queries), strict=True))


def main(site: Path) -> None:
    golden = yaml.safe_load((ROOT / "tests/golden/search.yml").read_text("utf-8"))
    sys.stdout.write("| language | queries | median ms | slowest ms | slowest query | pasted mail ms |\n|---|---|---|---|---|---|\n")
    with sync_playwright() as driver, tempfile.TemporaryDirectory(dir=site.resolve().parent) as folder:
        running = browser.launch(driver)
        with host.nginx(ROOT, site.resolve(), Path(folder)) as port:
            for lang in LANGUAGES:
                page = running.new_page()
                found = times(page, f"http://127.0.0.1:{port}", lang, [PASTED[lang], *(row["q"] for row in golden[lang])])
                page.close()
                pasted, slowest = found.pop(PASTED[lang]), max(found, key=found.get)
                middle = statistics.median(found.values())
                sys.stdout.write(f"| {lang} | {len(found)} | {middle:.0f} | {found[slowest]:.0f} | {slowest} | {pasted:.0f} |\n")
        running.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "site")
