"""Figures and fields as people write them: kept with file, line and column, or refused with what to write."""

import pytest

from reporter.data.errors import Mark
from reporter.data.records import Flag
from tests import small
from tests.read.reading import CATALOGUE, FIGURES, pairs
from tests.small import HEAD, YEAR, load, wrong

SETTINGS = "title: {en: T}\nlanguages: [en]\n"


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        *(
            (each, "write 2021-03-15")
            for each in ("15.3.2021", "15.03.2021", "15/03/2021", "15. 3. 2021", "2021.03.15", "2021-3-15")
        ),
        *(("03.2021", "write 2021-03"), ("2021 m.", "write 2021")),
        *((each, "write 2017-05-30, 2017-05 or 2017") for each in ("31.2.2021", "15 March 2021")),
    ],
)
def test_a_date_is_refused_with_the_one_that_was_meant(tmp_path, written, remedy):
    (told,) = wrong(tmp_path, f"{HEAD}published: {written}\n")
    assert f"published: {written!r} is not a date | {remedy}" == told.partition("wrong-type: ")[2]


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        *((each, "write 2019/2021") for each in ("2019-2021", "2019–2021", "2019 to 2021")),
        ("2015-06-03–2015-06-04", "write 2015-06-03/2015-06-04"),
        ("spring", "write 2017 or 2017/2019 or 2015-06-03/2015-06-04"),
    ],
)
def test_a_period_is_refused_with_the_one_that_was_meant(tmp_path, written, remedy):
    (told,) = wrong(tmp_path, f"{HEAD}figures:\n  victims.identified: {{total: 3, period: {written}}}\n")
    assert f"period: {written!r} is not a period | {remedy}" == told.partition("wrong-type: ")[2]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("jump: 0,5", "jump: '0,5' is not a number | write 0.5"),
        ("jump: 50 %", "jump: '50 %' is not a number | write 0.5"),
        ("percent_base: 50 %", "percent_base: '50 %' is not a whole number | write 50"),
        ("percent_base: 1 000", "percent_base: '1 000' is not a whole number | write 1000"),
        ("jump: -0.0", "jump: '-0.0' is not a number | write 0.0"),
        ("percent_base: -0", "percent_base: '-0' is not a whole number | write 0"),
        ("jump_count: 0.0", "jump_count: '0.0' is not a whole number | write 0"),
        ("jump_count: -0.0", "jump_count: '-0.0' is not a whole number | write 0"),
        ("jump: nan", "jump: 'nan' is not a number | write a number such as 0.5"),
        ("percent_base: -50", "percent_base: -50 is less than zero | write 0 or more"),
    ],
)
def test_a_threshold_is_refused_with_the_number_that_was_meant(tmp_path, line, told):
    (found,) = wrong(tmp_path, f"{SETTINGS}thresholds:\n  {line}\n", "reporter.yaml")
    assert found.endswith(told)


@pytest.mark.parametrize(
    ("written", "meant"), [("yes", "true"), ("No", "false"), ("taip", "true"), ("x", "true or false")]
)
def test_yes_and_no_are_refused_with_true_and_false(tmp_path, written, meant):
    activity = f"kind: campaign, title: {{en: Walk}}, organiser: {{en: P}}, period: 2020, target: {written}"
    (told,) = wrong(tmp_path, f"{HEAD}activities:\n  walk: {{{activity}}}\n")
    assert told.endswith(f"target: {written!r} is neither true nor false | write {meant}")


UNKNOWN = """\
figurs: {}
3:1 unknown-key: unknown key 'figurs' | did you mean 'figures'?
  victims.identified: {totl: 3}
4:24 unknown-key: unknown key 'totl' | did you mean 'total'?
  victims.identified: {total: 3, by persons: {women: 3}}
4:34 unknown-key: unknown key 'by persons' of victims.identified | did you mean 'by person'?
  victims.identified: {total: 3, by person: {women: {value: 3, flag: [b]}}}
4:64 unknown-key: unknown key 'flag' | did you mean 'flags'?
  victims.identifed: 3
4:3 unknown-indicator: unknown indicator 'victims.identifed' | did you mean 'victims.identified'?
  victims.identified: {total: 3, by person: {woman: 3}}
4:46 unknown-code: unknown code 'woman' of the dimension 'person' | did you mean 'women'?
  victims.identified: {total: 3, source: polise}
4:42 unknown-source: unknown source 'polise' | did you mean 'police'?
  investigations.opened: {total: 3, definition: narow}
4:49 unknown-code: unknown definition 'narow' of investigations.opened | did you mean 'narrow'?
  victims.identified: {total: 3, definition: narrow}
4:46 unknown-code: unknown definition 'narrow' of victims.identified | there are none
  victims.identified: {total: 3, incomplete: [persons]}
4:46 unknown-code: unknown dimension 'persons' of victims.identified | did you mean 'person'?
activities: {a: {kind: campaign, title: {en: A}, period: 2020, figures: {poster: 3}}}
3:74 unknown-indicator: unknown indicator 'poster' | did you mean 'posters'?
revisions: [{figure: victims.identified.woman, year: 2019, was: 1, now: 2, reason: {en: R}}]
3:22 unknown-code: unknown code 'woman' of victims.identified | did you mean 'women'?
"""


