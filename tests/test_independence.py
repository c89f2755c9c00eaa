"""The package outlives its site generator: nothing in it knows MkDocs; and all code keeps the linter's rules."""

import ast
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "scripts/handbook"


def imported(code: str) -> set[str]:
    """The packages that CODE imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def test_no_module_of_the_package_knows_mkdocs(subtests):
    for path in sorted(PACKAGE.rglob("*.py")):
        with subtests.test(path.relative_to(PACKAGE).as_posix()):
            assert not {name for name in imported(path.read_text("utf-8")) if name.startswith(("mkdocs", "material"))}


def test_an_import_inside_a_function_is_seen():
    assert "mkdocs" in imported("def f():\n    from mkdocs.config import load_config\n")


def test_all_code_keeps_the_linters_rules():
    folders = [str(PACKAGE.parent), str(PACKAGE.parents[1] / "tests"), str(PACKAGE.parents[1] / "bench")]
    found = subprocess.run([sys.executable, "-m", "ruff", "check", "--quiet", *folders], capture_output=True, text=True)
    assert found.returncode == 0, found.stdout
