"""Every mark, sign and abbreviation that is printed is explained, and no other."""

import re

from reporter.document.document import Proposals, Text
from reporter.document.texts import texts
from reporter.model import Flag, vintage
from reporter.sections import compose
from tests import small
from tests.editions import ENGLISH, checked, document
from tests.sections.annexes import known
from tests.sections.annexes import table as table_of
from tests.sections.composed import every_edition


@every_edition
def test_every_mark_and_sign_in_a_table_is_explained_below_it(country, year):
    for table in document(country, year).tables():
        cells = [cell for row in table.rows for cell in row.cells]
        explained = {mark for mark, _ in table.notes}
        assert {mark for cell in cells for mark in cell.marks} <= explained, table.code
        if table.code != "symbols":
            signs = {cell.text[0] for cell in cells if cell.text[:1] in ":–≥≈" and cell.text}
            assert signs <= explained, table.code


@every_edition
def test_every_footnote_has_one_place_and_every_reference_a_target(country, year):
    found = document(country, year)
    blocks = [block for each in found.walk() for block in each.blocks]
    texts_of = (block.texts() if isinstance(block, Proposals) else (block,) for block in blocks)
    html = "".join(each.html for found_in in texts_of for each in found_in if isinstance(each, Text))
    assert [1] * len(found.notes) == [html.count(f'id="note-{note.number}"') for note in found.notes]
    assert list(range(1, len(found.notes) + 1)) == [note.number for note in found.notes]
    anchors = {f"figure-{each.code}" for each in found.figures()} | {f"table-{each.code}" for each in found.tables()}
    assert set() == set(references(html)) - anchors


def references(html: str) -> list[str]:
    return [part.split('"')[0] for part in html.split('class="reference" href="#')[1:]]


@every_edition
def test_the_abbreviations_printed_are_those_used(country, year):
    found = document(country, year)
    words = "\n".join(text for each in found.walk() if each.code != "symbols" for text in texts(each))
    used = [short for short in known(country) if re.search(rf"(?<!\w){short}(?!\w)", words)]
    assert sorted(used) == [row.label for row in table_of(found, "abbreviations").rows]


def test_without_abbreviations_there_is_no_table_of_them(tmp_path):
    found = compose(vintage(small.load(tmp_path), "XX", 2020), ENGLISH).document
    assert [] == [each.code for each in found.tables() if each.code == "abbreviations"]


@every_edition
def test_the_flags_explained_are_those_that_figures_have(country, year):
    known = vintage(checked(country).dataset, country, year)
    flags = {flag.value for seen in known.index.values() for flag in seen.flags}
    labels = {row.label for row in table_of(document(country, year), "symbols").rows}
    assert flags == labels & {flag.value for flag in Flag}
