"""`make bench`: how much CPU and memory each part takes, beside plain MkDocs on the same pages, and how that grows."""

import math
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from multiply import multiply, plain

ROOT = Path(__file__).resolve().parent.parent
RUNS = int(os.environ.get("BENCH_RUNS", "3"))
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


def measure(command: list[str], folder: Path) -> tuple[float, float]:
    """(CPU seconds, peak megabytes) of COMMAND run in FOLDER. Raises RuntimeError when it fails."""
    environment = {**os.environ, **QUIET, "PYTHONPATH": str(folder / "scripts") if (folder / "scripts").exists() else ""}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)}: {run.stderr[-400:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss / 1024


def alternate(jobs: dict[str, Callable[[], tuple[float, float]]]) -> dict[str, tuple[float, float]]:
    """The medians of RUNS rounds of JOBS, one after the other in each round, so that a slow minute hits all alike."""
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in jobs}
    for _ in range(RUNS):
        for name, job in jobs.items():
            seen[name].append(job())
    return {name: (statistics.median(cpu for cpu, _ in runs), max(memory for _, memory in runs)) for name, runs in seen.items()}


def build(folder: Path) -> Callable[[], tuple[float, float]]:
    return lambda: measure([sys.executable, "-m", "mkdocs", "build", "--no-strict", "--quiet", "--site-dir", str(folder / "site")], folder)


def command(folder: Path, *words: str) -> Callable[[], tuple[float, float]]:
    return lambda: measure([sys.executable, "-m", "handbook", *words], folder)


def main() -> None:
    sys.stdout.write(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, ")
    sys.stdout.write(", ".join(f"{name} {version(name)}" for name in ("mkdocs", "mkdocs-material", "mkdocs-static-i18n")) + f", {RUNS} runs\n\n")
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        sizes = {times: work / f"x{times}" for times in (1, 2, 5, 10)}
        for times, folder in sizes.items():
            multiply(ROOT, folder, times)
        multiply(ROOT, work / "terms", 1, terms=2)
        (work / "plain").mkdir()
        plain(ROOT, work / "plain")
        results = alternate(
            {
                "plain MkDocs, Material and i18n, same pages": build(work / "plain"),
                "full build": build(sizes[1]),
                "full build, twice the terms": build(work / "terms"),
                "check": command(sizes[1], "check"),
                "coverage": command(sizes[1], "coverage"),
            }
        )
        base = results["plain MkDocs, Material and i18n, same pages"][0]
        table(results, base)
        growth = {times: (build(folder)()[0], command(folder, "check")()[0]) for times, folder in sizes.items()}
        grow(growth)


def table(results: dict[str, tuple[float, float]], base: float) -> None:
    sys.stdout.write("| what | CPU s | ratio | peak MB |\n|---|---|---|---|\n")
    for name, (cpu, memory) in results.items():
        sys.stdout.write(f"| {name} | {cpu:.2f} | {cpu / base:.2f} | {memory:.0f} |\n")


def grow(growth: dict[int, tuple[float, float]]) -> None:
    sys.stdout.write("\n| instruments | build CPU s | check CPU s |\n|---|---|---|\n")
    for times, (built, checked) in growth.items():
        sys.stdout.write(f"| ×{times} | {built:.2f} | {checked:.2f} |\n")
    for column, what in enumerate(("build", "check")):
        exponent = math.log(growth[10][column] / growth[1][column]) / math.log(10)
        sys.stdout.write(f"\nGrowth of {what} to ×10 instruments: exponent {exponent:.2f}\n")


if __name__ == "__main__":
    main()
    shutil.rmtree(ROOT / "bench/__pycache__", ignore_errors=True)
