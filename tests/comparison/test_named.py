"""Lists of countries are compared with lists of their kind only."""

import pytest

from reporter.comparison import compare_named
from reporter.document.document import Figure
from reporter.edition.comparison_sides import context_of
from tests import small
from tests.comparison.sides import ENGLISH, block, made, written_files, years


def test_only_lists_of_the_same_kind_are_compared(lithuania):
    named = compare_named(context_of(lithuania, years(2018, 2019), ENGLISH).sides)
    (found,) = [each for each in named if each.is_comparable]
    both, new, gone = found.change(0, 1)
    listed = {each.year: set(each.countries) for each in lithuania.country("LT").lists if each.kind is found.kind}
    assert (listed[2018] & listed[2019], listed[2019] - listed[2018], listed[2018] - listed[2019]) == (
        set(both), set(new), set(gone),
    )  # fmt: skip
    apart = compare_named(context_of(lithuania, years(2019, 2020), ENGLISH).sides)
    assert [False, False] == [each.is_comparable for each in apart]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            "For 2019 and 2020 there are no two lists of countries of the same kind, so none are compared. "
            "Countries of exploitation, 2019: Germany, Spain, France, Lithuania, Netherlands, Sweden, United States. "
            "Countries of destination, 2020: Germany, Lithuania, United Kingdom, United States. "
            "The source speaks of countries of destination for this year, not of exploitation.",
        ),
        (
            "lt",
            "2019 ir 2020 m. nėra dviejų tos pačios rūšies šalių sąrašų, todėl jie nelyginami. "
            "Išnaudojimo šalys, 2019: Vokietija, Ispanija, Prancūzija, Lietuva, Nyderlandai, Švedija, "
            "Jungtinės Valstijos. Paskirties šalys, 2020: Vokietija, Lietuva, Jungtinė Karalystė, Jungtinės Valstijos. "
            "Šių metų duomenyse šaltinis kalba apie paskirties, o ne apie išnaudojimo šalis.",
        ),
    ],
)
def test_where_no_two_lists_are_of_one_kind_a_paragraph_names_the_countries(lithuania, language, expected):
    document = made(lithuania, years(2019, 2020, language=language))
    codes = {each.code for each in (*document.tables(), *document.figures())}
    assert not codes & {"countries_compared", "countries_changed"}
    section = next(each for each in document.walk() if each.code == "compared_countries")
    (paragraph,) = section.blocks
    assert f"<p>{expected}</p>\n" == paragraph.html


def test_the_note_on_a_list_stands_behind_it(lithuania):
    section = next(each for each in made(lithuania, years(2010, 2011)).walk() if each.code == "compared_countries")
    said = section.blocks[0].html
    places = [
        said.index(words) for words in ("cooperation only, 2010", "mostly worked with", "countries, 2011", "as a group")
    ]
    assert sorted(places) == places


def levels(figure: Figure) -> dict[str, dict[str, str]]:
    """What the legend says of each country, map by map."""
    plot = figure.plot
    return {sheet.title: {land.code: plot.levels[land.level] for land in sheet.lands} for sheet in plot.maps}


def test_a_country_on_some_of_three_lists_is_not_said_to_be_on_one_only(lithuania):
    """The lists of 2017, 2018 and 2019 are of one kind, that of 2020 is of another."""
    figure = block(made(lithuania, years(2017, 2018, 2019, 2020)), "countries_compared")
    told, each = levels(figure), "named in each year that has such a list"
    some, here = "named in some years that have such a list, not in all", "named in this year only"
    assert {"GB": some, "IE": some, "LT": each, "DE": each, "AT": here, "IS": here, "NL": some} == told["2017"]
    assert (some, some, some, here) == (
        told["2018"]["GB"], told["2018"]["SE"], told["2019"]["NL"], told["2019"]["ES"],
    )  # fmt: skip
    assert {"named; no list of the same kind to compare with"} == set(told["2020"].values())


def test_of_two_lists_each_country_is_in_one_or_both(lithuania):
    figure = block(made(lithuania, years(2018, 2019)), "countries_compared")
    assert {"named in each year that has such a list", "named in this year only"} == {
        each for told in levels(figure).values() for each in told.values()
    }


def named_in_two_years(tmp_path, before: str, after: str):
    """Two years with a list each of those from whom victims come."""
    files = written_files("3", "4", f"countries: [{{kind: origin, named: [{after}]}}]\n")
    files["data/XX/2019.yaml"] = f"{files['data/XX/2019.yaml']}countries: [{{kind: origin, named: [{before}]}}]\n"
    document = made(small.load(tmp_path, files), years(2019, 2020, country="XX"))
    return next((each for each in document.figures() if each.code == "countries_compared"), None)


def test_a_list_that_names_nobody_in_europe_stands_in_place_of_its_map(tmp_path):
    figure = named_in_two_years(tmp_path, "NG, VN", "NG, RO")
    assert [[], ["RO"]] == [[land.code for land in sheet.lands] for sheet in figure.plot.maps]
    assert [["Nigeria", "Vietnam"], []] == [[land.label for land in sheet.beyond] for sheet in figure.plot.maps]
    assert ["not on the map: Nigeria"] == [note for _, note in figure.notes if note.startswith("not on")]


def test_lists_that_all_name_nobody_in_europe_have_no_maps(tmp_path):
    assert named_in_two_years(tmp_path, "NG, VN", "NG") is None
