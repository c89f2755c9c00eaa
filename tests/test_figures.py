"""Figures read the same in both languages, whatever their notation."""

import pytest
from handbook.checks.figures import allowed, is_traced
from handbook.figures import Figure, figures, source_figures


@pytest.mark.parametrize(
    ("nl", "en"),
    [
        ("€ 1,5 miljard in 2030", "€1.5 billion in 2030"),
        ("10.000 banen (3,2%)", "10,000 jobs (3.2 per cent)"),
        ("op 16 september 2025", "on 16 September 2025"),
        ("€ 250 mln", "€250 million"),
        ("een bedrag van 2.400,75 euro", "an amount of 2,400.75 euros"),
        ("tussen 2012-2017", "between 2012-2017"),
        ("in oktober 2019", "in October 2019"),
        ("zes markten", "six markets"),
        ("de vierde plaats", "fourth place"),
        ("−1,4% per jaar", "−1.4% a year"),
        ("Kamerstuk 29 826, nr. 62", "parliamentary paper 29 826, no. 62"),
        ("verordening (EU) 2019/452", "Regulation (EU) 2019/452"),
        ("6G en ICT-48", "6G and ICT-48"),
        ("Industrie 4.0", "Industry 4.0"),
    ],
)
def test_the_same_figure_in_both_languages(nl, en):
    assert [str(f) for f in figures(nl, "nl")] == [str(f) for f in figures(en, "en")]


@pytest.mark.parametrize(
    ("nl", "en"),
    [
        ("€ 1,5 miljard", "€1.5 million"),
        ("10.000 banen", "10.000 jobs"),
        ("3 biljoen", "3 billion"),
        ("12,3%", "12,3%"),
        ("30 oktober 2020", "31 October 2020"),
        ("zes markten", "seven markets"),
        ("1,4%", "−1.4%"),
    ],
)
def test_another_figure_is_another_figure(nl, en):
    assert [str(f) for f in figures(nl, "nl")] != [str(f) for f in figures(en, "en")]


@pytest.mark.parametrize("text", ["12.3%", "€20000000", "2020-10-30", "--09-08", "-1.4", "2015"])
def test_a_figure_reads_back_as_it_was_written(text):
    assert str(Figure.parse(text)) == text


def test_a_unit_must_agree():
    assert is_traced(Figure("12.3", "%"), {"12.3%", "12.3"})
    assert is_traced(Figure("12.3", "%"), {"12.3"})
    assert not is_traced(Figure("12.3", "€"), {"12.3%", "12.3"})


def test_a_day_without_a_year_takes_the_year_of_its_source(book):
    assert "2020-09-08" in allowed(book, ["vision-2020:6.2"])
    assert "2014-12-11" in allowed(book, ["smart-industry-2015:6.1"])
    assert "2018-09-08" not in allowed(book, ["vision-2020:6.2"])


def test_the_register_holds_figures_that_the_source_gives_in_words():
    assert source_figures("Nederland verdient een derde van zijn welvaart, en zes markten, op 8 september jl.") == ["--09-08", "3", "6"]
