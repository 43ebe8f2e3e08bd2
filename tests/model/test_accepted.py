"""An entry answers for a finding that rests on the same; one of a published file for whatever was found then."""

from dataclasses import replace

import pytest

from reporter.errors import Finding, Severity, Values
from reporter.model import Accepted, Label, accepts, answer_to
from reporter.model.accepted import NEUTRAL_REASON
from tests.small import MARK

FINDING = Finding(
    severity=Severity.WARNING,
    code="jump",
    message="rose",
    mark=MARK,
    figure="victims.identified",
    year=2020,
    values=((2019, "victims.identified", "60"), (2020, "victims.identified", "80")),
    words="fell",
)
ENTRY = Accepted(
    rule="jump",
    figure="victims.identified",
    year=2020,
    vintage=2020,
    values=FINDING.values,
    words="fell",
    reason=Label((("en", "Known."),)),
    mark=MARK,
)
OTHER: Values = ((2019, "victims.identified", "60"), (2020, "victims.identified", "81"))


def test_an_entry_accepts_the_finding_it_was_written_for():
    assert accepts(ENTRY, FINDING)


@pytest.mark.parametrize(
    "other",
    [
        {"values": OTHER},
        {"values": FINDING.values[:1]},
        {"values": (*FINDING.values, (2020, "victims.identified.men", "3"))},
        {"words": "rose"},
        {"words": ""},
        {"year": 2021},
        {"code": "tenfold"},
        {"figure": "victims.presumed"},
        {"figure": ""},
    ],
)
def test_an_entry_accepts_nothing_else(other: dict[str, object]):
    assert not accepts(ENTRY, replace(FINDING, **other))  # type: ignore[arg-type]


def test_an_entry_of_a_published_file_accepts_other_values_but_no_other_figure():
    then = replace(ENTRY, values=(), words="", frozen=True)
    assert [True, False] == [accepts(then, each) for each in (FINDING, replace(FINDING, figure="victims.presumed"))]


def test_of_published_entries_the_one_for_these_values_answers():
    first, second = (replace(ENTRY, values=values, frozen=True) for values in (OTHER, FINDING.values))
    assert second == answer_to(FINDING, (first, second))
    assert first == answer_to(FINDING, (first,))
    assert answer_to(FINDING, ()) is None


def test_a_neutral_entry_accepts_what_rests_on_less():
    values: Values = ((2020, "a.b", "9"), (2020, "a.b.d", "suppressed"), (2020, "a.b.e", "3"))
    neutral = replace(ENTRY, values=values, words="", reason=Label((("en", NEUTRAL_REASON),)))
    found = replace(FINDING, words="")
    assert accepts(neutral, replace(found, values=values[:1]))
    assert accepts(neutral, replace(found, values=(*values[:1], (2020, "a.b.d", "about 5"))))
    assert not accepts(neutral, replace(found, values=((2020, "a.b", "8"),)))
    assert not accepts(replace(neutral, reason=ENTRY.reason), replace(found, values=values[:1]))
