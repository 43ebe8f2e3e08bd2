"""The document says of every value it prints whose it is and where it stands."""

from reporter.document.document import Figure, Table
from reporter.document.printed import printed_values
from reporter.edition.job import Job
from reporter.produce.composed import document_of
from tests.editions import ENGLISH, checked


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
