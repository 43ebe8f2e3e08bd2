"""A workbook that came is taken as proposals: told at its cells, never guessed, never twice."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reporter.data.errors import ReporterError, UsageError
from reporter.data.files.workspace import Workspace
from reporter.data.i18n import load_locale
from reporter.data.read.received import place_of, read_received, received_text
from reporter.data.records import Received
from reporter.data.write.applying import Writer, read_journal, undo_together
from reporter.exchange.agencies.agency_proposals import (
    AnswersOfYear,
    accepting,
    answers_of_year,
    chosen,
    decide_answers,
    keeping,
)
from reporter.exchange.agencies.taking_in import Reception, receive, take_in
from tests import agencies, forms, small
from tests.agencies import sent
from tests.snapshots import dataset_of, snapshot

VICTIMS = "victims.identified"
WORDS = "none, not known, not counted, not applicable, withheld"


def received(root: Path, content: bytes, name: str = "police.xlsx") -> Reception:
    """What comes of a workbook."""
    return receive(snapshot(root), dataset_of(root, ("XX",)), content, name, "2021-03-03", {"en": load_locale("en")})


def of(root: Path, answers: Mapping[str, object]) -> Reception:
    """What comes of the form of the police with some answers."""
    return received(root, forms.filled(forms.form(root), answers))


NARROWER = {forms.COUNTRY: forms.FILES[forms.COUNTRY].replace("[investigations.opened, victims.id", "[victims.id")}
TAKEN = (
    (12, "12"),
    ("12 ", "12"),
    ("0", "0"),
    ("none", "0"),
    ("None", "0"),
    ("NOT KNOWN", "missing"),
    (":", "missing"),
    ("not counted", "not collected"),
    ("not applicable", "not applicable"),
    ("withheld", "suppressed"),
    ("suppressed", "suppressed"),
    ("at least 5", "at least 5"),
    ("1 234", "1234"),
    ("1\u00a0234", "1234"),
)
REFUSED = (
    *(
        (each, f"“{each}” is neither a number nor one of these words: {WORDS}.".replace("\u202e", ""))
        for each in ("many", "12,0", "1,234", "1.234", "1 2345", "12%", "…", "\u202e21", 10**15)
    ),
    (2.5, "2.5 is not a whole number, but this figure is counted in whole units."),
    (-3, "-3 is less than zero; write 0 where there were none."),
    (True, "This is true or false; a number is needed."),
    ("=1+1", "The formula has no result here: write the number itself."),
)


def typed_in(root: Path, typed: Sequence[object]) -> list[str]:
    """What becomes of what is typed: the value taken, or what is told at the cell. Each stands in a cell of its own."""
    form = forms.form(root)
    cells = forms.cells_of(forms.opened(form))
    told: list[str] = []
    for first in range(0, len(typed), len(cells)):
        some = dict(zip(cells, typed[first : first + len(cells)], strict=False))
        came = received(root, forms.filled(form, some))
        words = {each.figure: each.words for each in came.problems if not each.is_odd}
        values = {each.figure: each.value for each in came.received.answers}
        assert words.keys().isdisjoint(values)
        told += [(words | values)[each] for each in some]
    return told


def test_a_number_or_a_word_is_taken_and_what_is_no_answer_told_at_its_cell(workspace: Path) -> None:
    assert [said for _, said in TAKEN + REFUSED] == typed_in(workspace, [typed for typed, _ in TAKEN + REFUSED])


def test_an_answer_says_in_which_cell_it_stands_and_an_empty_cell_is_open(workspace: Path) -> None:
    came = of(workspace, {VICTIMS: 12, "victims.identified.women": "many"})
    assert ([(VICTIMS, "Identified victims!D5")], [("victims.identified.women", "Identified victims!D12")]) == (
        [(each.figure, each.cell) for each in came.received.answers],
        [(each.figure, each.cell) for each in came.problems],
    )
    assert {*forms.asked(workspace).addresses} - {VICTIMS, "victims.identified.women"} == {*came.open}


def test_a_number_that_was_read_another_way_is_taken_and_told(workspace: Path) -> None:
    came = of(workspace, {VICTIMS: "1 234"})
    assert [("“1 234” was read as 1234.", True)] == [(each.words, each.is_odd) for each in came.problems]


def test_remarks_of_strangers_are_kept_without_signs_that_steer(workspace: Path) -> None:
    book = forms.fill(forms.opened(forms.form(workspace)), {VICTIMS: 3})
    sheet, cell = forms.cells_of(book)[VICTIMS]
    remark, source = "\u202ereversed\u2066 text\u0085" + "x" * 900, "=HYPERLINK(1)"
    answer = book[sheet][cell]
    answer.offset(0, 1).value, answer.offset(0, 2).value = remark, source
    (answer,) = received(workspace, forms.saved(book), "po\u202elice.xlsx").received.answers
    assert (True, 500, "") == (answer.remark.isprintable(), len(answer.remark), answer.source)
    assert answer.remark.startswith("reversed text ")


def test_a_workbook_is_received_once_and_a_corrected_one_stands_beside_the_first(workspace: Path) -> None:
    content = forms.filled(forms.form(workspace), {VICTIMS: 3})
    first = received(workspace, content).received
    path = workspace / place_of(first).path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(received_text(first), encoding="utf-8")
    with pytest.raises(UsageError, match="was received before, on 2021-03-03"):
        received(workspace, content, "again.xlsx")
    second = of(workspace, {VICTIMS: 4}).received
    assert [("data/XX/received/police-2020.yaml", "3"), ("data/XX/received/police-2020-2.yaml", "4")] == [
        (place_of(each).path, each.answers[0].value) for each in (first, second)
    ]


def test_the_form_of_an_earlier_year_says_that_it_is_one(workspace: Path) -> None:
    path = workspace / "data/XX/received/asked.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(f"asked:\n- agency: police\n  year: 2020\n  day: 2021-01-10\n  sha256: {'0' * 64}\n")
    came = received(workspace, forms.filled(forms.form(workspace, year=2019), {VICTIMS: 3}))
    assert (2019, ["This is the form for 2019; the latest request is for 2020."]) == (
        came.received.year,
        [each.words for each in came.problems],
    )


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        ("  police:\n", "  gendarmes:\n", "has no agency police"),
        ("due: 03-01", "due: 03-01\n    until: 2019", "police that provides"),
    ],
)
def test_the_form_of_an_agency_that_answers_no_more_is_refused(workspace: Path, was: str, now: str, words: str) -> None:
    content = forms.filled(forms.form(workspace), {VICTIMS: 3})
    forms.write(workspace, {forms.COUNTRY: forms.FILES[forms.COUNTRY].replace(was, now)})
    with pytest.raises(ReporterError, match=words):
        received(workspace, content)


def test_the_form_of_another_country_is_refused(workspace: Path) -> None:
    book = forms.fill(forms.opened(forms.form(workspace)), {VICTIMS: 3})
    book["_codes"]["A1"] = book["Please read"]["A2"] = "YY 2020 police"
    with pytest.raises(UsageError, match="the form is for YY 2020, and this workspace does not have the country"):
        received(workspace, forms.saved(book))


def test_what_is_not_asked_any_more_is_passed_over_and_told(workspace: Path) -> None:
    content = forms.filled(forms.form(workspace), {VICTIMS: 3, "investigations.opened": 5})
    forms.write(workspace, NARROWER)
    came = received(workspace, content)
    assert ([VICTIMS], [("investigations.opened", "This is no longer asked and was ignored.", True)]) == (
        [each.figure for each in came.received.answers],
        [(each.figure, each.words, each.is_odd) for each in came.problems],
    )


def test_what_is_asked_since_and_has_no_line_is_told(workspace: Path) -> None:
    forms.write(workspace, NARROWER)
    content = forms.filled(forms.form(workspace), {VICTIMS: 3})
    forms.write(workspace)
    assert {"The workbook no longer has the line of this figure."} == {
        each.words for each in received(workspace, content).problems if each.figure.startswith("investigations")
    }


NOW = datetime(2021, 3, 3, 8, tzinfo=UTC)
NUMBERS = {"": 80, "children": 0, "girls": 0, "boys": 0, "adults": 80, "women": 60, "men": 20}
WHOLE = {f"victims.identified.{code}".strip("."): number for code, number in NUMBERS.items()}
WHOLE |= {"investigations.opened": 11, "investigations.opened.sexual": 4, "investigations.opened.labour": 7}


def files(root: Path) -> dict[str, bytes]:
    """Every file of a workspace."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def taken_in(root: Path, content: bytes, *, writes: bool = True) -> Reception:
    workspace = Workspace(root)
    return take_in(workspace, workspace.snapshot(), content, "police.xlsx", "2021-03-03", NOW, writes=writes)