@pytest.mark.parametrize(("content", "expected"), pairs(UNKNOWN))
def test_an_unknown_name_suggests_the_one_that_was_meant(tmp_path, content, expected):
    assert [expected] == wrong(tmp_path, content)


WRONG = """\
countries: [{named: [DE]}]
3:13 missing-key: key 'kind' is missing | add a line such as kind: origin
figures: 3
3:10 wrong-type: figures: it needs lines below, not one value | write them
status: done
3:9 wrong-type: status: 'done' is not allowed here | write 'draft', 'provisional' or 'final'
published: 2020-02-30
3:12 wrong-type: published: there is no day '2020-02-30' | write a cale
  victims.identified: [1]
4:23 wrong-type: victims.identified: a number is expected here |
  victims.identified: {total: 3, period: 2020/2018}
4:42 wrong-type: period: the period '2020/2018' ends before it starts | write the earlier date first
  victims.identified: {total: 3, note: Text}
4:40 wrong-type: note: a text must state its language | write {en: …}
  victims.identified: {total: 3, flags: [x]}
4:42 wrong-type: flags: 'x' is not allowed here | write 'b', 'd', 'e', 'f', 'i', 'm', 'n', 'p' or 'u'
status: Final
3:9 wrong-type: status: 'Final' is not allowed here | did you mean 'final'?
figures:
3:9 wrong-type: figures: there is nothing here | write it, or delete the line
figures: total:35
3:10 wrong-type: figures: a space is missing after the colon | write total: 35
countries: LT, DE]
3:12 wrong-type: countries: a list is expected | write [LT, DE]
earlier: {2020: {}}
3:11 wrong-year: '2020' is not an earlier year | write a year before 2020
earlier: {²: {}}
3:11 wrong-year: '²' is not an earlier year | write a year before 2020
revisions: [{figure: victims.identified, year: 2020, was: 1, now: 2, reason: {en: R}}]
3:48 wrong-year: a revision in 2020 must concern an earlier year, not 2020 | correct the figure itself
"""


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        *pairs(WRONG),
        ("year: 2020", "1:1 missing-key: key 'source' is missing | add a line such as source: police"),
        ("year: twenty\nsource: police", "1:7 wrong-type: year: 'twenty' is not a whole number | write digits only"),
        (
            "year: 2019\nsource: police",
            "1:7 wrong-year: the file is named 2020, but says year: 2019 | write year: 2020",
        ),
        ("just text", "1:1 wrong-type: the file must be a mapping | write key: value lines"),
        ("~", "1:1 wrong-type: the file must be a mapping | write key: value lines"),
    ],
)
def test_a_wrong_type_says_what_is_expected(tmp_path, content, expected):
    (told,) = wrong(tmp_path, content)
    assert expected == told[: len(expected)]


@pytest.mark.parametrize("empty", ["''", '"  "', '"\\u00a0"', ""])
def test_a_text_without_words_is_refused_where_it_stands(tmp_path, empty):
    (told,) = wrong(tmp_path, FIGURES + f"  victims.identified: {{total: 3, note: {{en: Text, lt: {empty}}}}}")
    expected = "wrong-type: lt: the text is empty | write the text, or delete its language"
    assert expected == told.partition(" ")[2]


def test_every_value_keeps_file_line_and_column(tmp_path):
    marks = {seen.address: seen.mark for seen in load(tmp_path).country("XX").observations if seen.year == 2020}
    assert {
        "investigations.opened": Mark(YEAR, 4, 34),
        "investigations.opened.sexual": Mark(YEAR, 4, 56),
        "investigations.opened.labour": Mark(YEAR, 4, 67),
        "victims.identified": Mark(YEAR, 5, 31),
        "victims.identified.women": Mark(YEAR, 5, 54),
        "victims.identified.men": Mark(YEAR, 5, 63),
    } == marks
    (provision,) = load(tmp_path).country("XX").country.provisions
    assert Mark("data/XX/country.yaml", 6, 113) == provision.figures[0].mark


