"""What an entry of accepted findings rests on has one form, however it is written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.errors import Finding, Mark, Severity, Values
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


@pytest.mark.parametrize(
    "written",
    [
        "values: {2019: {b.c: 39, a.b: 5}, 2020: {a.b: at least 5}}",
        "values: {2020: {a.b: at least 5.0}, 2019: {a.b: 5.00, b.c: 39.0}}",
    ],
)
def test_the_order_and_the_decimals_of_values_do_not_matter(written: str):
    assert ((2019, "a.b", "5"), (2019, "b.c", "39"), (2020, "a.b", "at least 5")) == entry(written).values


def test_words_are_compared_without_their_line_breaks():
    assert "fell, in  2020".replace("  ", " ") == entry('words: "fell,\n      in 2020"').words


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


numbers = st.decimals(0, 10**6, places=2).map(lambda each: format(each.normalize() + 0, "f"))
amounts = st.one_of(
    numbers,
    numbers.map("at least {}".format),
    numbers.map("about {}".format),
    st.sampled_from(["missing", "suppressed", "not applicable", "not collected", "unanswered"]),
)
values = st.dictionaries(
    st.tuples(
        st.one_of(st.just(0), st.integers(1990, 2060)), st.from_regex(r"[a-z]{1,8}(\.[a-z_]{1,8}){1,3}", fullmatch=True)
    ),
    amounts,
    min_size=1,
).map(lambda known: tuple(sorted((*key, text) for key, text in known.items())))


@given(values)
@settings(max_examples=25)
def test_values_are_read_as_they_are_printed(known: Values):
    finding = Finding(severity=Severity.WARNING, code="jump", message="", mark=Mark(small.YEAR), values=known)
    assert known == entry(finding.foundation[0]).values
