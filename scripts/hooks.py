"""The only contact with MkDocs: hands its pages to the handbook and takes back what is derived."""

from contextlib import contextmanager
from pathlib import Path

from handbook.checks import obstacles
from handbook.content import Handbook, load_handbook
from handbook.edition import edition
from handbook.exports import OpenData
from handbook.finish import finish_site
from handbook.finish.settings import Settings, load_settings
from handbook.loading import BadInput
from handbook.postprocess import Finisher
from handbook.rendering import Renderer
from handbook.search import Search
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

AFTER_I18N = -200
OWN_TEMPLATES = ("fragments/", "charts/", "skeletons/", "book/", "face/")


class _Build:
    """What one build knows; made anew in on_pre_build, so that nothing survives from the build before."""

    book: Handbook
    data: OpenData
    renderer: Renderer
    finisher: Finisher
    search: Search
    settings: Settings
    missing: dict[str, str]


_build = _Build()


def on_pre_build(config):
    # static-i18n calls this once a language; the handbook is the same for all.
    if not config.plugins["i18n"].is_default_language_build:
        return
    root = Path(config.config_file_path).parent
    book = load_handbook(root)
    if findings := obstacles(book):
        raise PluginError("\n".join(map(str, findings)))
    data = OpenData(book, edition(root), config.site_url)
    _build.book, _build.data, _build.renderer, _build.finisher = book, data, Renderer(book, data), Finisher(book)
    _build.search, _build.missing = Search(book), {}
    with _plainly():
        _build.settings = load_settings(root)


def on_files(files, config):
    # The theme folder also holds our own templates, which are no part of the site.
    for file in list(files):
        if file.src_uri.startswith(OWN_TEMPLATES):
            files.remove(file)
    return files


def on_env(env, config, files):
    lang, book = config.plugins["i18n"].current_language, _build.book
    words = {key: text[lang] for key, text in book.labels.groups["site"].items()}
    env.globals.update(labels=book.labels, words=words, site=_build.settings, search=_build.search.furniture(lang))
    return env


def on_page_markdown(markdown, page, config, files):
    return _build.renderer.markdown(_page(page), markdown)


def on_page_content(html, page, config, files):
    return _build.finisher.content(html, _page(page))


def on_post_template(output, template_name, config):
    # The last language built would otherwise overwrite the page of the first; its own goes into its folder.
    i18n = config.plugins["i18n"]
    if template_name != "404.html" or i18n.is_default_language_build:
        return output
    _build.missing[i18n.current_language] = output
    return ""


@event_priority(AFTER_I18N)
def on_post_build(config):
    if config.plugins["i18n"].building:
        return
    site = Path(config.site_dir)
    for lang, text in _build.missing.items():
        (site / lang / "404.html").write_text(text, "utf-8")
    _build.data.write(site)
    _build.search.write(site)
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
