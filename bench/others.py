"""The same Markdown under other generators, as far as each takes it: every one optional, used where it is installed."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from measuring import Job, measure

_ID = re.compile(r"\s*\{ #([\w.-]+) \}$", re.M)


def others(plain: Path, work: Path) -> Iterator[tuple[str, Job]]:
    """(name, job) of every generator on this machine, with the pages of PLAIN (docs/nl, docs/en) copied into WORK as it wants them."""
    for name, prepare in (("hugo", _hugo), ("mdbook", _mdbook), ("zensical", _zensical), ("astro", _starlight)):
        if command := shutil.which(name):
            folder = work / name
            commands = prepare(plain, folder, command)
            yield name, _all(commands)


def _all(commands: list[tuple[list[str], Path]]) -> Job:
    def job():
        costs = [measure(command, folder) for command, folder in commands]
        return type(costs[0])(sum(cost.cpu for cost in costs), max(cost.memory for cost in costs))

    return job


def _hugo(plain: Path, folder: Path, command: str) -> list[tuple[list[str], Path]]:
    """Both languages in one run, with the smallest theme that shows title, navigation and text."""
    for lang in ("nl", "en"):
        _copy(plain / "docs" / lang, folder / "content" / lang, lambda text: _ID.sub(r" {#\1}", text))
        for path in (folder / "content" / lang).rglob("index.md"):
            path.rename(path.with_name("_index.md"))
    theme = folder / "layouts/_default"
    theme.mkdir(parents=True)
    nav = '<nav>{{ range .Site.RegularPages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>'
    page = f'<!doctype html><html lang="{{{{ .Lang }}}}"><title>{{{{ .Title }}}}</title>{nav}<main>{{{{ .Content }}}}</main></html>'
    for name in ("single.html", "list.html", "baseof.html"):
        (theme / name).write_text(page, "utf-8")
    languages = "".join(f'[languages.{lang}]\ncontentDir = "content/{lang}"\n' for lang in ("nl", "en"))
    settings = 'baseURL = "https://handbook.example/"\ndefaultContentLanguage = "nl"\ndisableKinds = ["taxonomy", "term", "rss"]\n'
    (folder / "hugo.toml").write_text(f"{settings}[markup.goldmark.renderer]\nunsafe = true\n{languages}", "utf-8")
    return [([command, "--quiet"], folder)]


def _mdbook(plain: Path, folder: Path, command: str) -> list[tuple[list[str], Path]]:
    """One book a language."""
    commands = []
    for lang in ("nl", "en"):
        book = folder / lang
        _copy(plain / "docs" / lang, book / "src", lambda text: re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S))
        pages = sorted(path.relative_to(book / "src").as_posix() for path in (book / "src").rglob("*.md"))
        (book / "src/SUMMARY.md").write_text("# Summary\n\n" + "".join(f"- [{path}]({path})\n" for path in pages), "utf-8")
        (book / "book.toml").write_text(f'[book]\ntitle = "Handbook"\nlanguage = "{lang}"\n', "utf-8")
        commands.append(([command, "build"], book))
    return commands


def _zensical(plain: Path, folder: Path, command: str) -> list[tuple[list[str], Path]]:
    """One configuration a language, with the extensions of mkdocs.yml."""
    text = (plain / "mkdocs.yml").read_text("utf-8")
    extensions = re.search(r"^markdown_extensions:\n(?:  .*\n)+", text, re.M)[0]
    commands = []
    for lang in ("nl", "en"):
        site = folder / lang
        _copy(plain / "docs" / lang, site / "docs", str)
        (site / "mkdocs.yml").write_text(f"site_name: Handbook\ntheme:\n  name: material\n  language: {lang}\n{extensions}", "utf-8")
        commands.append(([command, "build", "--clean"], site))
    return commands


def _starlight(plain: Path, folder: Path, command: str) -> list[tuple[list[str], Path]]:
    """Both languages in one run of Astro, with the Starlight that is installed beside it and without its search."""
    content = folder / "src/content"
    for lang, place in (("nl", "docs"), ("en", "docs/en")):
        _copy(plain / "docs" / lang, content / place, lambda text: _ID.sub("", text))
    (folder / "node_modules").symlink_to(next(one for one in Path(command).resolve().parents if one.name == "node_modules"))
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")
    (folder / "astro.config.mjs").write_text(
        """import { defineConfig } from "astro/config";
import starlight from "@astrojs/starlight";
const locales = { root: { label: "Nederlands", lang: "nl" }, en: { label: "English", lang: "en" } };
export default defineConfig({ integrations: [starlight({ title: "Handbook", locales, pagefind: false })] });
""",
        "utf-8",
    )
    (folder / "src/content.config.ts").write_text(
        """import { defineCollection } from "astro:content";
import { docsLoader } from "@astrojs/starlight/loaders";
import { docsSchema } from "@astrojs/starlight/schema";
export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };
""",
        "utf-8",
    )
    return [([command, "build"], folder)]


def _copy(origin: Path, target: Path, change) -> None:
    for path in origin.rglob("*.md"):
        place = target / path.relative_to(origin)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(change(path.read_text("utf-8")), "utf-8")
