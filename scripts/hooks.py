"""The only contact with MkDocs: hands its pages to the handbook and takes back what is derived."""

import gc
from contextlib import contextmanager
from pathlib import Path

from handbook.checks import obstacles
from handbook.content import Handbook
from handbook.edition import edition
from handbook.exports import OpenData
from handbook.finish import finish_site
from handbook.finish.settings import Settings, load_settings
from handbook.keeping import kept
from handbook.lifting import Lifted
from handbook.loader import load_handbook
from handbook.loading import BadInput
from handbook.made import compiled_templates
from handbook.postprocess import Finisher, inside
from handbook.reading_aids.aids import ReadingAids
from handbook.rendering import Renderer
from handbook.search import Search
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger

AFTER_I18N = -200
OWN_TEMPLATES = ("fragments/", "charts/", "skeletons/", "book/", "face/")

_log = get_plugin_logger("handbook")


class _Build:
    """What one build knows; made anew in on_pre_build, so that nothing survives from the build before."""

    book: Handbook
    data: OpenData
    renderer: Renderer
    finisher: Finisher
    aids: ReadingAids
    search: Search
    settings: Settings
    missing: dict[str, str]
    lifted: dict[str, Lifted]


_build = _Build()


def on_pre_build(config):
    # static-i18n calls this once a language; the handbook is the same for all.
    if not config.plugins["i18n"].is_default_language_build:
        return
    root = Path(config.config_file_path).parent
    held = kept(root)
    book = load_handbook(root, held)
    held.save(root)
    if findings := obstacles(book):
        raise PluginError("\n".join(map(str, findings)))
    take(book, Search(book), config)
    # What was read stays until the build ends: to look through it for garbage again and again costs a twentieth of all time.
    gc.freeze()


def take(book: Handbook, search: Search, config):
    """Takes BOOK, which has no obstacles, as what is built from now on; a preview does so after each saved change."""
    root = book.root
    data = OpenData(book, edition(root), config.site_url)
    _build.book, _build.data, _build.renderer, _build.finisher = book, data, Renderer(book, data), Finisher(book)
    _build.search, _build.missing, _build.lifted = search, {}, {}
    with _plainly():
        _build.settings = load_settings(root)
    _build.aids = ReadingAids(book, data.edition, _build.settings, config.site_url)


def on_files(files, config):
    # The theme folder also holds our own templates, which are no part of the site.
    for file in list(files):
        if file.src_uri.startswith(OWN_TEMPLATES):
            files.remove(file)
    return files


def on_env(env, config, files):
    lang, book = config.plugins["i18n"].current_language, _build.book
    env.bytecode_cache = compiled_templates(book.root)
    words, tool = ({key: text[lang] for key, text in book.labels.groups[group].items()} for group in ("site", "tools"))
    env.globals.update(labels=book.labels, words=words, tool=tool, site=_build.settings, search=_build.search.furniture(lang))
    return env


def on_page_markdown(markdown, page, config, files):
    _build.lifted[page.file.src_uri] = lifted = Lifted()
    return _build.renderer.markdown(_page(page), markdown, lifted)


def on_page_content(html, page, config, files):
    lifted = _build.lifted.pop(page.file.src_uri)
    # What went past Markdown takes part in MkDocs' own check of anchors nevertheless.
    page.present_anchor_ids |= lifted.ids
    for path, anchor in lifted.targets:
        if (target := files.get_file_from_path(f"{page.file.locale}/{path}")) is None:
            _log.warning(f"Doc file '{page.file.src_uri}' cites a paragraph on '{path}', which is not found among documentation files.")
        else:
            page.links_to_anchors.setdefault(target, {}).setdefault(anchor, f"{path}#{anchor}")
    article = _build.finisher.finish(lifted.put_back(html), _page(page))
    _build.aids.read(article, _page(page))
    return inside(article)


def on_page_context(context, page, config, nav):
    # The way to the page: the home page, then every section above it, by its own first page where it has one.
    lang = page.file.locale
    crumbs = [(_build.book.labels("tools", "home", lang), nav.homepage.url.replace("./", ""))] if page is not nav.homepage else []
    for section in reversed(page.ancestors):
        first = section.children[0]
        if first is not page:
            crumbs.append((section.title, first.url if first.is_page and first.is_index else None))
    context["crumbs"] = crumbs
    context["aids"] = _build.aids.of(_page(page), [(name, config.site_url + url) for name, url in crumbs if url is not None])
    return context


def on_post_template(output, template_name, config):
    # The last language built would otherwise overwrite the page of the first; its own goes into its folder.
    i18n = config.plugins["i18n"]
    if template_name != "404.html" or i18n.is_default_language_build:
        return output
    _build.missing[i18n.current_language] = output
    return ""


def missing():
    """The pages for missing addresses of the languages that are not at the root, by language."""
    return _build.missing


@event_priority(AFTER_I18N)
def on_post_build(config):
    if config.plugins["i18n"].building:
        return
    site = Path(config.site_dir)
    for lang, text in _build.missing.items():
        (site / lang / "404.html").write_text(text, "utf-8")
    _build.data.write(site)
    _build.search.write(site)
    _build.aids.write(site)
    with _plainly():
        finish_site(_build.book, _build.settings, site, config.site_url)


@contextmanager
def _plainly():
    """Tells of bad input without a traceback."""
    try:
        yield
    except BadInput as error:
        raise PluginError(str(error)) from None


def _page(page):
    return _build.book.pages[page.file.locale, page.file.src_uri.removeprefix(f"{page.file.locale}/")]
