"""A form shows an agency what it said itself, and nothing that others said or nobody may know."""

from dataclasses import replace
from pathlib import Path

import pytest

from reporter.errors import ReporterError
from tests import forms, small
from tests.agencies import sent

YEAR = "data/XX/2019.yaml"


def earlier(root: Path, agency: str, year: str, *received, figure: str = "victims.identified") -> tuple[str, ...]:
    """What stands beside a figure in the form of 2020, with another file of 2019."""
    form = forms.asked(forms.write(root, {YEAR: year}), agency, received=received)
    return next(line.earlier for table in form.tables for line in table.lines if line.address == figure)


HEAD = "year: 2019\nsource: police\nfigures: {investigations.opened: 9, victims.identified: "


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("60}", ("0", "60")),
        ("{total: 60, source: office}}", ("0", "")),
        ("suppressed}", ("0", "withheld")),
        ("{total: 60, confidentiality: C}}", ("0", "withheld")),
        ("missing}", ("0", ":")),
    ],
)
def test_the_figures_of_its_source_stand_beside_unless_withheld(tmp_path, figure, expected):
    assert expected == earlier(tmp_path, "police", f"{HEAD}{figure}\n")


@pytest.mark.parametrize(("said", "expected"), [("60", ("60",)), ("61", ()), ("missing", ())])
def test_what_it_sent_stands_beside_where_the_report_says_the_same(tmp_path, said, expected):

    answers = {"victims.identified": said}
    own, others = (replace(sent(each, answers), year=2019) for each in ("courts", "police"))
    file = f"{HEAD}60}}\n"
    assert expected == earlier(tmp_path, "courts", file, own)
    assert () == earlier(tmp_path, "courts", file, others)


def test_years_of_which_it_said_nothing_are_left_out(tmp_path: Path) -> None:
    root = forms.write(tmp_path)
    assert ((2018, 2019), ()) == (forms.asked(root).years, forms.asked(root, "courts").years)


ACTIVITY = """\
activities:
  posters: {kind: campaign, period: 2020-05-10/2020-05-12, title: {en: Posters at borders}, figures: {posters: 12}}
"""


def test_a_breakdown_is_asked_without_the_others_and_the_counts_of_an_activity_at_the_end(tmp_path: Path) -> None:
    changed = forms.FILES[forms.COUNTRY].replace('"victims.identified by person"', '"investigations.opened by form"')
    changed = changed.replace("[persons.convicted,", "[persons.convicted, activities.posters,")
    files = {forms.COUNTRY: changed, small.YEAR: small.FILES[small.YEAR] + ACTIVITY}
    form = forms.asked(forms.write(tmp_path, files), "courts")
    asked = [[line.address for line in table.lines] for table in form.tables]
    assert [["", ".sexual", ".labour"], ["persons.convicted"], ["activities.posters.posters"]] == [
        [address.removeprefix("investigations.opened") for address in each] for each in asked
    ]
    assert "Posters at borders" == form.tables[2].blocks[-1].title


def test_an_agency_that_answers_nothing_of_a_year_is_refused_with_those_that_do(tmp_path: Path) -> None:
    with pytest.raises(ReporterError, match="XX knows no agency gendarmes that answers figures of 2020") as problem:
        forms.asked(forms.write(tmp_path), "gendarmes")
    assert "agencies: police, courts" == problem.value.hint
