"""`make bench`: what each part costs beside plain MkDocs on the same pages, how that grows, and what a reader waits for.

Writes docs/data/bench.yml, from which the page about speed is drawn. BENCH_RUNS=1 BENCH_SIZES=1,2 is a quick look that writes nothing;
BENCH_QUICK=1 leaves the book out; BENCH_LIGHTHOUSE=1 lets Lighthouse look at the built site too."""

import datetime
import math
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import yaml
from measuring import RUNS, Cost, Job, alternate, measure, numbers
from multiply import derived, multiply, pages, plain
from others import others
from parts import one_language, parts
from served import ROOT, load, search_first, weights

# The handbook itself is always among them.
SIZES = tuple(sorted({1, *numbers("BENCH_SIZES", "1,2,5,10")}))
_MADE = shutil.ignore_patterns("kept*", "made", "templates", "schemas")
LIBRARIES = ("mkdocs", "mkdocs-material", "mkdocs-static-i18n", "Markdown", "Jinja2", "lxml", "pydantic", "PyStemmer")
EXPORTS = """from pathlib import Path
from handbook.loader import load_handbook
from handbook.edition import edition
from handbook.exports import OpenData
root = Path.cwd()
OpenData(load_handbook(root), edition(root), "https://handbook.example/").files"""
LINKS = """from pathlib import Path
from handbook.builtsite import Site
from handbook.checks.links import check_site
assert not check_site(Site(Path("site"), "https://handboek-industriebeleid.example/"))"""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        for times in SIZES:
            multiply(ROOT, work / f"x{times}", times)
        multiply(ROOT, work / "fresh", 1)
        multiply(ROOT, work / "parts", 1)
        multiply(ROOT, work / "terms", 1, terms=2)
        for kind, origin, copy in (("plain", ROOT, plain), ("derived", ROOT, derived), ("derived-terms", work / "terms", derived)):
            (work / kind).mkdir()
            copy(origin, work / kind)
        one = work / "x1"
        for folder in (one, *(work / kind for kind in ("fresh", "parts", "terms", "derived", "derived-terms"))):
            shutil.copytree(ROOT / ".cache", folder / ".cache", ignore=_MADE, dirs_exist_ok=True)
            # Pictures and fonts that are still missing are drawn before the clock runs.
            build(folder)()
        costs = alternate(_jobs(work))
        bench = {"date": datetime.date.today().isoformat(), "machine": _machine(), "runs": RUNS, "versions": _versions()}
        bench["rows"] = _rows(costs)
        bench["growth"], bench["exponents"] = _growth(work, costs)
        bench["reader"] = _reader(one / "site")
    sys.stdout.write(_table(bench))
    if RUNS >= 3 and len(SIZES) > 2:
        written = ROOT / "docs/data/bench.yml.part"
        written.write_text(yaml.safe_dump(bench, sort_keys=False, allow_unicode=True), "utf-8")
        written.replace(written.with_suffix(""))
    _lighthouse()


def _jobs(work: Path) -> dict[str, Job]:
    """What is measured in the folders of WORK, by its key in docs/data/labels.yml (`bench-row`), in the order of the table."""
    one, terms, bare = work / "x1", work / "terms", work / "plain"
    # Apart, or what they throw away would be missing in the next round of the others.
    new = work / "fresh"
    jobs = {
        "plain": build(bare),
        "plain-search": build(_with_search(bare, work / "plain-search")),
        "plain-one": build(one_language(bare, work / "plain-one")),
        "derived": build(work / "derived"),
        "derived-terms": build(work / "derived-terms"),
        "build": build(one),
        "build-fresh": fresh(build(new), new),
        "build-terms": fresh(build(terms), terms),
        "check": command(one, "check"),
        "check-fresh": fresh(command(new, "check"), new),
        "check-page": command(one, "check", "docs/nl/policy/europe.md"),
        "coverage": command(one, "coverage"),
        "exports": fresh(lambda: measure([sys.executable, "-c", EXPORTS], new), new),
        "links": lambda: measure([sys.executable, "-c", LINKS], one),
    }
    quick = bool(os.environ.get("BENCH_QUICK"))
    if not quick:
        jobs["book"] = command(one, "book")
    jobs |= parts(work / "parts", build, quick)
    return jobs | dict(others(bare, work))


def build(folder: Path) -> Job:
    """A full build of FOLDER into FOLDER/site."""
    return lambda: measure([sys.executable, "-m", "mkdocs", "build", "--no-strict", "--quiet"], folder)


def command(folder: Path, *words: str) -> Job:
    """A command of the handbook; that a check finds something, as in a handbook made larger, is no failure of the bench."""
    return lambda: measure([sys.executable, "-m", "handbook", *words], folder, fine=(0, 1) if words[0] == "check" else (0,))


