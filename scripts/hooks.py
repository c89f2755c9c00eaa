"""The only contact with MkDocs: hands its pages to the handbook and takes back what is derived."""

from pathlib import Path

from handbook.checks import obstacles
from handbook.content import Handbook, load_handbook
from handbook.edition import edition
from handbook.exports import OpenData
from handbook.postprocess import Finisher
from handbook.rendering import Renderer
from handbook.site import finish_site
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

AFTER_I18N = -200
OWN_TEMPLATES = ("fragments/", "charts/", "skeletons/", "book/")


class _Build:
    """What one build knows; made anew in on_pre_build, so that nothing survives from the build before."""

    book: Handbook
    data: OpenData
    renderer: Renderer
    finisher: Finisher


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


def on_files(files, config):
    # The theme folder also holds our own templates, which are no part of the site.
    for file in list(files):
        if file.src_uri.startswith(OWN_TEMPLATES):
            files.remove(file)
    return files


def on_page_markdown(markdown, page, config, files):
    return _build.renderer.markdown(_page(page), markdown)


def on_page_content(html, page, config, files):
    return _build.finisher.content(html, _page(page))


def on_post_template(output, template_name, config):
    # The last language built would otherwise overwrite the bilingual 404 page.
    default = config.plugins["i18n"].is_default_language_build
    return "" if template_name == "404.html" and not default else output


@event_priority(AFTER_I18N)
def on_post_build(config):
    if not config.plugins["i18n"].building:
        _build.data.write(Path(config.site_dir))
        finish_site(Path(config.config_file_path).parent, Path(config.site_dir))


def _page(page):
    return _build.book.pages[page.file.locale, page.file.src_uri.removeprefix(f"{page.file.locale}/")]
