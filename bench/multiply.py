"""Makes larger and plainer handbooks from the real one: N times the instruments under renamed ids, or no handbook at all."""

import re
import shutil
import subprocess
from pathlib import Path

_OWN = ("docs", "overrides", "scripts", "deploy")


def multiply(root: Path, target: Path, times: int, terms: int = 1) -> None:
    """Copies ROOT to TARGET with TIMES as many instruments, each with its page and data, and TERMS as many glossary terms."""
    _copy(root, target)
    nav = (target / "mkdocs.yml").read_text("utf-8")
    for copy in range(2, times + 1):
        for path in sorted((root / "docs/data/instruments").glob("*.yml")):
            text = re.sub(r"^id: (.+)$", rf"id: \1-x{copy}", path.read_text("utf-8"), flags=re.M)
            (target / f"docs/data/instruments/{path.stem}-x{copy}.yml").write_text(text, "utf-8")
        nav += f"  - x{copy}:\n"
        for path in sorted((root / "docs/nl/instruments").glob("*.md")):
            if path.stem != "index":
                nav += f"      - instruments/{path.stem}-x{copy}.md\n"
                for lang in ("nl", "en"):
                    text = (root / f"docs/{lang}/instruments/{path.name}").read_text("utf-8")
                    text = re.sub(r"^instrument: (.+)$", rf"instrument: \1-x{copy}", text, flags=re.M)
                    (target / f"docs/{lang}/instruments/{path.stem}-x{copy}.md").write_text(text, "utf-8")
    (target / "mkdocs.yml").write_text(nav, "utf-8")
    glossary = target / "docs/data/glossary.yml"
    text = glossary.read_text("utf-8")
    for copy in range(2, terms + 1):
        more = re.sub(r"^- id: (.+)$", rf"- id: \1-x{copy}", (root / "docs/data/glossary.yml").read_text("utf-8"), flags=re.M)
        text += re.sub(
            r"^(    (?:nl|en): )([^\"\[\n]+)$",
            rf"\1\2 x{copy}",
            re.sub(r"^  (aliases|avoid|see):.*\n((?:    .*\n)*)", "", more, flags=re.M),
            flags=re.M,
        )
    glossary.write_text(text, "utf-8")
    _commit(target)


def pages(folder: Path) -> int:
    """The number of pages in FOLDER, in both languages."""
    return len(list((folder / "docs").rglob("*.md")))


def _copy(root: Path, target: Path) -> None:
    for name in _OWN:
        shutil.copytree(root / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "mkdocs.yml", target / "mkdocs.yml")


def _commit(folder: Path) -> None:
    """Puts FOLDER under git: dates of pages and of the edition come from there, and are part of the cost."""
    for words in (["init", "-q"], ["add", "."], ["-c", "user.name=bench", "-c", "user.email=bench@example.org", "commit", "-qm", "bench"]):
        subprocess.run(["git", *words], cwd=folder, check=True)


def derived(root: Path, target: Path) -> None:
    """Copies ROOT to TARGET for MkDocs with its stock theme and bench/derivation.py: what the handbook derives from data, and no more."""
    for name in ("docs", "overrides", "scripts"):
        shutil.copytree(root / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(Path(__file__).parent / "derivation.py", target)
    _configure(root, target, "derivation.py")


def _configure(root: Path, target: Path, hook: str | None) -> None:
    """Writes the handbook's configuration into TARGET with the stock theme and HOOK, if any, for its own."""
    text = (root / "mkdocs.yml").read_text("utf-8").replace("strict: true", "strict: false")
    text = text.replace("hooks:\n  - scripts/hooks.py\n", f"hooks:\n  - {hook}\n" if hook else "")
    (target / "mkdocs.yml").write_text(re.sub(r"^  custom_dir: .*\n", "", text, flags=re.M), "utf-8")


def plain(root: Path, target: Path) -> None:
    """Copies ROOT to TARGET as the same pages for MkDocs alone: fragments filled in, no hooks."""
    from handbook.content import load_handbook
    from handbook.edition import edition
    from handbook.exports import OpenData
    from handbook.rendering import Renderer

    book = load_handbook(root)
    renderer = Renderer(book, OpenData(book, edition(root), "https://handbook.example/"))
    shutil.copytree(root / "docs/assets", target / "docs/assets")
    for (lang, path), page in book.pages.items():
        place = target / "docs" / lang / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"---\ntitle: {page.front.title!r}\n---\n{renderer.markdown(page, page.body)}", "utf-8")
    _configure(root, target, None)
