"""Tables of figures: their addresses, cells, and whether they agree."""

import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reporter.data.errors import DataError, Finding, Mark, ReporterError, Severity
from reporter.data.files.sources import Sources
from reporter.data.read import figure_table
from reporter.data.read.dataset import load_dataset
from reporter.data.read.figure_table import FigureTable, TableRow
from reporter.data.records import vintage
from reporter.data.records.imported import ImportedValue
from reporter.exchange.publications import table_workbook
from reporter.exchange.publications.records import denied_relations, printed_with, with_own_reasons
from reporter.exchange.publications.table_figures import (
    confidentiality_in,
    definition_in,
    disagreements,
    flags_in,
    is_target,
    period_in,
    value_in,
    with_incomplete,
    year_in,
)
from reporter.exchange.publications.table_workbook import read_workbook_table, tables_in
from reporter.exchange.publications.year_texts import AcceptedFault, ImportedYear
from tests.intake.imports.round_trips import SMALL


def known(parts: str) -> list[tuple[str, bool]]:
    text = f"year: 2020\nsource: police\nfigures: {{victims.identified: {{total: 80, by person: {{{parts}}}}}}}\n"
    sources: Sources = SMALL.overlay({"data/XX/2020.yaml": text.encode()})
    edition = vintage(load_dataset(sources, ["XX"]).dataset, "XX", 2020)
    return [(relation.name, incomplete) for relation, incomplete in denied_relations(edition, 2020)]


@pytest.mark.parametrize(
    ("parts", "denied"),
    [
        ("women: 60, men: 20", []),
        ("women: suppressed, men: suppressed", []),
        ("women: suppressed, men: 20", [("victims.identified and its parts by person", True)]),
        ("women: {value: 60, confidentiality: D}, men: 20", [("victims.identified and its parts by person", True)]),
        # Of adults the parts are both there, so nothing is left out of them.
        ("adults: suppressed, women: 6, men: 4", [("victims.identified.adults and the parts within it", False)]),
    ],
)
def test_a_relation_is_denied_where_a_withheld_value_would_follow(parts, denied):
    found = known(parts)
    assert denied[:1] == [each for each in found if each in denied]
    assert bool(denied) == bool(found)


CATALOGUE = load_dataset(SMALL, ["XX"]).dataset.catalogue


VALUES = ((2020, "victims.identified.men", "20"), (2020, "victims.identified.women", "60"))


def reason(notes: dict[str, dict[str, str]]) -> object:
    finding = Finding(
        severity=Severity.ERROR,
        code="nested-ages",
        message="m",
        mark=Mark("a"),
        figure="victims.identified",
        year=2020,
        values=VALUES,
    )
    year = ImportedYear("XX", 2020, "a.csv", "", "police", (), notes)
    found = with_own_reasons(
        {2020: [AcceptedFault(finding, {"en": "As published: m."}, comparable=False)]}, {2020: year}
    )
    return found[2020][0].reason["en"]


def test_a_reason_is_printed_with_the_parts_where_it_rests_on_these_alone():
    assert ["victims.identified.men", "victims.identified.women"] == [*printed_with(VALUES, "victims.identified", 2020)]
    total = ((2020, "victims.identified", "80"), *VALUES)
    assert ["victims.identified"] == [*printed_with(total, "victims.identified", 2020)]


def test_the_note_that_stands_where_a_reason_is_printed_is_the_reason_else_what_was_found():
    note = {"en": "Two persons are of another sex."}
    assert note["en"] == reason({name: note for _, name, _ in VALUES})
    assert "As published: m." == reason({VALUES[0][1]: note})


WHOLE = "victims.identified"


def said(figure: str, value: str, **known: object) -> ImportedValue:
    return ImportedValue(figure=figure, year=2020, value=value, place=f"line of {figure}", **known)


def incomplete(total: str, **parts: str) -> tuple[str, ...]:
    values = [said(WHOLE, total), *(said(f"{WHOLE}.{code}", value) for code, value in parts.items())]
    return with_incomplete(values, CATALOGUE)[0][0].incomplete


INCOMPLETE = [
    ("10", {"women": "6", "men": "3"}),
    ("10", {"adults": "9", "women": "6", "men": "4"}),
    ("missing", {"women": "6"}),
    ("10", {"women": "at least 6", "men": "4"}),
    # What is withheld would follow, were it all that is not told.
    ("10", {"women": "6", "men": "suppressed"}),
    ("10", {"women": "10", "men": "suppressed", "children": "suppressed"}),
]
WHOLE_OR_MAYBE = [
    ("10", {}),
    ("10", {"women": "6", "men": "4"}),
    ("10", {"women": "6", "men": "5"}),
    ("10", {"adults": "10", "women": "6", "men": "4"}),
    *((each, {"women": each}) for each in ("missing", "suppressed")),
    ("about 10", {"women": "about 6", "men": "about 4"}),
    ("10", {"women": "6", "men": "suppressed", "children": "suppressed"}),
    ("10", {"women": "6", "men": "missing"}),
]


