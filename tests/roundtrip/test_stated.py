"""What the CSV of a package states, found by name; what is no such CSV is refused."""

from collections.abc import Iterator

import pytest

from reporter.roundtrip import stated
from reporter.roundtrip.stated import MalformedFileError, figures_of, read_lines

HEAD = "indicator,dimension,code,year,value\n"
LINES = (
    "victims.identified,,,2019,9\n",
    "victims.identified,person,women,2020,6\n",
    "victims.identified,,,2020,\n",
    "activities.walk.posters,,,2020,50\n",
    "law.cc_147.prison_max,,,,12\n",
)


def test_series_have_the_yearly_figures_and_no_activities_and_no_law() -> None:
    figures = figures_of(read_lines((HEAD, *LINES)))
    assert {
        ("victims.identified", "", ""): {2019: "9", 2020: ""},
        ("victims.identified", "person", "women"): {2020: "6"},
    } == {name: {year: line["value"] for year, line in years.items()} for name, years in figures.series().items()}
    assert len(LINES) == len(figures.lines)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (LINES[0], "states victims.identified 2019 twice"),
        (LINES[1], "states victims.identified.women 2020 twice"),
        (LINES[4], "states law.cc_147.prison_max twice"),
        ("victims.identified,,,20,9\n", "has '20' for a year"),
        ("victims.identified,,,2018,nine\n", "has 'nine' for a number"),
        ("victims.identified,,,2018," + "9" * 200 + "\n", f"has '{'9' * 40}' for a number"),
        ("victims.identified,,,2018\n", "line 7 has not as many cells as its head"),
        ("victims.identified,,,2018,9,9\n", "line 7 has not as many cells as its head"),
        ('victims.identified,,,2018,"9\n', "is no CSV: "),
    ],
)
def test_a_line_that_a_csv_of_figures_cannot_have_is_refused(line: str, said: str) -> None:
    with pytest.raises(MalformedFileError) as raised:
        figures_of(read_lines((HEAD, *LINES, line)))
    assert str(raised.value).startswith(said)


def test_a_column_that_lacks_is_named() -> None:
    with pytest.raises(MalformedFileError, match=r"^has no column 'year'$"):
        figures_of(read_lines(("indicator,dimension,code,value\n", "victims.identified,,,9\n")))


def test_as_many_lines_are_read_as_a_package_may_have_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    def lines(number: int) -> Iterator[str]:
        return (HEAD, *(f"victims.identified,,,{2000 + n},{n}\n" for n in range(number)))  # type: ignore[return-value]

    monkeypatch.setattr(stated, "MOST_LINES", 3)
    assert 3 == len(figures_of(read_lines(lines(3))).lines)
    with pytest.raises(MalformedFileError, match=r"^has more than 3 lines$"):
        figures_of(read_lines(lines(4)))


def test_a_hundred_thousand_columns_are_looked_at_once() -> None:
    heads = [str(number) for number in range(100_000)]
    stated.refuse_duplicate_columns(heads)
    with pytest.raises(MalformedFileError, match="two columns '99999'"):
        stated.refuse_duplicate_columns([*heads, "99999"])
