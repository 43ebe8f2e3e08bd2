"""What a table of figures says is told by figure, year and place; what no figure answers to is told too."""

import json

import pytest
from hypothesis import given, settings

from reporter.data.errors import DataError
from reporter.data.read.dataset import load_dataset
from reporter.data.records import Label
from reporter.data.records.imported import ImportedFigures
from reporter.exchange.publications.table_figures import read_figures
from tests.intake.imports.round_trips import SMALL, assert_comes_back, figures_of_a_year, revisions

DATASET = load_dataset(SMALL, ["XX"]).dataset
COUNTRY = DATASET.country("XX").country
HEAD = (
    "indicator,dimension,code,year,value,flags,confidentiality,status,qualifier,"
    "source,vintage,definition,note,period,target\n"
)
WHOLE = "investigations.opened,,,2020,11,bd,F,given,at least,police,2021,narrow,Two  words | of one,2019/2020,false\n"
PART = "investigations.opened,form,sexual,2020,,bd,A,suppressed,,police,2020,narrow,,2019/2020,false\n"


def read(text: str, shown: str = "table.csv") -> ImportedFigures:
    return read_figures(text.encode(), shown, DATASET.catalogue_of("XX"), COUNTRY)


def findings(text: str, shown: str = "table.csv") -> list[str]:
    with pytest.raises(DataError) as caught:
        read(text, shown)
    return [str(each) for each in caught.value.findings]


def test_all_that_travels_with_a_value_is_read():
    first, second = read(HEAD + WHOLE.replace("2021", "2020") + PART, "XX-2020-lt-observations.csv").values
    told = (first.figure, first.year, first.value, first.place, first.flags, first.source, first.vintage)
    assert ("investigations.opened", 2020, "at least 11", "line 2", ("b", "d"), "police", None) == told
    rest = (first.definition, first.period, first.notes, second.figure, second.value, second.confidentiality)
    note = Label((("lt", "Two words | of one"),))
    assert ("narrow", "2019/2020", (note,), "investigations.opened.sexual", "suppressed", "A") == rest


def test_a_value_that_a_later_file_states_is_a_revision_of_one_that_the_table_does_not_tell():
    was, now = read(HEAD + WHOLE).values
    assert ("missing", None, ("b", "d"), "narrow", ()) == (was.value, was.vintage, was.flags, was.definition, was.notes)
    assert ("at least 11", 2021, (), "", "police") == (now.value, now.vintage, now.flags, now.definition, now.source)


def test_a_flag_of_a_total_is_not_repeated_at_its_parts():
    text = HEAD + WHOLE.replace("2021", "2020") + PART.replace("bd", "bdp")
    assert [("b", "d"), ("p",)] == [each.flags for each in read(text).values]


def test_a_note_is_in_the_language_that_the_file_or_else_the_country_has():
    names = (*(f"XX-2020-{each}observations.csv" for each in ("restricted-lt-", "lt-", "")), "a.csv")
    found = [read(HEAD + WHOLE, name).values[1].notes[0].texts[0][0] for name in names]
    assert ["lt", "lt", "en", "en"] == found


@pytest.mark.parametrize(
    "name", ["victims.identified,person,women", "victims.identified,,women", "victims.identified.women,,"]
)
def test_an_address_is_read_however_it_is_divided(name):
    rows = f"{HEAD}{name},2020,12\nactivities.lessons.posters,,,2020,3\n"
    assert ["victims.identified.women", "activities.lessons.posters"] == [each.figure for each in read(rows).values]


@pytest.mark.parametrize(
    "row", ['"form,person",sexual.women,', '"person, form",women.sexual,', ",women.sexual,", ",,women"]
)
def test_a_cell_of_several_dimensions_is_read_from_its_code_or_from_a_column_for_each(row):
    head = "indicator,dimension,code,by_person,by_form,year,value\n"
    (value,) = read(f"{head}victims.identified,{row},sexual,2020,12\n").values
    assert ("victims.identified.sexual.women", "12") == (value.figure, value.value)
    (value,) = read("indicator,year,value\nvictims.identified.women.sexual,2020,12\n").values
    assert "victims.identified.sexual.women" == value.figure


