"""Measures commands: CPU and peak memory, medians of runs in alternation."""

import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


def numbers(name: str, default: str) -> tuple[int, ...]:
    """The whole numbers of the environment's variable NAME, or of DEFAULT. Ends the bench where they are none, or below one."""
    text = os.environ.get(name, default)
    if not all(one.isdecimal() and int(one) for one in text.split(",")):
        raise SystemExit(f"{name}={text}: must be whole numbers from 1, with commas between them. Try {name}={default}.")
    return tuple(map(int, text.split(",")))


RUNS = numbers("BENCH_RUNS", "3")[0]
# A bench of what users have: they keep compiled Python, as pip writes it.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
_ENVIRONMENT |= {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "ASTRO_TELEMETRY_DISABLED": "1"}
# A small process between: a child's peak begins at its parent's.
_LAUNCH = """import os, resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, used.ru_utime + used.ru_stime, used.ru_maxrss)"""


@dataclass(frozen=True)
class Cost:
    """What a command took: CPU seconds, system time included, and peak megabytes."""

    cpu: float
    memory: float


Job = Callable[[], Cost]


def measure(command: list[str], folder: Path, fine: tuple[int, ...] = (0,)) -> Cost:
    """The cost of COMMAND run in FOLDER, with FOLDER/scripts first among its modules. Raises RuntimeError when it does not end as FINE."""
    environment = _ENVIRONMENT | {"PYTHONPATH": str(folder / "scripts") if (folder / "scripts").exists() else ""}
    run = subprocess.run([sys.executable, "-S", "-c", _LAUNCH, *command], cwd=folder, env=environment, capture_output=True, text=True)
    code, cpu, memory = run.stdout.splitlines()[-1].split()
    if int(code) not in fine:
        raise RuntimeError(f"{' '.join(command)} ended with {code}: {run.stderr[-800:]}")
    return Cost(float(cpu), int(memory) / 1024)


def alternate(jobs: dict[str, Job]) -> dict[str, Cost]:
    """The medians of RUNS rounds of JOBS, one after the other in each round, so that a slow minute hits all alike."""
    seen: dict[str, list[Cost]] = {name: [] for name in jobs}
    for _ in range(RUNS):
        for name, job in jobs.items():
            seen[name].append(job())
    return {name: Cost(statistics.median(one.cpu for one in runs), max(one.memory for one in runs)) for name, runs in seen.items()}
