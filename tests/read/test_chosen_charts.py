"""Charts are left out and chosen by names that charts have; all else is found with its line."""

from collections.abc import Collection, Mapping
from typing import Any

import pytest
import yaml

from reporter.data.outline import SECTIONS, block_names, with_charts
from reporter.data.read.dataset import load_dataset
from reporter.data.read.yaml_tree import in_languages
from reporter.data.records import ChartChoice
from reporter.data.records.label import OFFICIAL
from tests import small
from tests.fixtures import LITHUANIA, RURITANIA
from tests.snapshots import snapshot, yaml_files

SETTINGS = "title: {en: Small}\nlanguages: [en]\n"


def read(root, charts: str, *, frozen: bool = False) -> tuple[ChartChoice, list[str]]:
    small.write(root, {"reporter.yaml": f"{SETTINGS}{charts}"})
    loaded = load_dataset(snapshot(root), ("XX",), frozen=frozen)
    told = [str(each).replace("\n  hint: ", " | ") for each in loaded.findings if each.mark.path == "reporter.yaml"]
    return loaded.dataset.settings.charts, told


def test_charts_are_left_out_and_others_stand_in_their_places(tmp_path):
    choice, told = read(
        tmp_path,
        "charts:\n  leave_out: [action_plans]\n  instead: {criminal_justice: victims.identified-by-person, "
        "investigations: persons.convicted}\n",
    )
    names = block_names(with_charts(SECTIONS, choice))
    assert [] == told
    assert {"action_plans", "criminal_justice", "investigations"}.isdisjoint(names)
    before = block_names(SECTIONS)
    shown = [name for name in before if name != "action_plans"]
    assert shown.index("criminal_justice") == names.index("victims.identified-by-person")
    assert shown.index("investigations") == names.index("persons.convicted")


@pytest.mark.parametrize(
    ("charts", "expected"),
    [
        ("{leave_out: [action_plan]}", "3:22: error: no chart of a profile is called 'action_plan' [unknown-chart] | "
         "did you mean 'action_plans'?"),
        ("{leave_out: [penalties]}", "3:22: error: no chart of a profile is called 'penalties' [unknown-chart] | "),
        ("{leave_out: [countries_compared]}", "3:22: error: no chart of a profile is called 'countries_compared' "),
        ("{instead: {asisted: forms_year}}", "3:20: error: no chart of a profile is called 'asisted' [unknown-chart] | "
         "did you mean 'assisted'?"),
        ("{instead: {assisted: persons.prosecute}}", "3:30: error: no chart, indicator or breakdown is called "
         "'persons.prosecute' [unknown-chart] | did you mean 'persons.convicted'?"),
        ("{instead: {assisted: victims.identified-by-form}}", "3:30: error: no chart, indicator or breakdown is called "
         "'victims.identified-by-form' [unknown-chart] | did you mean 'victims.identified-by-person'?"),
        ("{instead: {assisted: forms_year}}", "3:30: error: the chart 'forms_year' would appear in a profile twice "),
        ("{instead: {assisted: persons.convicted, action_plans: persons.convicted}}",
         "3:30: error: the chart 'persons.convicted' would appear in a profile twice "),
        ("{leave_out: [assisted], instead: {assisted: persons.convicted}}",
         "3:53: error: assisted is both left out and replaced by another chart "),
    ],
)  # fmt: skip
def test_what_names_no_chart_is_found_with_its_place(tmp_path, charts, expected):
    choice, told = read(tmp_path, f"charts: {charts}\n")
    assert f"reporter.yaml:{expected}" == told[0][: len(f"reporter.yaml:{expected}")]
    # What is wrong is not shown, whatever else is.
    names = block_names(with_charts(SECTIONS, choice))
    assert len(set(names)) == len(names)


def test_two_charts_can_change_places_and_without_a_choice_the_outline_stays(tmp_path):
    choice, told = read(tmp_path, "charts: {instead: {assisted: action_plans, action_plans: assisted}}\n")
    names, before = block_names(with_charts(SECTIONS, choice)), block_names(SECTIONS)
    assert ([], before.index("action_plans")) == (told, names.index("assisted"))
    assert SECTIONS is with_charts(SECTIONS, read(tmp_path, "")[0])


def test_of_a_published_file_a_name_that_no_chart_has_any_more_is_passed_over(tmp_path):
    choice, told = read(tmp_path, "charts: {leave_out: [pictures, action_plans]}\n", frozen=True)
    assert ([], ("action_plans",)) == (told, choice.leave_out)


def only(data: Any, kept: Collection[str]) -> Any:
    """What a file says, without the texts of other languages where a kept one has them."""
    if isinstance(data, Mapping):
        if data and OFFICIAL.issuperset(data) and any(each in kept for each in data):
            return {language: text for language, text in data.items() if language in kept}
        return {key: only(value, kept) for key, value in data.items()}
    return [only(value, kept) for value in data] if isinstance(data, list) else data


FILES = (
    *yaml_files(RURITANIA),
    *(LITHUANIA / "data" / each for each in ("catalogue.yaml", "LT/country.yaml", "LT/2020.yaml")),
)


@pytest.mark.parametrize("kept", ["lt", "fi", "en lt"])
def test_every_file_says_the_same_in_the_languages_that_are_kept(kept):
    for path in FILES:
        text = path.read_text()
        made = in_languages(text, kept.split())
        assert only(yaml.load(text, yaml.CBaseLoader), kept.split()) == yaml.load(made, yaml.CBaseLoader), path
        assert (kept in ("fi", "en lt")) <= (text == made)


def test_comments_and_all_else_stay_as_they_were_typed():
    text = """\
# a file
title: {en: "A: b",   lt: C} # in one line
genitive: {lt: D}
note:
  # of the note
  lt: >-
    Daug
    eilučių
  en: >-
    Some

  fi: [c,
       d]
last: {lt: X, en: Y}
"""
    assert """\
# a file
title: {en: "A: b"} # in one line
note:
  # of the note
  en: >-
    Some

last: {en: Y}
""" == in_languages(text, {"en"})