def test_a_country_is_read_as_a_code_though_no_file_has_it_yet():
    rows = "indicator,by_citizenship,year,value\nvictims.identified,BR,2020,12\nvictims.identified,Brazil,2020,1\n"
    found = read(rows)
    assert ["victims.identified.BR"] == [each.figure for each in found.values]
    assert "did you mean 'victims.identified.BR'?" in found.left[0].reason


@pytest.mark.parametrize(
    ("row", "words", "reason"),
    [
        ('"form,person",sexual.wonen,,', "victims.identified.wonen", "did you mean 'victims.identified.women'?"),
        ('"form,purpose",sexual.women,,', "victims.identified by form, purpose", "did you mean 'victims.identified by"),
        (",,sexual,x", "victims.identified by form, purpose", "no figure has this name"),
        (",sexual.labour,,", "victims.identified by form, form", "no figure has this name"),
    ],
)
def test_a_cell_that_does_not_exist_is_left_with_what_to_write(row, words, reason):
    (left,) = read(f"indicator,dimension,code,by_form,by_purpose,year,value\nvictims.identified,{row},2020,12\n").left
    assert ("line 2", words, True) == (left.place, left.words, reason in left.reason)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('"form,person",sexual.women,labour,', "the code is 'sexual.women', and by_form says 'labour'"),
        ("form,sexual,,women", "the code is 'sexual', and by_person says 'women'"),
        (
            '"form,person",sexual,,',
            "the dimension is 'form,person', and the code 'sexual' [bad-row]\n  hint: write one",
        ),
        ('"person,form",women.sexual,,', "table.csv:3:1: error: victims.identified.sexual.women of 2020 is also on"),
    ],
)
def test_a_cell_that_can_be_read_in_two_ways_stops_the_import(row, said):
    rows = f"victims.identified,,,sexual,women,2020,11\nvictims.identified,{row},2020,12\n"
    assert said in findings(f"indicator,dimension,code,by_form,by_person,year,value\n{rows}")[0]


def test_a_row_of_a_cross_that_does_not_reach_what_it_is_part_of_is_marked_as_incomplete():
    rows = ["form,sexual,2020,9", "form,labour,2020,3", "person,women,2020,12", '"form,person",sexual.women,2020,9']
    head = "indicator,dimension,code,year,value\nvictims.identified,,,2020,12\n"
    whole = [f"victims.identified,{row}\n" for row in (*rows, '"form,person",labour.women,2020,3')]
    assert () == read(head + "".join(whole)).values[0].incomplete
    assert ("form,person",) == read(head + "".join(whole[:-1])).values[0].incomplete


@pytest.mark.parametrize(
    ("row", "words", "reason"),
    [
        ("victims.identifed,,,2020,12", "victims.identifed", "no figure has this name; did you mean 'victims.id"),
        ("victims.identified,person,girl,2020,12", "victims.identified.girl", "did you mean 'victims.identified.girls"),
        ("victims.identified,person,Women,2020,12", "victims.identified.Women", "mean 'victims.identified.women'?"),
        (
            "persons.convicted,form,labour,2020,12",
            "persons.convicted by form",
            "no figure has this name; there are none",
        ),
        (
            "victims.identified,person,,2020,12",
            "victims.identified by person",
            "names a breakdown, but none of its codes",
        ),
        (",,,2020,12", "12", "a derived number, or words"),
        ("victims.identified,,,2020,,,,", "victims.identified", "there is no value"),
        ("victims.identified,,,2020,,,,unreadable", "victims.identified", "the value was unreadable when"),
        ("law.cc_1.prison_max,,,,15", "law.cc_1.prison_max 15", "the law is in data/XX/country.yaml, which says 12"),
        ("law.cc_2.prison_max,,,,15", "law.cc_2.prison_max", "data/XX/country.yaml has no such provision"),
        ("activities.a.poster,,,2020,15", "activity.poster", "no figure has this name; did you mean"),
    ],
)
def test_a_row_that_no_figure_answers_to_is_left_with_its_reason(row, words, reason):
    (left,) = read(f"{HEAD}{row}\n").left
    assert ("line 2", words, True) == (left.place, left.words, reason in left.reason)


