"""Figures keep file, line and column, and parts inherit what holds for their total."""

import pytest

from reporter.errors import Mark
from reporter.model import Flag
from tests import small
from tests.load.reading import CATALOGUE, FIGURES
from tests.small import HEAD, YEAR, load, wrong


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
         "38:3 wrong-type: 'convicted' is no name of an indicator"),
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
    told = f"{key.partition(':')[0]!r} stands where the name of a figure is expected"
    assert [f"5:3 unknown-indicator: {told} | indent it below its figure"] == found[1:]


@pytest.mark.parametrize(
    ("key", "hint"), [("investigations.opened", "indent it below figures:"), ("total", "indent it below its figure")]
)
def test_a_figure_at_the_left_edge_is_sent_below_figures(tmp_path, key, hint):
    assert [f"3:1 unknown-key: unknown key {key!r} | {hint}"] == wrong(tmp_path, f"{HEAD}{key}: 3\n")
