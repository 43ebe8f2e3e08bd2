"""Notes called at rows: each text once, with all its years, and none lost."""

from hypothesis import given
from hypothesis import strategies as st

from reporter.document.document import Cell, Column, Row, Table
from reporter.tables.row_notes import noted_by_rows
from tests.editions import ENGLISH

YEARS = (2018, 2019, 2020)


def table(*rows: tuple[str, ...]) -> Table:
    """Rows of values, each a text such as "7 a B": a number, flags, and letters for notes."""
    texts = sorted({word for row in rows for cell in row for word in cell.split()[1:] if word.isupper()})
    marks = {text: f"({number})" for number, text in enumerate(texts, 1)}
    made = tuple(
        Row(
            f"Row {n}",
            tuple(Cell(cell.split()[0], None, tuple(marks.get(w, w) for w in cell.split()[1:])) for cell in row),
        )
        for n, row in enumerate(rows)
    )
    notes = (("b", "break"), *((mark, text) for text, mark in marks.items()))
    return Table("t", 1, "T", "", "", tuple(Column(str(year)) for year in YEARS), made, "Police", notes)


def test_a_note_that_rows_share_is_one_note_with_all_its_places():
    made = noted_by_rows(table(("1 A", "2", "3"), ("1 A", "2 B", "3"), ("1", "2 C", "3 C"), ("1", "2", "3 C")), ENGLISH)
    assert [("(1)",), ("(1)", "(2)"), ("(3)",), ("(3)",)] == [row.marks for row in made.rows]
    assert (("(1)", "2018: A"), ("(2)", "2019: B"), ("(3)", "Row 2, 2019 and 2020; Row 3, 2020: C")) == made.notes[1:]


def test_a_text_that_stands_elsewhere_gives_way_to_words_or_goes():
    made = noted_by_rows(table(("1 A", "2 B", "3"), ("1", "2 B", "3")), ENGLISH, {"A": "see Figure 2", "B": ""})
    assert (("(1)", "2018: see Figure 2"),) == made.notes[1:]
    assert [("(1)",), ()] == [row.marks for row in made.rows]


CELLS = st.lists(st.sampled_from(("A", "B", "C", "D", "b")), max_size=3, unique=True).map(
    lambda marks: " ".join(("1", *marks))
)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=5))
def test_every_note_is_told_once_with_every_value_it_is_on(rows):
    given_table = table(*rows)
    made = noted_by_rows(given_table, ENGLISH)
    known = {mark: text for mark, text in given_table.notes if mark.startswith("(")}
    assert sorted(known.values()) == sorted(text.rpartition(": ")[2] for mark, text in made.notes if mark != "b")
    for old, new in zip(given_table.rows, made.rows, strict=True):
        for column, cell in zip(given_table.columns, old.cells, strict=True):
            for text in (known[mark] for mark in cell.marks if mark in known):
                told = [note for mark, note in made.notes if mark in new.marks and note.endswith(f": {text}")]
                assert 1 == len(told)
                assert column.label in told[0] or "2018–2020" in told[0]