def test_no_is_norway(tmp_path):
    dataset = load(tmp_path, {YEAR: f"{HEAD}countries:\n  - {{kind: origin, named: [DK, NO, SE]}}\n"})
    assert [("DK", "NO", "SE")] == [each.countries for each in dataset.country("XX").lists]


def test_parts_inherit_what_holds_for_the_total(tmp_path):
    line = (
        "  investigations.opened: {total: 9, flags: [b], definition: narrow, source: office, note: {en: Total},"
        " by form: {sexual: {value: 3, flags: [e], note: {en: Part}}}}\n"
    )
    part = next(seen for seen in load(tmp_path, {YEAR: FIGURES + line}).country("XX").observations if seen.code)
    assert (frozenset({Flag.BREAK, Flag.ESTIMATED}), "narrow", "office") == (part.flags, part.definition, part.source)
    assert "Part" == part.notes[0].text("en")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("dimensions: [person]", "dimensions: [person, form]", []),
        ("      women:", "      sexual: {label: {en: Sexual}}\n      women:", []),
        (
            "      girls: {label: {en: Girls}, within: children}",
            "      sexual: {label: {en: Girls}}",
            [
                "17:7 shared-code: 'sexual' is a code of form and of person, both dimensions of investigations.opened"
                " | give one of the two another code"
            ],
        ),
        (
            "  activity.posters:",
            "  investigations.opened.sexual:",
            [
                "46:3 shared-code: investigations.opened.sexual is also the code 'sexual' of investigations.opened "
                "by form | give the indicator or the code another name"
            ],
        ),
    ],
)
def test_two_values_of_an_indicator_never_share_an_address(tmp_path, old, new, expected):
    content = CATALOGUE.replace(old, new)
    if expected:
        content = content.replace("dimensions: [form]", "dimensions: [form, person]")
    assert expected == wrong(tmp_path, content, "data/catalogue.yaml")


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("data/catalogue.yaml", "  form:", "  By form:", "5:3 wrong-type: 'By form' is not a code"),
        ("data/catalogue.yaml", "      sexual:", "      Sexual:", "8:7 wrong-type: 'Sexual' is not a code"),
        ("data/catalogue.yaml", "  persons.convicted:", "  convicted:",
         "38:3 wrong-type: 'convicted' is not the name of an indicator"),
        ("data/XX/country.yaml", "  cc_1:", "  cc-1:", "6:3 wrong-type: 'cc-1' is not a code"),
        ("data/XX/country.yaml", "provisions:\n", "contacts: {1a: {name: {en: A}}}\nprovisions:\n",
         "5:12 wrong-type: '1a' is not a code"),
        (YEAR, "figures:", "activities: {A.b: {kind: training, title: {en: A}, period: 2020}}\nfigures:",
         "3:14 wrong-type: 'A.b' is not a code"),
    ],
)  # fmt: skip
def test_a_name_that_no_address_could_hold_is_refused_where_it_stands(tmp_path, name, old, new, expected):
    (said,) = wrong(tmp_path, small.FILES[name].replace(old, new, 1), name)
    place, _, remedy = said.partition(" | ")
    assert (expected, "write") == (place, remedy[:5])


@pytest.mark.parametrize(
    ("code", "meant"),
    [("Sexual", "sexual"), ("LABOUR", "labour"), ("Labour exploitation", "labour"), ("labor", "labour")],
)
def test_a_code_is_known_by_its_label_and_whatever_its_capitals(tmp_path, code, meant):
    (found,) = wrong(tmp_path, FIGURES + f"  investigations.opened: {{total: 4, by form: {{{code}: 4}}}}\n")
    assert found.endswith(f"unknown code {code!r} of the dimension 'form' | did you mean {meant!r}?")


@pytest.mark.parametrize("key", ["total: 3", "by form: {sexual: 3}", "flags: [b]"])
def test_what_stands_too_far_left_is_sent_below_its_figure(tmp_path, key):
    found = wrong(tmp_path, FIGURES + f"  investigations.opened:\n  {key}\n")
    told = f"{key.partition(':')[0]!r} appears where the name of a figure is expected"
    assert [f"5:3 unknown-indicator: {told} | indent it below its figure"] == found[1:]


@pytest.mark.parametrize(
    ("key", "hint"), [("investigations.opened", "indent it below figures:"), ("total", "indent it below its figure")]
)
def test_a_figure_at_the_left_edge_is_sent_below_figures(tmp_path, key, hint):
    assert [f"3:1 unknown-key: unknown key {key!r} | {hint}"] == wrong(tmp_path, f"{HEAD}{key}: 3\n")