def test_what_is_complete_and_only_odd_leaves_one_file_and_no_mail(workspace: Path) -> None:
    before = files(workspace)
    taken = taken_in(workspace, forms.filled(forms.form(workspace), WHOLE | {"investigations.opened": "11 "}))
    received = "data/XX/received/police-2020.yaml"
    assert ((), (workspace / received,)) == (taken.open, taken.written)
    assert before == {path: content for path, content in files(workspace).items() if path != received}


def test_what_is_wrong_is_told_at_its_cell_and_goes_back_as_a_copy_with_a_mail(workspace: Path) -> None:
    before = set(files(workspace))
    taken = taken_in(workspace, forms.filled(forms.form(workspace), WHOLE | {"victims.identified.women": 90}))
    assert [
        "build/XX/forms/XX-2020-police-comments.eml",
        "build/XX/forms/XX-2020-police-comments.xlsx",
        "data/XX/received/police-2020.yaml",
    ] == sorted(set(files(workspace)) - before)
    assert ("Identified victims!D5", "Identified victims (women) is 90, more than its total 80") in [
        (each.cell, each.words) for each in taken.problems
    ]


def test_to_look_writes_nothing(workspace: Path) -> None:
    before = files(workspace)
    taken = taken_in(workspace, forms.filled(forms.form(workspace), {"victims.identified": 12}), writes=False)
    assert (before, ()) == (files(workspace), taken.written)
    assert ["victims.identified"] == [each.figure for each in taken.proposals]


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0" + bytes(999), b"PK\x03\x04" + bytes(999)])
def test_of_what_is_refused_nothing_is_written(workspace: Path, content: bytes) -> None:
    before = files(workspace)
    with pytest.raises(ReporterError, match=r"^police\.xlsx "):
        taken_in(workspace, content)
    assert before == files(workspace)


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
    with pytest.raises(ReporterError, match="XX has no agency gendarmes that provides figures for 2020") as problem:
        forms.asked(forms.write(tmp_path), "gendarmes")
    assert "agencies: police, courts" == problem.value.hint


