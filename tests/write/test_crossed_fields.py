"""Cells of crosses, written one after the other in any order, are read back as they were typed."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from reporter.data.files.sources import Sources
from reporter.data.read.dataset import load_dataset
from reporter.data.write.amendment import Amendment, amended
from reporter.data.write.figure_fields import FigureField, detail_step, value_step
from reporter.data.write.yaml_format import Splice
from tests import small

FILES = {path: text.encode() for path, text in {**small.FILES, **small.CROSSED}.items()}
FILES.pop(small.TEXT)
START = """\
year: 2020  # the year
source: police
# What the police counted.
figures:
  # Counted on 1 March.
  victims.identified:
    total: 12  # of the register
    by person: {women: 9, men: 3}
    # The table of the annex.
"""
# The same cells as the file of a year may have them already.
BEGUN = (
    "",
    "    by form, person:\n      # first row\n      sexual: {women: 1}  # from page 3\n",
    "    by person, form:\n      women:\n        sexual: 1  # one cell a line\n",
)
CATALOGUE = load_dataset(Sources.from_contents(FILES), ["XX"]).dataset.catalogue
CODES = {"form": ("sexual", "labour"), "person": ("women", "men", "girls"), "citizenship": ("national", "BR")}
CROSSES = ("form,person", "person,citizenship", "form,citizenship", "form,person,citizenship")
CELLS = [
    (cross, ".".join(codes)) for cross in CROSSES for codes in product(*(CODES[name] for name in cross.split(",")))
]
values = st.sampled_from(["0", "3", "at least 5", "about 7", "missing", "suppressed"])


def field(cell: tuple[str, str]) -> FigureField:
    return FigureField(small.YEAR, "victims.identified", *cell)


def stepped(text: str, step) -> str:
    amendment = step(Sources.from_contents({small.YEAR: text.encode()}))
    if amendment is None:
        return text
    assert isinstance(amendment, Amendment)
    splice = amended(text, amendment)
    assert isinstance(splice, Splice)
    return splice.apply(text)


def read(text: str) -> dict[tuple[str, str], tuple[str, tuple[str, ...]]]:
    """The cells of a file with their values and notes."""
    dataset, findings = load_dataset(Sources.from_contents({**FILES, small.YEAR: text.encode()}), ["XX"])
    assert () == findings
    return {
        (each.dimension, each.code): (value_of(text, each), tuple(note.text("en") for note in each.notes))
        for each in dataset.countries[0].observations
        if each.year == 2020 and "," in each.dimension
    }


def value_of(text: str, seen) -> str:
    number = "" if seen.value is None else f"{seen.qualifier} {seen.value}".strip()
    return number.removeprefix("exact ") or str(seen.status)


@given(st.sampled_from(BEGUN), st.permutations(CELLS), st.lists(values, min_size=1, max_size=12), st.data())
def test_cells_are_read_back_in_whatever_order_they_were_typed(begun, cells, typed, data):
    text = START + begun
    wanted = {("form,person", "sexual.women"): ("1", ())} if begun else {}
    for cell, value in zip(cells, typed, strict=False):
        now = wanted.get(cell, ("", ()))[0]
        text = stepped(text, value_step(field(cell), CATALOGUE, value, now))
        wanted[cell] = (value, ())
        assert wanted == read(text)
    cell = data.draw(st.sampled_from(sorted(wanted)))
    text = stepped(text, detail_step(field(cell), CATALOGUE, ("note", "en"), "Counted twice."))
    wanted[cell] = (wanted[cell][0], ("Counted twice.",))
    assert wanted == read(text)
    # A cell is removed, with its row if it was the last one there.
    text = stepped(text, detail_step(field(cell), CATALOGUE, ("note", "en"), None))
    text = stepped(text, value_step(field(cell), CATALOGUE, "", wanted[cell][0]))
    del wanted[cell]
    assert wanted == read(text)
    comments = ("# the year", "# What the police", "# Counted on", "# of the register", "# The table of the annex.")
    assert [] == [each for each in comments if each not in text]


def test_a_cell_goes_where_the_file_has_its_cross_and_the_other_lines_stay():
    text = START + BEGUN[2]
    now = stepped(text, value_step(field(("form,person", "labour.women")), CATALOGUE, "2", ""))
    assert now == text + "        labour: 2\n"
    new = stepped(START, value_step(field(("form,person", "labour.women")), CATALOGUE, "2", ""))
    assert ["by form, person:", "labour: {women: 2}", "# The table of the annex."] == [
        line.strip().replace('"', "") for line in new.splitlines()[-3:]
    ]


EMPTIED = "    by form, person, citizenship:\n      sexual:\n        women: {national: 1}\n"
TWO_ROWS = f"{EMPTIED}        men: {{national: 2}}\n      labour:\n        women: {{BR: 3, national: 4}}\n"


def test_a_row_goes_with_its_last_cell_and_a_table_with_its_last_row():
    cross, head = "form,person,citizenship", EMPTIED.partition("\n")[0] + "\n"
    plain = START.removesuffix("    # The table of the annex.\n")
    text = plain + TWO_ROWS
    for cell, value, rest in (
        ("sexual.women.national", "1", TWO_ROWS.replace("        women: {national: 1}\n", "")),
        ("sexual.men.national", "2", head + TWO_ROWS.partition("2}\n")[2]),
        ("labour.women.BR", "3", f"{head}      labour:\n        women: {{national: 4}}\n"),
        ("labour.women.national", "4", ""),
    ):
        text = stepped(text, value_step(field((cross, cell)), CATALOGUE, "", value))
        assert text == plain + rest


def test_an_emptied_table_with_a_comment_stays():
    text = stepped(START + BEGUN[2], value_step(field(("form,person", "sexual.women")), CATALOGUE, "", "1"))
    assert text == START + "    by person, form: {}\n"
