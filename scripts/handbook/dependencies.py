"""What the handbook is built with: a bill of materials in CycloneDX, and which parts have a known leak."""

import json
import os
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from handbook.loading import Finding, read_text

LOCK = "requirements.txt"
_LONGEST_NAME = 60


class Unavailable(Exception):
    """What a proof needs is not there; says what, in one line."""


def bill_of_materials(root: Path) -> str:
    """Every package of ROOT's lock with its version, hashes and licence, as CycloneDX 1.6 JSON; the same for the same lock.

    A licence is known of what is installed here. Raises Unavailable where the tool is missing, and BadInput without a lock."""
    read_text(root / LOCK, LOCK)
    made = _run("cyclonedx_py", "requirements", LOCK, "--pyproject", "pyproject.toml", "--output-reproducible", "--sv", "1.6", folder=root)
    if made.returncode:
        raise Unavailable(f"The bill of materials cannot be made: {_last_line(made.stderr)}")
    bill = json.loads(made.stdout)
    for component in bill["components"]:
        del component["description"]  # only repeats the line of the lock
        component["licenses"] = _licence(component["name"])
        for reference in component["externalReferences"]:
            reference["url"] = component["purl"]  # the lock names no host, so neither does the bill
    return json.dumps(bill, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def leaks(root: Path) -> list[Finding]:
    """Packages of ROOT's lock with a known leak. Raises Unavailable when the advisories, or those on one package,
    cannot be had, and BadInput without a lock."""
    lock = read_text(root / LOCK, LOCK)
    asked = _run("pip_audit", "--requirement", LOCK, "--require-hashes", "--disable-pip", "--format", "json", folder=root)
    try:
        answers = json.loads(asked.stdout)["dependencies"]
    except (ValueError, KeyError):
        raise Unavailable("The advisory database cannot be reached; nothing is known of leaks. Try again with a connection.") from None
    if unknown := [one["name"] for one in answers if "skip_reason" in one]:
        share = f"{len(unknown)} of {len(answers)} packages ({unknown[0]}, …)"
        raise Unavailable(f"The advisory database knows nothing of {share}; their leaks are unknown. Ask another one.")
    return [_finding(lock, package, leak) for package in answers for leak in package["vulns"]]


def _finding(lock: str, package: dict, leak: dict) -> Finding:
    line = 1 + lock.count("\n", 0, re.search(rf"^{re.escape(package['name'])}==", lock, re.M | re.I).start())
    mended = leak["fix_versions"]
    remedy = f"Take {mended[-1]} and renew the lock." if mended else "No version mends it yet: read the advisory."
    return Finding(LOCK, line, "leak", f"{package['name']} {package['version']} must not have a known leak ({leak['id']}). {remedy}")


def _licence(name: str) -> list[dict]:
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return []  # for another system or Python than this one
    if expression := about.get("License-Expression"):
        return [{"expression": expression}]
    kinds = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier", []) if line.startswith("License :: ")]
    told = about.get("License", "").strip()
    if not kinds and 0 < len(told) <= _LONGEST_NAME and "\n" not in told:
        kinds = [told]
    return [{"license": {"name": kind}} for kind in kinds]


def _run(module: str, *words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "ignore", "-m", module, *words]
    environment = {"PIP_AUDIT_PROGRESS_SPINNER": "off", **os.environ}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["it says nothing"])[-1]
