"""Fixtures that every test shares: the handbook as it is, and a small one to break."""

import shutil
from pathlib import Path

import pytest
from handbook.content import Handbook, load_handbook

ROOT = Path(__file__).resolve().parent.parent
SMALL = ROOT / "tests/small"


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def book() -> Handbook:
    return load_handbook(ROOT)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of the small handbook, to break."""
    return Path(shutil.copytree(SMALL, tmp_path / "small"))
