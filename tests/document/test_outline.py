"""What is in which document, that nothing is in none, and whose each printed value is."""

import pytest

from reporter.data.outline import COMPARED, PROFILE, SECTIONS, TEXTS, Volume, parts
from reporter.data.records import Annexes
from reporter.editions.job import Job
from reporter.editions.making.composed import document_of
from reporter.report.document.content import printed_values
from reporter.report.document.document import Figure, Table
from tests.editions import ENGLISH, checked


def blocks(*outlines):
    return {block for outline in outlines for part in parts(outline) for block in part.blocks}


@pytest.mark.parametrize("annexes", Annexes)
def test_wherever_the_annexes_stand_everything_is_in_one_of_the_documents(annexes):
    # In the profile revisions are listed if there are any, in Data and methods always.
    assert blocks(SECTIONS) == blocks(*PROFILE[annexes].values()) - {"revised"}


def test_the_profile_keeps_of_the_annexes_what_a_reader_needs():
    short = PROFILE[Annexes.SHORT]
    both = blocks(short[Volume.MAIN]) & blocks(short[Volume.METHODS])
    assert {"symbols", "abbreviations", "sources"} == both
    assert "revised" in blocks(short[Volume.MAIN])
    assert [] == [part.code for part in short[Volume.METHODS] if part.annex]


def test_the_texts_word_by_word_are_not_in_the_comparison():
    assert set() == blocks(COMPARED[Volume.MAIN]) & blocks(TEXTS)


def test_every_value_of_a_table_and_a_chart_is_told_with_its_place() -> None:
    document = document_of(checked("XX"), Job("XX", 2022, "en"), ENGLISH)
    found = [(each.address, each.observation.year, each.place) for each in printed_values(document)]
    expected = []
    for section in document.walk():
        for block in section.blocks:
            tables = {"Table": block} if isinstance(block, Table) else {}
            tables |= {"Figure": block.table} if isinstance(block, Figure) else {}
            for kind, table in tables.items():
                seen = [cell.observation for row in table.rows for cell in row.cells if cell.observation]
                number = block.number if isinstance(block, Figure | Table) else 0
                expected += [(each.address, each.year, f"{kind} {number}") for each in seen]
    assert expected == [each for each in found if each[-1] not in ("text", "headline")]
    assert {"text", "headline"} <= {place for *_, place in found}


def test_a_place_names_its_section() -> None:
    document = document_of(checked("XX"), Job("XX", 2022, "en"), ENGLISH)
    first = next(printed_values(document))
    assert "At a glance, headline" == str(first)
