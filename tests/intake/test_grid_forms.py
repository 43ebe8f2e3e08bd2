"""A form asks for a cross as a grid, and for countries by name; every cell comes back to its place."""

from pathlib import Path

import pytest

from reporter.data.files.workspace import Workspace
from reporter.exchange.agencies.agency_proposals import accepting, answers_of_year, chosen, decide_answers
from reporter.exchange.agencies.taking_in import take_in
from tests import forms, small
from tests.intake.test_receiving import ANA, NOW, received
from tests.snapshots import dataset_of

CATALOGUE = (
    small.FILES["data/catalogue.yaml"]
    .replace("dimensions: [person]", "dimensions: [form, person, citizenship]")
    .replace(
        "  person:\n",
        "  citizenship:\n    label: {en: Citizenship}\n    countries: XX\n    codes:\n"
        "      national: {label: {en: Own citizens}}\n      eu: {label: {en: EU}}\n"
        "      third_country: {label: {en: Outside the EU}}\n  person:\n",
        1,
    )
)
ANSWERS = "[victims.identified by form and person, victims.identified by citizenship]"
CHANGED = {
    "data/catalogue.yaml": CATALOGUE,
    forms.COUNTRY: forms.FILES[forms.COUNTRY].replace("[investigations.opened, victims.identified]", ANSWERS),
}
CELL, FIRST, SECOND = "victims.identified.sexual.women", *(f"victims.identified.?citizenship.{n}" for n in (1, 2))


@pytest.fixture
def root(tmp_path: Path, read_here: None) -> Path:
    return forms.write(tmp_path, CHANGED)


def test_every_cell_of_a_grid_comes_back_to_its_place_and_a_renamed_head_is_told(root: Path) -> None:
    content = forms.form(root)
    cells = forms.cells_of(forms.opened(content))
    assert 12 == sum(address.count(".") == 3 and "?" not in address for address in cells)
    book = forms.fill(forms.opened(content), {CELL: 9, "victims.identified.labour.men": "none"})
    sheet = book[cells[CELL][0]]
    sheet.insert_cols(2)
    came = received(root, forms.saved(book))
    assert {CELL: "9", "victims.identified.labour.men": "0"} == {one.figure: one.value for one in came.received.answers}
    assert f"{sheet.title}!G5" == came.places[CELL]
    head = next(cell for cell in sheet[4] if cell.value == "Women")
    head.value = "Ladies"
    told = {one.figure: one.words for one in received(root, forms.saved(book)).problems}
    assert "This column says “Ladies”, and the form asked for “Women”." == told[CELL]
    assert "victims.identified.labour.men" not in told


def test_a_comma_that_splits_a_cross_into_two_answers_is_told(tmp_path: Path) -> None:
    country = CHANGED[forms.COUNTRY].replace("by form and person", "by form, person")
    found = small.findings(tmp_path, {**forms.FILES, **CHANGED, forms.COUNTRY: country})
    assert [("police: 'person' is a breakdown and no figure", "to cross breakdowns, write: by form and person")] == [
        (each.message, each.hint) for each in found
    ]
    quoted = country.replace("victims.identified by form, person", '"victims.identified by form, person"')
    assert CELL in forms.asked(forms.write(tmp_path, {**CHANGED, forms.COUNTRY: quoted})).addresses


@pytest.mark.parametrize(
    ("named", "number", "told"),
    [
        ("Wakanda", 1, "“Wakanda” is not the name of one country."),
        (None, 1, "There is a number, and no country next to it."),
        ("Brazil", None, "This cell is empty."),
        ("Moldavia", "many", "“many” is neither a number"),
    ],
)
def test_a_country_that_is_unclear_is_told_at_its_cell(
    root: Path, named: str | None, number: object, told: str
) -> None:
    book = forms.fill(forms.opened(forms.form(root)), {FIRST: number})
    sheet, cell = forms.cells_of(book)[FIRST]
    book[sheet].cell(book[sheet][cell].row, 1).value = named
    problem = next(one for one in received(root, forms.saved(book)).problems if told in one.words)
    assert f"{sheet}!{cell}" == problem.cell


def test_countries_that_an_agency_names_are_taken_accepted_and_asked_for_in_the_next_year(root: Path) -> None:
    book = forms.fill(forms.opened(forms.form(root)), {FIRST: 3, SECOND: 2, CELL: 4})
    for address, name in ((FIRST, "Brazil"), (SECOND, "EL")):
        sheet, cell = forms.cells_of(book)[address]
        book[sheet].cell(book[sheet][cell].row, 1).value = name
    workspace = Workspace(root)
    came = take_in(workspace, workspace.snapshot(), forms.saved(book), "police.xlsx", "2021-03-03", NOW)
    answers = {one.figure: one.value for one in came.received.answers}
    assert {"victims.identified.BR": "3", "victims.identified.EL": "2", CELL: "4"} == answers
    batch = answers_of_year(workspace.snapshot(), "XX", 2020)
    decide_answers(workspace, accepting(batch, chosen(batch, ["all"]), "", "Ana"), ANA)
    values = {one.address: one.value for one in dataset_of(root, ("XX",)).countries[0].observations}
    assert {address: str(values[address]) for address in answers} == answers
    asked = forms.asked(root, year=2021).addresses
    assert {"victims.identified.BR", "victims.identified.EL"} <= {*asked}
    assert not any("?" in address for address in asked)


BY_THREE = "[victims.identified by form and person and citizenship]"
DEEP = "victims.identified.labour"


def test_a_cross_of_three_breakdowns_comes_back_cell_by_cell_with_what_is_wrong_at_its_cell(tmp_path: Path) -> None:
    country = {forms.COUNTRY: CHANGED[forms.COUNTRY].replace(ANSWERS, BY_THREE)}
    root = forms.write(tmp_path, {**small.CROSSED, **country})
    content = forms.form(root)
    cells = {code: place for code, place in forms.cells_of(forms.opened(content)).items() if code.count(".") == 4}
    assert 2 * 6 * 3 == len(cells)
    sheet = forms.opened(content)[cells[f"{DEEP}.women.national"][0]]
    labels = {sheet.cell(row, 1).value: sheet.cell(row, 1) for row in range(5, sheet.max_row + 1)}
    outer, inner = (labels[f"Labour exploitation, {name}"] for name in ("children", "girls"))
    assert (0, 2) == (outer.alignment.indent, inner.alignment.indent)
    assert ("thin", None) == (outer.border.top.style, inner.border.top.style)
    values: dict[str, object] = {code: number for number, code in enumerate(cells)}
    wrong = {
        f"{DEEP}.women.national": -1,
        f"{DEEP}.men.national": "many",
        f"{DEEP}.boys.national": 2.5,
        f"{DEEP}.girls.national": None,
    }
    came = received(root, forms.saved(forms.fill(forms.opened(content), values | wrong)))
    assert {(one.figure, one.value, one.cell) for one in came.received.answers} == {
        (code, str(number), "!".join(cells[code])) for code, number in values.items() if code not in wrong
    }
    assert {(one.figure, one.cell) for one in came.problems} == {
        (code, "!".join(cells[code])) for code, value in wrong.items() if value
    }
    assert f"{DEEP}.girls.national" in came.open
