"""Boxes say what could mislead, and only of figures that the country has."""

import pytest

from reporter.context import Context
from reporter.document.document import Box
from reporter.model import vintage
from reporter.sections import boxes
from reporter.sections.material import SectionMaterial
from tests import small
from tests.editions import ENGLISH

GROUP = "  client: {label: {en: Group}, codes: {at_risk: {label: {en: At risk}}}}\nindicators:\n"
CATALOGUE = small.FILES["data/catalogue.yaml"].replace("indicators:\n", GROUP)
INDICATOR = """\
  {code}:
    {{label: {{en: I}}, unit: persons, kind: flow, population: {code}, definition: {{en: D}}, dimensions: [client]}}
"""
COUNTED = ("assistance.persons", "victims.presumed", "persons.prosecuted")


def material(tmp_path, figures: str) -> SectionMaterial:
    """A country with some figures, in a catalogue that has more."""
    catalogue = CATALOGUE + "".join(INDICATOR.format(code=code) for code in COUNTED)
    year = f"{small.HEAD}figures: {{{figures}}}\n"
    files = {"data/catalogue.yaml": catalogue, small.YEAR: year, "data/XX/2018.yaml": None, "data/XX/2019.yaml": None}
    return SectionMaterial(Context(vintage(small.load(tmp_path, files), "XX", 2020), ENGLISH), ())


def said(box: Box | None) -> str:
    return " ".join(box.paragraphs) if box else ""


def test_of_the_stages_of_justice_nothing_is_said_where_none_is_counted(tmp_path):
    assert None is boxes.legal_lag(material(tmp_path, "investigations.opened: 3"))
    assert "often investigated and prosecuted in earlier years" in said(
        boxes.legal_lag(material(tmp_path, "persons.prosecuted: 3"))
    )


def test_two_populations_of_victims_can_be_mistaken_for_each_other_and_one_cannot(tmp_path):
    assert None is boxes.three_populations(material(tmp_path, "victims.identified: 3"))
    assert "never added" in said(
        boxes.three_populations(material(tmp_path, "victims.identified: 3, victims.presumed: 5"))
    )


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ("9", "some may have been identified in an earlier year, or never"),
        ("{total: 9, by client: {at_risk: 2}}", "including persons at risk"),
    ],
)
def test_persons_at_risk_are_named_where_they_are_counted(tmp_path, figure, words):
    assert words in said(boxes.population_of_assistance(material(tmp_path, f"assistance.persons: {figure}")))
