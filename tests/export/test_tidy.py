"""The figures as CSV: one value a line, equal to the data, and nothing confidential."""

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest

from reporter.document.document import Cell, Column, Row, Table
from reporter.export import observations_csv, table_csv
from reporter.export.observations import HEADS
from reporter.i18n import load_locale
from reporter.model import Qualifier, Status, is_given, vintage
from reporter.sections import compose
from tests import small

ENGLISH = load_locale("en")
EDITIONS = [("lithuania", "LT", 2020), ("ruritania", "XX", 2021)]
every_edition = pytest.mark.parametrize(("data", "country", "year"), EDITIONS)


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def table(*rows: Row) -> Table:
    return Table("t", 1, "T", "", "Number of", (Column("2019"), Column("2020")), rows, "Police")


@every_edition
def test_every_observation_known_is_a_line_with_its_value_by_catalogue_and_year(data, country, year, request):
    known = vintage(request.getfixturevalue(data), country, year)
    lines = read(observations_csv(known, "en"))
    expected = {
        (seen.figure, seen.code, str(seen.year or "")): f"{seen.value:f}" if is_given(seen) else ""
        for seen in known.index.values()
    }
    assert expected == {(each["indicator"], each["code"], each["year"]): each["value"] for each in lines}
    assert len(expected) == len(lines) == len(known.index)
    order = [each.code for each in known.catalogue.indicators]
    yearly = [each for each in lines if each["indicator"] in order]
    assert sorted(yearly, key=lambda each: order.index(each["indicator"])) == yearly
    opened = [each["year"] for each in yearly if (each["indicator"], each["code"]) == ("investigations.opened", "")]
    assert sorted(opened) == opened


def test_a_line_says_all_there_is_to_say(ruritania):
    lines = read(observations_csv(vintage(ruritania, "XX", 2022), "en"))
    (projects,) = [each for each in lines if (each["indicator"], each["year"]) == ("assistance.projects", "2019")]
    assert {
        "indicator": "assistance.projects", "dimension": "", "code": "", "year": "2019", "value": "4", "flags": "",
        "confidentiality": "F", "status": "given", "qualifier": "about", "unit": "items",
        "source": "rapporteur_report", "vintage": "2019", "definition": "", "note": "", "period": "", "target": "false",
        "audience": "public",
    } == projects  # fmt: skip
    (aim,) = [each for each in lines if each["indicator"] == "activities.town_meetings.meetings"]
    assert ("at least", "true", "2022") == (aim["qualifier"], aim["target"], aim["period"])
    (law,) = [each for each in lines if each["indicator"] == "law.new_code.prison_max"]
    assert ("12", "", "", "years") == (law["value"], law["year"], law["vintage"], law["unit"])


def test_a_confidential_value_is_in_no_line(ruritania):
    lines = read(observations_csv(vintage(ruritania, "XX", 2021), "en"))
    (seen,) = [each for each in lines if (each["indicator"], each["year"]) == ("sentences.longest", "2021")]
    assert ("", "C", "suppressed", "") == (seen["value"], seen["confidentiality"], seen["status"], seen["qualifier"])


def test_the_file_keeps_to_rfc_4180_and_has_one_head(lithuania):
    text = observations_csv(vintage(lithuania, "LT", 2020), "en")
    assert text.startswith(",".join((*HEADS, "audience")) + "\r\n")
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")


def test_a_table_has_a_line_for_each_value(ruritania):
    document = compose(vintage(ruritania, "XX", 2022), ENGLISH).document
    for figure in document.figures():
        lines = read(table_csv(figure.table))
        assert sum(len(row.cells) for row in figure.table.rows) == len(lines)
        values = [cell.observation for row in figure.table.rows for cell in row.cells]
        found = [each["value"] for each in lines]
        assert all(f"{seen.value:f}" == value for seen, value in zip(values, found, strict=True) if is_given(seen))


def test_the_parts_of_a_row_say_what_they_are_part_of():
    seen = small.value(2020, 5, qualifier=Qualifier.AT_LEAST)
    rows = (
        Row("Victims", (), heading=True),
        Row("Identified", (Cell(":"), Cell("≥ 5", seen))),
        Row("Women", (Cell(":"), Cell("c", small.value(2020, None, status=Status.SUPPRESSED))), 1),
        Row("", (Cell("1,000", value=Decimal(1000)), Cell("words"))),
    )
    lines = read(table_csv(table(*rows)))
    told = [
        (each["row"], each["within"], each["column"], each["value"], each["text"], each["status"]) for each in lines
    ]
    assert [
        ("Identified", "Victims", "2019", "", ":", ""),
        ("Identified", "Victims", "2020", "5", "≥ 5", "given"),
        ("Women", "Identified", "2019", "", ":", ""),
        ("Women", "Identified", "2020", "", "c", "suppressed"),
        ("Women", "Victims", "2019", "1000", "1,000", "worked out"),
        ("Women", "Victims", "2020", "", "words", ""),
    ] == told


def test_a_table_of_several_countries_says_whose_each_value_is():
    values = [small.value(2020, 5), replace(small.value(2020, 7), country="YY")]
    rows = [Row("Identified", (Cell(f"{each.value}", each),)) for each in values]
    assert ["XX", "YY"] == [each["country"] for each in read(table_csv(table(*rows)))]
    assert all("country" not in each for each in read(table_csv(table(rows[0]))))
