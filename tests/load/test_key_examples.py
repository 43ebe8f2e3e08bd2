"""The examples of keys: a small workspace in which nothing is wrong, told line by line."""

import json

import pytest
import yaml
from jsonschema import Draft202012Validator

from reporter.edition.checked import load_checked
from reporter.errors import Severity
from reporter.files.sources import folder_files
from reporter.load.catalogue import read_catalogue
from reporter.load.dataset import load_dataset
from reporter.load.key_examples import (
    EXAMPLES,
    FILES,
    PlainLoader,
    example_of,
    example_text,
    keys_as_written,
    line_of,
    shapes_in,
    words_in,
)
from reporter.load.recipient import RecipientShape
from reporter.load.schema import schema_text
from reporter.load.shapes import ActivityShape, FigureShape, PartShape, YearShape
from reporter.model import Flag

FILES_OF_EXAMPLES = folder_files(EXAMPLES)
# What was published before, which the examples revise and explain.
BEFORE = """\
year: 2020
source: police
figures:
  victims.identified: {total: 24, by person: {women: 16, men: 7}, incomplete: [person]}
  persons.convicted: 17
recommendations:
  labour_inspectors: {to: [police], by: 2021}
"""
# The texts of that year that the examples confirm.
TEXTS = """\
# general_situation

Cases are found in every region.

# prevention

## Lessons in schools {#school_lessons}

Officers visit schools.

# recommendations

## Labour inspectors who know the signs {#labour_inspectors}

Inspectors should be taught.
"""
# The challenges and recommendations of the year of the examples.
PROPOSALS = """\
# challenges

## Children in care {#children_in_care}

Children in care are recruited.

# recommendations

## Guardians for all {#guardians}

Each child should have a guardian.
"""


def test_the_examples_are_read_without_a_finding() -> None:
    assert () == load_dataset(FILES_OF_EXAMPLES, ["XX"]).findings


def test_no_rule_finds_an_error_in_the_examples() -> None:
    before = {"data/XX/2020.yaml": BEFORE.encode(), "data/XX/text/en/2020.md": TEXTS.encode()}
    before |= {"data/XX/text/en/2021.md": PROPOSALS.encode()}
    checked = load_checked(FILES_OF_EXAMPLES.overlay(before), "XX")
    found = [each for each in checked.findings if each.severity is Severity.ERROR and not each.accepted]
    assert [] == [str(each) for each in found]


@pytest.mark.parametrize("kind", FILES)
def test_editors_underline_nothing_in_the_examples(kind: str) -> None:
    catalogue, _ = read_catalogue(FILES_OF_EXAMPLES)
    validator = Draft202012Validator(json.loads(schema_text(kind, catalogue)))
    assert [] == [each.json_path for each in validator.iter_errors(PlainLoader(example_text(kind)).get_single_data())]


@pytest.mark.parametrize(
    ("shape", "key", "line"),
    [
        (YearShape, "published", "published: 2022-04-29"),
        (FigureShape, "flags", "flags: [p]"),
        (PartShape, "value", "value: 12"),
        (ActivityShape, "target", "target: true"),
        (RecipientShape, "salutation", "salutation: {en: 'Dear Coordinator,'}"),
    ],
)
def test_an_example_is_a_line_to_write(shape: type, key: str, line: str) -> None:
    assert line == line_of(shape, key)
    assert {key: example_of(shape, key)} == PlainLoader(line).get_single_data()


def test_keys_are_told_in_the_order_in_which_one_writes_them_with_the_shapes_and_words_in_their_types() -> None:
    assert ("", "") == (line_of(YearShape, "figures"), line_of(YearShape, "figurs"))
    assert (FigureShape, PartShape) == shapes_in(YearShape.model_fields["figures"].annotation)
    assert (Flag,) == words_in(FigureShape.model_fields["flags"].annotation)
    assert ("kind", "title", "organiser", "audience", "period", "figures") == keys_as_written(ActivityShape)[:6]


def test_a_country_code_and_a_date_stay_text() -> None:
    written = "[NO, 2020-05-01, 12, 0.5, true, '147']"
    assert ["NO", "2020-05-01", 12, 0.5, True, "147"] == PlainLoader(written).get_single_data()
    assert yaml.safe_load(written) != PlainLoader(written).get_single_data()