OPENED = "investigations.opened"
ANA = Writer("Ana", datetime(2021, 4, 1, tzinfo=UTC), "at once")


@pytest.fixture
def asked_of_two(tmp_path: Path) -> Workspace:
    police = agencies.sent("police", {OPENED: "12", VICTIMS: "81", f"{VICTIMS}.men": "21"})
    return Workspace(agencies.workspace(tmp_path, police, agencies.sent("courts", {VICTIMS: "79"})))


def asked(workspace: Workspace) -> AnswersOfYear:
    return answers_of_year(workspace.snapshot(), "XX", 2020)


def waiting(workspace: Workspace) -> list[tuple[str, str]]:
    return sorted((each.reply.received.agency, each.figure) for each in asked(workspace).proposals)


def kept(workspace: Workspace) -> dict[str, tuple[str, str]]:
    """The answers that a file does not follow: why, and who says so."""
    found: tuple[Received, ...] = read_received(workspace.snapshot(), "XX")
    said = ((received.agency, each) for received in found for each in received.answers if each.reason)
    return {f"{agency}:{each.figure}": (each.reason, each.by) for agency, each in said}


def test_of_two_who_disagree_one_is_chosen_with_a_reason_and_all_is_taken_back_as_one(asked_of_two: Workspace) -> None:
    before = {path: each.content for path, each in asked_of_two.snapshot().items()}
    picked = chosen(asked(asked_of_two), [f"police:{VICTIMS}"])
    with pytest.raises(UsageError, match=r"agencies disagree on victims\.identified"):
        accepting(asked(asked_of_two), picked, "", "Ana")
    decide_answers(asked_of_two, accepting(asked(asked_of_two), picked, "Courts count later.", "Ana"), ANA)
    assert {f"courts:{VICTIMS}": ("Courts count later.", "Ana")} == kept(asked_of_two)
    assert [("police", OPENED), ("police", f"{VICTIMS}.men")] == waiting(asked_of_two)
    lines = read_journal(asked_of_two, asked_of_two.snapshot()).lines
    assert ["81", "Courts count later.", "Ana"] == [each.edit.after.partition(": ")[2].strip() for each in lines][:3]
    undo_together(asked_of_two, lines, ANA)
    assert before == {path: each.content for path, each in asked_of_two.snapshot().items()}


def test_one_of_two_who_disagree_is_not_chosen_by_the_name_of_the_figure(asked_of_two: Workspace) -> None:
    for name in (VICTIMS, "police", "all"):
        with pytest.raises(UsageError, match=r"agencies disagree on victims\.identified"):
            chosen(asked(asked_of_two), [name])


def test_what_the_file_says_is_kept_against_all_with_one_reason(asked_of_two: Workspace) -> None:
    text = (asked_of_two.root / small.YEAR).read_bytes()
    picked = chosen(asked(asked_of_two), [VICTIMS], keeps=True)
    decide_answers(asked_of_two, keeping(picked, "Counted by the office.", "Ana"), ANA)
    assert {f"{agency}:{VICTIMS}" for agency in ("courts", "police")} == kept(asked_of_two).keys()
    assert [("police", OPENED), ("police", f"{VICTIMS}.men")] == waiting(asked_of_two)
    assert text == (asked_of_two.root / small.YEAR).read_bytes()


def test_answers_to_decide_on_are_printed_for_machines(tmp_path: Path, called) -> None:
    root = forms.write(tmp_path / "work")
    book = tmp_path / "police.xlsx"
    book.write_bytes(forms.filled(forms.form(root), {VICTIMS: 60}))
    called("agencies", "receive", book, "--day", "2021-03-03", "-w", root)
    code, answers, _ = called("agencies", "answers", "XX", 2020, "--format", "json", "-w", root)
    answer = next(one for one in json.loads(answers) if one["figure"] == VICTIMS)
    assert (0, "60", "police", []) == (code, answer["value"], answer["agency"], answer["rivals"])