def test_a_breakdown_that_does_not_state_all_its_parts_is_incomplete_and_one_that_may_make_its_total_is_not():
    assert {("person",)} == {incomplete(total, **parts) for total, parts in INCOMPLETE}
    assert {()} == {incomplete(total, **parts) for total, parts in WHOLE_OR_MAYBE}
    (told,) = with_incomplete([said(WHOLE, "10"), said(f"{WHOLE}.women", "6")], CATALOGUE)[1]
    words = "Parts do not add up to the total, so some are not stated (incomplete)"
    assert f"{words}: victims.identified by person (2020)" == told


@pytest.mark.parametrize(
    ("total", "part", "words"),
    [
        ({"source": "police"}, {"source": "office"}, "source 'office', and its total 'police' (line of"),
        ({"definition": ""}, {"definition": "narrow"}, "definition 'narrow', and its total ''"),
        ({"period": "2019/2020"}, {}, "period '', and its total '2019/2020'"),
        ({"flags": ("b", "p")}, {"flags": ("p",)}, "no flag b, and its total has"),
    ],
)
def test_what_a_part_cannot_have_beside_its_total_is_found(total, part, words):
    values = [said(WHOLE, "10", **total), said(f"{WHOLE}.women", "6", **part)]
    ((found, _, message, remedy),) = disagreements(values, CATALOGUE)
    assert (f"{WHOLE}.women", True, True) == (found.figure, words in message, bool(remedy))


def test_a_value_that_a_later_file_revised_has_the_source_of_that_file():
    values = [said(WHOLE, "10", source="police", vintage=2021), said(f"{WHOLE}.women", "6", source="office")]
    assert [] == list(disagreements(values, CATALOGUE))


def value(text: str, status: str = "", qualifier: str = "", *, whole: bool = True) -> str:
    return value_in(TableRow(2, {"value": text, "status": status, "qualifier": qualifier}), whole=whole)


@pytest.mark.parametrize(
    ("text", "status", "qualifier", "read"),
    [
        ("12", "given", "exact", "12"),
        ("12", "", "", "12"),
        ("0", "given", "exact", "0"),
        ("12", "given", "at least", "at least 12"),
        ("at least 12", "", "", "at least 12"),
        ("at least 12", "given", "at least", "at least 12"),
        ("", "suppressed", "", "suppressed"),
        ("", "Not collected", "", "not collected"),
        ("missing", "", "", "missing"),
        ("1 024", "given", "", "1024"),
        ("1\u202f024\u00a0000", "", "about", "about 1024000"),
        ("12.0", "", "", "12"),
        ("12,0", "", "", "12"),
        ("", "", "", ""),
    ],
)
def test_a_value_is_read_as_a_file_of_the_year_has_it(text, status, qualifier, read):
    assert read == value(text, status, qualifier)


@pytest.mark.parametrize(
    ("text", "status", "qualifier", "said"),
    [
        ("1,024", "", "", "'1,024' has a thousands separator\n  hint: write 1024"),
        ("12.5", "", "", "12.5 is no whole number\n  hint: write how many were counted"),
        ("-3", "", "", "-3 is less than zero\n  hint: write 0 or more"),
        ("<5", "", "", "'<5' is a limit or a range\n  hint: write 'suppressed', or the number"),
        ("12%", "", "", "is a percentage\n  hint: write the count"),
        ("2020-01-02", "", "", "'2020-01-02' is not a number\n  hint: write a number"),
        ("12", "missing", "", "the value is '12', and the status missing\n  hint: delete one of them"),
        ("", "given", "", "there is no number, and the status is given\n  hint: write the number, or in the column"),
        ("12", "supressed", "", "the status is 'supressed'\n  hint: did you mean 'suppressed'?"),
        ("12", "", "at most", "the qualifier is 'at most'\n  hint: did you mean 'at least'?"),
        ("over 12", "", "at least", "the value says 'over', and the qualifier 'at least'\n  hint: delete one"),
    ],
)
def test_what_can_be_read_in_two_ways_is_told_with_what_to_write(text, status, qualifier, said):
    with pytest.raises(ReporterError) as caught:
        value(text, status, qualifier)
    assert said in str(caught.value)


