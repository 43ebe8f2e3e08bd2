"""What an entry of accepted findings rests on has one form, however it is written."""

import pytest

from reporter.errors import Finding, Mark, Severity
from reporter.files.sources import Sources
from reporter.load.dataset import load_dataset
from reporter.model import Accepted
from tests import small

HEAD = f"{small.HEAD}accepted:\n  - {{rule: jump, figure: victims.identified, reason: {{en: Known.}}, "


def entry(written: str) -> Accepted:
    files = {**small.FILES, small.YEAR: f"{HEAD}{written}}}\n"}
    dataset, faults = load_dataset(Sources.from_contents({name: text.encode() for name, text in files.items()}), ["XX"])
    assert () == faults
    return dataset.countries[0].accepted[0]


def test_the_order_and_the_decimals_of_values_and_the_line_breaks_of_words_do_not_matter():
    read = entry("values: {2020: {a.b: at least 5.0}, 2019: {a.b: 5.00, b.c: 39.0}}")
    assert ((2019, "a.b", "5"), (2019, "b.c", "39"), (2020, "a.b", "at least 5")) == read.values
    assert "fell, in 2020" == entry('words: "fell,\n      in 2020"').words


def test_values_are_read_as_they_are_printed():
    said = ("0", "0.25", "1000000", "at least 3", "about 2.5", "missing", "suppressed", "not applicable", "unanswered")
    known = ((0, "law.cc_1.prison_max", "12"), *((2000 + number, "a.b_c", each) for number, each in enumerate(said)))
    finding = Finding(severity=Severity.WARNING, code="jump", message="", mark=Mark(small.YEAR), values=known)
    assert known == entry(finding.foundation[0]).values


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("values: {20: {a.b: 5}}", "'20' is not a year | write {2020: {ADDRESS: 24}}, as reporter check prints it"),
        ("values: {2020: {a.b: -0.0}}", "'-0.0' is zero with a minus | write 0"),
        ("values: {2020: {a.b: <5}}", "'<5' does not say how many | write 'suppressed', or the number"),
    ],
)
def test_values_that_cannot_be_are_refused_with_what_to_write(tmp_path, written: str, told: str):
    (found,) = small.wrong(tmp_path, f"{HEAD}{written}}}\n")
    assert found.endswith(told)