def test_a_figure_of_law_as_here_is_nothing_to_tell_an_aim_no_figure_and_a_repeated_row_counts_once():
    found = read(HEAD + "law.cc_1.prison_max,,,,12\nvictims.identified,,,2020,1\n")
    assert ((), 1) == (found.left, len(found.values))
    assert "the value is a target" in read(HEAD + WHOLE.replace("false", "true")).left[0].reason
    found = read(HEAD + PART + PART)
    assert (1, "the row repeats line 2") == (len(found.values), found.left[0].reason)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (WHOLE + WHOLE.replace("11", "12"), "table.csv:3:1: error: investigations.opened of 2020 is also on line 2"),
        ("victims.identified,,,2020,1;2\n", "table.csv:2:1: error: '1;2' is not a number"),
        ("victims.identified,,,20,12\n", "the year is '20' [bad-row]\n  hint: write four digits"),
        ("victims.identified,,,,12\n", "the row of victims.identified names no year"),
        (
            WHOLE.replace("police", "polcie"),
            "no source here is called 'polcie' [bad-row]\n  hint: did you mean 'police",
        ),
        (WHOLE.replace("2021", "2019"), "a file of 2019 cannot state a value of 2020"),
        (WHOLE.replace("2021", "2020") + PART.replace("bd", "b"), ":3:1: error: investigations.opened.sexual of"),
        ("", "no row states a figure"),
    ],
)
def test_a_row_that_can_be_read_in_two_ways_stops_the_import(text, said):
    assert said in findings(HEAD + text)[0]


def test_every_row_that_is_wrong_is_told_at_once_and_a_source_that_is_not_known_once():
    rows = [f"victims.identified,,,{year},1" for year in range(1990, 2020)]
    assert 20 == len(findings(HEAD + "".join(f"{each},,,,,\n" for each in rows).replace(",1,", ",many,")))
    (said,) = findings(HEAD + "".join(f"{each},,,,,courts\n" for each in rows))
    assert "or write it under sources: of data/XX/country.yaml, as courts: {title: {en: …}, publisher: {en: …}}" in said


def test_a_file_of_another_country_is_refused():
    said = findings(HEAD + WHOLE, "out/EE-2022-en-observations.csv")[0]
    assert "this is a file of EE, not of XX [bad-row]\n  hint: write reporter import table" in said


def test_of_a_table_of_several_countries_its_own_rows_are_read():
    head = "row,column,value,text,indicator,code,year,country\n"
    text = head + "".join(f",,{n},{n},victims.identified,,2020,{code}\n" for n, code in ((1, "XX"), (2, "EE")))
    assert [("1", "line 2")] == [(each.value, each.place) for each in read(text).values]
    assert "the file has no row for XX [bad-row]\n  hint: it contains: YY, EE" in findings(text.replace("XX", "YY"))[0]


def test_what_is_not_read_or_not_said_is_told():
    found = read("indicator,year,value,Remark\nvictims.identified,2020,1,x\n")
    source = "Rows without a source are attributed to police, the source of data/XX/country.yaml"
    assert ("Columns not read: Remark", source) == found.warnings
    assert "police" == found.values[0].source


def test_the_table_that_a_page_offers_is_read_where_its_cells_have_addresses():
    text = (
        "row,column,value,text,flags,within,status,qualifier,confidentiality,indicator,dimension,code,year,audience\r\n"
        "Women,2020,60,60,b,,given,exact,F,victims.identified,person,women,2020,public\r\n"
        "Share,2020,75,75 %,,,worked out,,,,,,,public\r\n"
        "Women,Number,60,60 (b),b,,given,exact,F,victims.identified,person,women,2020,public\r\n"
    )
    found = read(text)
    assert [("victims.identified.women", "60", ("b",))] == [
        (each.figure, each.value, each.flags) for each in found.values
    ]
    assert [("75 %", "line 3"), ("victims.identified.women", "line 4")] == [
        (each.words, each.place) for each in found.left
    ]


def test_what_we_exported_was_checked_before_it_left():
    plain = HEAD + WHOLE
    ours = "audience," + HEAD + "public," + WHOLE
    told = {"audience": "public", "observations": [{"indicator": "victims.identified", "year": 2020, "value": 1}]}
    assert [False, True, True] == [read(each).is_protected for each in (plain, ours, json.dumps(told))]


@settings(max_examples=12)
@given(figures_of_a_year(), figures_of_a_year(), revisions())
def test_figures_come_back_as_they_went_out(earlier, later, revised):
    """Values, flags, rules, notes, sources, definitions, periods and revisions: the next table has the same bytes."""
    assert_comes_back(earlier, later, revised)