def test_decimals_remarks_and_rules_are_read_as_they_are_typed_by_hand():
    found = [value(each, whole=False) for each in ("2.5", "2,5", "2.0", "0.125", "1 200,75")]
    assert ["2.5", "2.5", "2.0", "0.125", "1200.75"] == found
    read = (year_in("2019.0"), year_in(""), flags_in("P, b"), is_target("TRUE"), period_in("2019/2020"))
    assert (2019, None, ("b", "p"), True, "2019/2020") == read
    # A withheld value does not say by which rule.
    found = [confidentiality_in(*each) for each in (("C", "suppressed"), ("A", "suppressed"), ("c", "12"), ("", "12"))]
    assert ["", "A", "C", ""] == found


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (lambda: year_in("19"), "the year is '19'\n  hint: write four digits"),
        (lambda: flags_in("bx"), "no flag is called 'x'\n  hint: write one of b, d, e"),
        (lambda: confidentiality_in("X", "12"), "the confidentiality is 'X'\n  hint: write one of F, C"),
        (lambda: is_target("perhaps"), "the target is 'perhaps'\n  hint: write true, false or nothing"),
        (lambda: period_in("2019-2020"), "'2019-2020' is not a period\n  hint: write 2017 or"),
        (lambda: definition_in("narow", ["narrow"], "a.b"), "a.b has no definition 'narow'\n  hint: did you mean"),
    ],
)
def test_remarks_that_say_nothing_known_are_told(read, said):
    with pytest.raises(ReporterError) as caught:
        read()
    assert said in str(caught.value)


HEAD = ["indicator", "dimension", "code", "year", "value", "status"]
ROW = ["victims.identified", "person", "women", 2020, 12, "given"]


def book(*rows: list[object], change: Callable[[Worksheet], None] = lambda _: None, copies: int = 1) -> bytes:
    made = openpyxl.Workbook()
    first = made.worksheets[0]
    first.append(["Contents"])
    for number in range(copies):
        sheet = made.create_sheet(f"Visi rodikliai {number}" if number else "Visi rodikliai")
        for row in rows:
            sheet.append(row)
        change(sheet)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def read(content: bytes) -> FigureTable:
    """What is read of a workbook, without the process that bounds it."""
    found = tables_in(content, "a.xlsx")
    if isinstance(found, FigureTable):
        return found
    raise found


def test_the_sheet_is_found_by_its_heads_and_numbers_are_read_as_they_are_shown():
    rows = [[*ROW[:4], value, ""] for value in (12.0, 2.5, 0.1 + 0.2, "1 024", 10**14)]
    table = read(book(["Our figures"], [], HEAD, *rows))
    assert ["12", "2.5", "0.3", "1 024", "100000000000000"] == [row["value"] for row in table.rows]
    assert ("2020", "Visi rodikliai!E4") == (table.rows[0]["year"], table.place(table.rows[0]))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("=6*2", "this is a formula"),
        (date(2020, 2, 1), "this is a date (2020-02-01), which a spreadsheet made of what was typed"),
        ("#REF!", "this is the error #REF! of a formula"),
    ],
)
def test_a_cell_that_holds_no_number_of_its_own_is_told(value, words):
    (row,) = read(book(HEAD, [*ROW[:4], value])).rows
    assert words == row.problems["value"][0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (book(ROW), "a.xlsx:1:1: error: no sheet contains a table of figures"),
        (book(HEAD, ROW, copies=2), "the sheets 'Visi rodikliai' and 'Visi rodikliai 1' both contain a table"),
        (book([*HEAD, "value"], ROW), "two columns are called 'value'"),
    ],
)
def test_a_workbook_without_one_table_is_refused(content, said):
    with pytest.raises(DataError) as caught:
        read(content)
    assert said in str(caught.value.findings[0])


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0", b"PK\x03\x04", book(HEAD, ROW)[:-400]])
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(ReporterError) as caught:
        read_workbook_table(content, "a.xlsx")
    assert "a.xlsx" in str(caught.value)


def test_rows_below_many_empty_ones_are_read_and_more_than_the_most_are_refused(monkeypatch):
    monkeypatch.setattr(figure_table, "MOST_ROWS", 30)
    monkeypatch.setattr(table_workbook, "MOST_ROWS", 30)
    far = book(HEAD, ROW, change=lambda sheet: sheet.cell(900, 1, "x"))
    assert ["Visi rodikliai!E2", "Visi rodikliai!E900"] == [read(far).place(row) for row in read(far).rows]
    with pytest.raises(DataError) as caught:
        read(book(HEAD, *[ROW] * 60))
    assert "a.xlsx:32:1: error: more than 30 rows" in str(caught.value.findings[0])