def fresh(job: Job, folder: Path) -> Job:
    """JOB without anything kept from before but pictures and fonts, which are drawn once in the life of a checkout."""

    def run() -> Cost:
        for path in (folder / ".cache/made", folder / ".cache/templates"):
            shutil.rmtree(path, ignore_errors=True)
        (folder / ".cache/kept.pickle").unlink(missing_ok=True)
        return job()

    return run


def _with_search(bare: Path, folder: Path) -> Path:
    """BARE with the search index of MkDocs, which a handbook of plain pages would have too."""
    shutil.copytree(bare, folder)
    settings = folder / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("plugins:\n", "plugins:\n  - search\n", 1), "utf-8")
    return folder


def _rows(costs: dict[str, Cost]) -> list[dict[str, str]]:
    """The costs, each beside plain MkDocs."""
    base = costs["plain"].cpu
    return [
        {"key": key, "cpu": f"{cost.cpu:.2f}", "ratio": f"{cost.cpu / base:.2f}", "memory": f"{cost.memory:.0f}"}
        for key, cost in costs.items()
    ]


def _growth(work: Path, costs: dict[str, Cost]) -> tuple[list[dict[str, object]], dict[str, str]]:
    """The cost of build and check at each size, fresh, and the exponents from the smallest to the largest, by number of pages."""
    jobs = {}
    for times in SIZES:
        folder = work / f"x{times}"
        if times > 1:
            shutil.copytree(work / "x1/.cache", folder / ".cache", ignore=_MADE)
            build(folder)()
        jobs |= {f"build {times}": fresh(build(folder), folder), f"check {times}": fresh(command(folder, "check"), folder)}
    seen = {name: cost.cpu for name, cost in alternate(jobs).items()}
    sizes = {times: pages(work / f"x{times}") for times in SIZES}
    rows = [
        {"times": times, "pages": sizes[times], "build": f"{seen[f'build {times}']:.2f}", "check": f"{seen[f'check {times}']:.2f}"}
        for times in SIZES
    ]
    exponents = {"terms": f"{costs['derived-terms'].cpu / costs['derived'].cpu:.2f}"}
    last = SIZES[-1]
    for what in ("build", "check"):
        if last > 1:
            exponents[what] = f"{math.log(seen[f'{what} {last}'] / seen[f'{what} 1']) / math.log(sizes[last] / sizes[1]):.2f}"
    return rows, exponents


def _reader(site: Path) -> dict[str, str]:
    found = {key: f"{value:.0f}" for key, value in weights(site).items()}
    for key, value in (("search-result", search_first(site)), ("load", load(site))):
        if value is not None:
            found[key] = f"{value:.1f}" if value < 10 else f"{value:.0f}"
    return found


def _machine() -> str:
    name = next((line.partition(": ")[2] for line in _lines("/proc/cpuinfo") if line.startswith("model name")), platform.processor())
    return f"{name.strip() or platform.machine()}, {os.cpu_count()} cores, {platform.system()}"


def _lines(path: str) -> list[str]:
    return Path(path).read_text("utf-8").splitlines() if Path(path).exists() else []


def _versions() -> dict[str, str]:
    found = {"Python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    for name, words in (("hugo", ["version"]), ("mdbook", ["--version"]), ("zensical", ["--version"]), ("astro", ["--version"])):
        if path := shutil.which(name):
            told = subprocess.run([path, *words], capture_output=True, text=True).stdout
            found[name] = next(iter(re.findall(r"\d+\.\d+\.\d+", told)), "?")
    return found


def _table(bench: dict) -> str:
    lines = [f"{bench['machine']}, {bench['runs']} runs; " + ", ".join(f"{name} {one}" for name, one in bench["versions"].items()), ""]
    lines += ["| what | CPU s | ratio | peak MB |", "|---|---|---|---|"]
    lines += [f"| {row['key']} | {row['cpu']} | {row['ratio']} | {row['memory']} |" for row in bench["rows"]]
    lines += ["", "| size | pages | build CPU s | check CPU s |", "|---|---|---|---|"]
    lines += [f"| ×{row['times']} | {row['pages']} | {row['build']} | {row['check']} |" for row in bench["growth"]]
    lines += ["", *(f"{key}: {value}" for part in ("exponents", "reader") for key, value in bench[part].items()), ""]
    return "\n".join(lines)


def _lighthouse() -> None:
    """Lighthouse on the built site, where it is and asked for."""
    if os.environ.get("BENCH_LIGHTHOUSE"):
        subprocess.run([sys.executable, str(ROOT / "bench/lighthouse/run.py"), str(ROOT / "site")], check=False)


if __name__ == "__main__":
    main()
