"""What is typed becomes what a careful person writes into the file of a year."""

import difflib

import pytest

from reporter.data.errors import ReporterError
from reporter.data.files.sources import Sources
from reporter.data.read.dataset import load_dataset
from reporter.data.write.amendment import Amendment, Conflict, amended
from reporter.data.write.figure_fields import FigureField, detail_step, displayed_value, typed_value, value_step
from reporter.data.write.yaml_format import EditError, Splice
from tests import small

FILE = small.YEAR
HEAD = small.HEAD
VICTIMS, WOMEN = FigureField(FILE, "victims.identified"), FigureField(FILE, "victims.identified", "person", "women")
MEN = FigureField(FILE, "victims.identified", "person", "men")
CATALOGUE = load_dataset(
    Sources.from_contents({path: text.encode() for path, text in small.FILES.items()}), ["XX"]
).dataset.catalogue


def after(text: str, step) -> str:
    """The file after a step, or what stood against it."""
    wanted = step(Sources.from_contents({FILE: text.encode()}))
    if not isinstance(wanted, Amendment):
        return text if wanted is None else wanted
    found = amended(text, wanted)
    assert isinstance(found, Splice)
    return found.apply(text)


def changed(before: str, now: str) -> list[str]:
    """The lines that came and went, as git shows them."""
    lines = difflib.unified_diff(before.splitlines(), now.splitlines(), n=0, lineterm="")
    return [each for each in lines if each[0] in "+-" and each[:3] not in ("+++", "---")]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        *(
            ("49", "49"),
            (" 49 ", "49"),
            ("1 234", "1234"),
            ("0", "0"),
            ("8.5", "8.5"),
            ("not collected", "not collected"),
        ),
        *((each, "at least 100") for each in (">=100", "≥ 100", "at least 100")),
        *((each, "about 100") for each in ("~100", "≈100")),
        *(("…", "unanswered"), ("...", "unanswered"), (">100", "over 100"), (":", "missing"), ("c", "suppressed")),
    ],
)
def test_signs_are_typed_for_words(typed, written) -> None:
    assert written == typed_value(typed)
    assert written == typed_value(displayed_value(written))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "n.d.",
        "1 23",
        "010",
        "<5",
        "12*",
        "1,5",
        "-",
        "NO",
        "49 persons",
        "４９",
        ">",
        "~",
        "-5",
        "−5",
        "over -1",
        "-0.5",
        ">-3",
    ],
)
def test_what_is_no_value_is_refused_with_a_reason(typed) -> None:
    with pytest.raises(ReporterError) as refused:
        typed_value(typed)
    assert refused.value.message
    assert refused.value.hint


WRITTEN = (
    HEAD + "figures:\n  victims.identified:\n    total: unanswered  # 2019: 60\n    by person: {women: 16, men: 7}\n"
)


def test_a_number_changes_its_line_and_no_other() -> None:
    now = after(WRITTEN, value_step(VICTIMS, CATALOGUE, "49", "unanswered"))
    assert ["-    total: unanswered  # 2019: 60", "+    total: 49  # 2019: 60"] == changed(WRITTEN, now)
    now = after(WRITTEN, value_step(MEN, CATALOGUE, "at least 8", "7"))
    assert ["-    by person: {women: 16, men: 7}", "+    by person: {women: 16, men: at least 8}"] == changed(
        WRITTEN, now
    )


@pytest.mark.parametrize(
    ("before", "field", "lines"),
    [
        (HEAD, VICTIMS, ["+figures:", "+  victims.identified: {total: 5}"]),
        (HEAD + "figures:\n", VICTIMS, ["+  victims.identified: 5"]),
        (HEAD + "figures:\n  persons.convicted: 3\n", VICTIMS, ["+  victims.identified: 5"]),
        (HEAD + "figures:\n  victims.identified:\n    total: 9\n", WOMEN, ["+    by person: {women: 5}"]),
        (HEAD + "figures:\n  victims.identified: 9\n", WOMEN,
         ["-  victims.identified: 9", "+  victims.identified:", "+    total: 9", "+    by person: {women: 5}"]),
        (HEAD + "figures:\n  persons.convicted: 3\n", WOMEN,
         ["+  victims.identified:", "+    total: unanswered", "+    by person: {women: 5}"]),
    ],
)  # fmt: skip
def test_what_is_lacking_above_is_written_too_in_its_order(before, field, lines) -> None:
    now = after(before, value_step(field, CATALOGUE, "5", ""))
    assert lines == changed(before, now)
    assert now.index("victims.identified") < now.find("persons.convicted") or "persons.convicted" not in now


def test_a_part_stands_in_the_order_of_the_catalogue() -> None:
    before = HEAD + "figures:\n  victims.identified:\n    total: 9\n    by person:\n      women: 1\n      children: 2\n"
    assert "women: 1\n      men: 6\n      children: 2" in after(before, value_step(MEN, CATALOGUE, "6", ""))


def test_a_part_is_taken_out_and_a_total_is_not() -> None:
    now = after(WRITTEN, value_step(MEN, CATALOGUE, "", "7"))
    assert ["-    by person: {women: 16, men: 7}", "+    by person: {women: 16}"] == changed(WRITTEN, now)
    with pytest.raises(EditError, match="is empty"):
        after(WRITTEN, value_step(VICTIMS, CATALOGUE, "", "unanswered"))


def test_a_part_with_a_note_does_not_lose_it() -> None:
    before = WRITTEN.replace("men: 7", "men: {value: 7, note: {en: Seven.}}")
    with pytest.raises(EditError, match="has a note"):
        after(before, value_step(MEN, CATALOGUE, "", "7"))
    assert "men: {value: 8, note: {en: Seven.}}" in after(before, value_step(MEN, CATALOGUE, "8", "7"))


def test_another_value_than_the_one_seen_is_a_conflict_and_the_same_is_none() -> None:
    path = ("figures", "victims.identified", "by person", "men")
    assert Conflict(FILE, path, "9", theirs="7", base="8") == after(WRITTEN, value_step(MEN, CATALOGUE, "9", "8"))
    assert WRITTEN == after(WRITTEN, value_step(MEN, CATALOGUE, "7", "8"))


def test_remarks_are_written_beside_the_value() -> None:
    now = after(WRITTEN, detail_step(VICTIMS, CATALOGUE, ("flags",), ["b", "p"]))
    assert ["+    flags: [b, p]"] == changed(WRITTEN, now)
    now = after(WRITTEN, detail_step(MEN, CATALOGUE, ("note", "en"), "Seven."))
    assert 'men: {value: 7, note: {en: "Seven."}}' in now
    assert "men: {value: 7}" in after(now, detail_step(MEN, CATALOGUE, ("note", "en"), None))
    bare = HEAD + "figures:\n  persons.convicted: 3\n"
    convicted = FigureField(FILE, "persons.convicted")
    now = after(bare, detail_step(convicted, CATALOGUE, ("source",), "office"))
    assert ["-  persons.convicted: 3", "+  persons.convicted: {total: 3, source: office}"] == changed(bare, now)
    assert bare == after(bare, detail_step(convicted, CATALOGUE, ("source",), None))
