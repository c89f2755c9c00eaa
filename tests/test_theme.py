"""The site carries of the theme's style what its pages use, all of it and nothing else."""

import re

import pytest
from handbook.finish.theme import SHEETS, STYLE, load_names, slim, styled, write_style
from handbook.loading import BadInput


@pytest.fixture(scope="module")
def known(site) -> set[str]:
    """Every class and mark that the theme styles."""
    return set().union(*(styled(path.read_text("utf-8")) for path in (site.root / SHEETS).glob("*.css")))


@pytest.fixture(scope="module")
def marked(site) -> set[str]:
    """Every class and mark on the pages."""
    paths = "//@class | //@*[starts-with(name(), 'data-md-')]"
    return {name for page in site.pages.values() for value in page.xpath(paths) for name in value.split()}


def test_every_name_that_the_theme_styles_and_a_page_uses_is_listed(root, known, marked):
    assert marked & known <= load_names(root).all, "Add it to overrides/face/theme.yml."


def test_every_listed_name_is_used(root, site, known, marked):
    names = load_names(root)
    scripts = " ".join(path.read_text("utf-8") for path in (site.root / "assets").glob("*.js"))
    by_scripts = set(re.findall(r"[\w-]+", scripts))
    assert set(names.used.split()) - marked - by_scripts == set(), "Take it out of overrides/face/theme.yml."
    assert names.all <= known


def test_the_style_is_half_of_the_themes(site):
    whole = sum(path.stat().st_size for path in (site.root / SHEETS).glob("*.css"))
    assert 1000 < (site.root / STYLE).stat().st_size < whole / 2


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        (".a{x:1}.b{x:2}", ".a{x:1}"),
        (".a .b,.a{x:1}", ".a{x:1}"),
        (".a:not(.b){x:1}", ".a:not(.b){x:1}"),
        ("@media print{.b{x:1}}@media print{.a{x:1}.b{x:2}}", "@media print{.a{x:1}}"),
        ('[data-md-toggle="b"]:checked~.a{x:1}[data-md-toggle="a"]{x:1}', '[data-md-toggle="a"]{x:1}'),
        ("@font-face{x:1}html{x:2}", "@font-face{x:1}html{x:2}"),
        ('.a:before{content:"} .b{"}', '.a:before{content:"} .b{"}'),
    ],
)
def test_a_rule_stays_when_all_its_names_are_used(style, kept):
    assert slim(style, {"a"}) == kept


def test_a_wrong_list_is_told_with_its_line(tmp_path):
    (tmp_path / "overrides/face").mkdir(parents=True)
    (tmp_path / "overrides/face/theme.yml").write_text("used: a\nopen: b\nshut: c\n", "utf-8")
    with pytest.raises(BadInput, match=r"overrides/face/theme\.yml:3: .*\[unknown-key\]"):
        write_style(tmp_path, tmp_path)
