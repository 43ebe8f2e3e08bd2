"""Sentences of a comparison: true of every year, told in both languages."""

import re
from collections import Counter

import pytest

from reporter.editions.state import context_of
from reporter.report.tables import comparison
from reporter.text.change_sentences import INDICATORS, TALLY_OF_EDITIONS, TALLY_OF_YEARS, ChangeKind, tally_words
from tests.compare.sides import (
    ENGLISH,
    LITHUANIAN,
    OPENED,
    countries,
    editions,
    made,
    of_five_years,
    reasons_of,
    said,
    written,
    years,
)

HIDDEN = [
    ("suppressed", "11", "not shown in 2019, 11 in 2020."),
    ("suppressed", "suppressed", "not shown in 2019, not shown in 2020."),
    ("missing", "suppressed", "no figure in 2019, not shown in 2020."),
    ("{total: 9, confidentiality: C}", "missing", "not shown in 2019, no figure in 2020."),
]


@pytest.mark.parametrize(("before", "after", "sentence"), HIDDEN)
def test_a_value_that_is_not_shown_is_told_in_words_never_by_its_sign(tmp_path, before, after, sentence):
    dataset = written(tmp_path, before, after)
    document = made(dataset, years(2019, 2020, country="XX"))
    assert f"Investigations opened: {sentence}" in said(document)
    signs = re.compile(r"[ –(][c:](?![^ .,;)])")
    for language in ("en", "lt"):
        assert not signs.search(said(made(dataset, years(2019, 2020, country="XX", language=language))))
    for job in (editions(2019, 2019, 2020), years(2019, 2020, country="XX")):
        context = context_of(dataset, job, ENGLISH)
        for row in context.rows:
            assert not signs.search(comparison.values_sentence(context, "Label", row, context.sides))
            assert not any(signs.search(each) for each in comparison.sentences(context, row, context.sides, "Label"))


SENTENCES = [
    ("3", "5", "from 3 in 2019 to 5 in 2020, up by 2.", "nuo 3 (2019 m.) iki 5 (2020 m.), pokytis: +2."),
    ("5", "4", "from 5 in 2019 to 4 in 2020, down by 1.", "nuo 5 (2019 m.) iki 4 (2020 m.), pokytis: \u22121."),
    ("60", "90", "from 60 in 2019 to 90 in 2020, up by 30 (+50%).", "iki 90 (2020 m.), pokytis: +30 (+50\u00a0%)."),
    ("1000", "1001", "from 1,000 in 2019 to 1,001 in 2020, up by 1.", "iki 1\u00a0001 (2020 m.), pokytis: +1."),
    ("1000", "1005", "from 1,000 in 2019 to 1,005 in 2020, up by 5 (+1%).", "pokytis: +5 (+1\u00a0%)."),
    ("49", "98", "from 49 in 2019 to 98 in 2020, up by 49.", "nuo 49 (2019 m.) iki 98 (2020 m.), pokytis: +49."),
    ("7", "7", "7 in 2019 and in 2020, unchanged.", "2019 ir 2020 m. – po 7, nepakito."),
    ("0", "0", "0 in 2019 and in 2020, unchanged.", "2019 ir 2020 m. – po 0, nepakito."),
    ("0", "21", "from 0 in 2019 to 21 in 2020, up by 21.", "nuo 0 (2019 m.) iki 21 (2020 m.), pokytis: +21."),
    ("21", "0", "from 21 in 2019 to 0 in 2020, down by 21.", "nuo 21 (2019 m.) iki 0 (2020 m.), pokytis: \u221221."),
    ("missing", "1", "no figure in 2019, 1 in 2020.", "2019 m. – duomenų nėra, 2020 m. – 1."),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "english", "lithuanian"), SENTENCES)
def test_a_change_is_told_in_both_languages(tmp_path, before, after, english, lithuanian):
    dataset = written(tmp_path, before, after)
    assert f"Investigations opened: {english}" in said(made(dataset, years(2019, 2020, country="XX")))
    assert lithuanian in said(made(dataset, years(2019, 2020, country="XX", language="lt")))


def test_the_lowest_figure_is_told_only_of_the_years_it_can_be_compared_with(lithuania):
    text = said(made(lithuania, years(2019, 2020)))
    assert (
        "Identified victims: from 39 in 2019 to 24 in 2020, down by 15. The lowest of the comparable years 2016–2020."
        in text
    )
    years_of_lowest = re.findall(r"The lowest of the comparable years ([^.]*)\.", text)
    assert ["2009–2020, as in 2012", "2016–2020"] == years_of_lowest
    assert "Tai mažiausias iš palyginamų 2016–2020 m. skaičių." in said(
        made(lithuania, years(2019, 2020, language="lt"))
    )


