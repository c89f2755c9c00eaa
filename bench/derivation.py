"""A hook for MkDocs with its stock theme that makes of the pages what the handbook derives and no more: places, citations, terms."""

import gc
from pathlib import Path

from handbook.content import load_handbook
from handbook.edition import edition
from handbook.exports import OpenData
from handbook.keeping import kept
from handbook.lifting import Lifted
from handbook.postprocess import Finisher, inside
from handbook.rendering import Renderer


class _Build:
    """What one build knows; made anew in on_pre_build."""


def on_pre_build(config):
    if config.plugins["i18n"].is_default_language_build:
        root = Path(config.config_file_path).parent
        _Build.book = load_handbook(root, kept(root))
        _Build.renderer = Renderer(_Build.book, OpenData(_Build.book, edition(root), config.site_url))
        _Build.finisher = Finisher(_Build.book)
        gc.freeze()


def on_page_markdown(markdown, page, config, files):
    _Build.lifted = Lifted()
    return _Build.renderer.markdown(_page(page), markdown, _Build.lifted)


def on_page_content(html, page, config, files):
    return inside(_Build.finisher.finish(_Build.lifted.put_back(html), _page(page)))


def _page(page):
    return _Build.book.pages[page.file.locale, page.file.src_uri.removeprefix(f"{page.file.locale}/")]
