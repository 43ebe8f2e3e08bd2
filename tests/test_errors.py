"""A finding knows since which edition it is printed."""

import pytest

from reporter.errors import Finding, Mark, Severity


@pytest.mark.parametrize(
    ("path", "year", "since"),
    [
        ("data/XX/2022.yaml", 2019, 2022),
        ("data/XX/2019.yaml", 2022, 2022),
        ("data/XX/2022.yaml", None, 2022),
        ("data/XX/text/en/2021.md", 2020, 2021),
        ("data/XX/country.yaml", 2020, 2020),
        ("data/XX/country.yaml", None, 0),
    ],
)
def test_a_finding_is_printed_since_the_later_of_its_year_and_that_of_its_file(
    path: str, year: int | None, since: int
) -> None:
    finding = Finding(severity=Severity.NOTE, code="jump", message="", mark=Mark(path), year=year)
    assert since == finding.since