def test_of_the_year_that_the_series_begins_with_nothing_is_told_that_is_not_so(lithuania):
    text = said(made(lithuania, years(2013, 2014)))
    assert "up by 1. The highest of the comparable years 2009–2014." in text


RECORDS = [
    ((5, 3, 4, 6, 7), "The highest of the comparable years 2016–2020.", "highest"),
    ((5, 3, 4, 6, 2), "The lowest of the comparable years 2016–2020.", "lowest"),
    ((7, 3, 4, 6, 7), "The highest of the comparable years 2016–2020, as in 2016.", "highest"),
    ((2, 2, 4, 6, 2), "The lowest of the comparable years 2016–2020, as in 2016 and 2017.", "lowest"),
    ((5, 5, 5, 5, 5), "", None),
    ((5, 3, 4, 6, 5), "", None),
    ((5, 5, 6, 5, 5), "", "lowest"),
    ((5, "missing", 4, 6, 7), "", "highest"),
]  # fmt: skip


@pytest.mark.parametrize(("values", "sentence", "record"), RECORDS)
def test_a_record_is_told_of_years_that_can_be_compared_and_a_tie_as_a_tie(tmp_path, values, sentence, record):
    dataset = of_five_years(tmp_path, values)
    text = said(made(dataset, years(2019, 2020, country="XX")))
    assert sentence in text
    assert bool(sentence) == bool(re.search("of the comparable years", text))
    context = context_of(dataset, years(2019, 2020, country="XX"), ENGLISH)
    extremes = next(row for row in context.rows if row.indicator.code == OPENED).extremes
    assert record == (extremes.record.value if extremes and extremes.record else None)


TALLIES = [
    ((2, 3, 0, 2), "Of seven indicators, two rose and three fell compared with 2019; two cannot be compared",
     "Iš 7 rodiklių 2 padidėjo ir 3 sumažėjo, palyginti su 2019 m.; 2 palyginti negalima"),
    ((1, 1, 1, 1), "Of four indicators, one rose, one fell and one stayed the same compared with 2019; one cannot "
     "be compared",
     "Iš 4 rodiklių 1 padidėjo, 1 sumažėjo ir 1 nepakito, palyginti su 2019 m.; 1 palyginti negalima"),
    ((0, 10, 11, 0), "Of 21 indicators, 10 fell and 11 stayed the same compared with 2019",
     "Iš 21 rodiklio 10 sumažėjo ir 11 nepakito, palyginti su 2019 m."),
    ((0, 0, 0, 7), "Of seven indicators, none can be compared",
     "Iš 7 rodiklių nė vieno palyginti negalima"),
    ((1, 0, 0, 0), "", ""),
]  # fmt: skip


def tallied(*counts: int) -> Counter[ChangeKind]:
    """So many figures that rose, fell, stayed the same and cannot be compared."""
    return Counter(dict(zip(ChangeKind, counts, strict=True)))


@pytest.mark.parametrize(("counts", "english", "lithuanian"), TALLIES)
def test_how_many_figures_changed_is_a_sentence_in_both_languages(counts, english, lithuanian):
    told = [tally_words(tallied(*counts), INDICATORS, TALLY_OF_YEARS, "2019", each) for each in (ENGLISH, LITHUANIAN)]
    assert [english, lithuanian] == told


def test_of_editions_it_is_told_how_many_figures_were_revised(lithuania):
    document = made(lithuania, editions(2017, 2018, 2020, country="LT"))
    assert "were not revised" in said(document)
    told = [
        tally_words(tallied(1, 2, 3, 1), INDICATORS, TALLY_OF_EDITIONS, "2019", each) for each in (ENGLISH, LITHUANIAN)
    ]
    assert [
        "Of seven indicators, one was revised upwards, two were revised downwards and three were not revised; one "
        "cannot be compared",
        "Iš 7 rodiklių 1 patikslinus padidintas, 2 patikslinus sumažinti ir 3 nepatikslinti; 1 palyginti negalima",
    ] == told


def test_what_one_country_alone_tells_is_no_comparison(tmp_path):
    assert ["Persons convicted – XX: 6, YY: 4."] == reasons_of(countries(tmp_path, ", victims.identified: 3"))
