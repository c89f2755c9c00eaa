"""`python bench/lighthouse/run.py SITE`: Lighthouse, as on a phone, on five pages of the built SITE behind our own nginx configuration."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests")]

import browser  # noqa: E402
import host  # noqa: E402

PAGES = ("", "instruments/nationaal-groeifonds/", "policy/money/", "timeline/", "glossary/")
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
RUNS = 3
FLAGS = " ".join(["--headless=new", *browser.ARGUMENTS])


def missing(chromium: str | None) -> str | None:
    """What this machine lacks, in one line."""
    lacking = [name for name in ("node", "npm", "nginx") if shutil.which(name) is None] + ([] if chromium else ["chromium"])
    return f"Lighthouse is skipped: no {', '.join(lacking)} on this machine." if lacking else None


def install(folder: Path) -> Path:
    """The Lighthouse of our lock file, in FOLDER; installed once."""
    command = folder / "node_modules/.bin/lighthouse"
    lock = folder / "package-lock.json"
    own = Path(__file__).parent / "package-lock.json"
    if not command.exists() or lock.read_bytes() != own.read_bytes():
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(own.with_name(name), folder / name)
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=folder, check=True)
    return command


def typical(command: Path, address: str, chromium: str) -> dict:
    """Lighthouse's report on the page at ADDRESS: of RUNS, the one with the middle performance, as Lighthouse advises."""
    reports = [measure(command, address, chromium) for _ in range(RUNS)]
    return sorted(reports, key=lambda report: report["categories"]["performance"]["score"])[RUNS // 2]


def measure(command: Path, address: str, chromium: str) -> dict:
    words = [str(command), address, "--output=json", "--quiet", f"--only-categories={','.join(LEAST)}", f"--chrome-flags={FLAGS}"]
    environment = {**os.environ, "CHROME_PATH": chromium}
    done = subprocess.run([*words, "--no-enable-error-reporting"], env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def faults(report: dict) -> list[str]:
    """What cost points: the audits of a category that falls short."""
    found = []
    for name, least in LEAST.items():
        category = report["categories"][name]
        if 100 * category["score"] < least:
            weighed = [one["id"] for one in category["auditRefs"] if one["weight"]]
            found += [f"{name}: {report['audits'][one]['title']}" for one in weighed if (report["audits"][one]["score"] or 0) < 0.9]
    return found


def main(site: Path) -> int:
    chromium = browser.find_chromium("")
    if lacking := missing(chromium):
        sys.stdout.write(f"{lacking}\n")
        return 0
    command = install(ROOT / ".cache/lighthouse")
    sys.stdout.write(f"| page | {' | '.join(LEAST)} |\n|---{'|---' * len(LEAST)}|\n")
    with tempfile.TemporaryDirectory(dir=site.resolve().parent) as folder:
        work, ready = Path(folder) / "work", Path(folder) / "ready"
        work.mkdir()
        host.lay_out(ROOT, site.resolve(), ready)  # compressed, as readers get it
        short = report_on(ready, work, command, chromium)
    sys.stdout.write("".join(f"{line}\n" for line in short))
    return 1 if short else 0


def report_on(ready: Path, work: Path, command: Path, chromium: str) -> list[str]:
    """Tells the scores of PAGES of READY, served from WORK; gives what falls short."""
    short = []
    with host.nginx(ROOT, ready, work) as port:
        for page in PAGES:
            report = typical(command, f"http://127.0.0.1:{port}/{page}", chromium)
            scores = [round(100 * report["categories"][name]["score"]) for name in LEAST]
            sys.stdout.write(f"| /{page} | {' | '.join(map(str, scores))} |\n")
            sys.stdout.flush()
            short += [f"/{page}: {fault}" for fault in faults(report)]
    return short


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "site"))
