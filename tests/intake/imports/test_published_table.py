"""A published table carries the reasons of its findings as notes, and they are printed once."""

from reporter.errors import Finding, Mark, Severity
from reporter.intake.imports.published_table import printed_with, with_own_reasons
from reporter.intake.imports.year_texts import AcceptedFault, ImportedYear

VALUES = ((2020, "victims.identified.men", "20"), (2020, "victims.identified.women", "60"))


def reason(notes: dict[str, dict[str, str]], values: tuple[tuple[int, str, str], ...] = VALUES) -> object:
    finding = Finding(
        severity=Severity.ERROR,
        code="nested-ages",
        message="m",
        mark=Mark("a"),
        figure="victims.identified",
        year=2020,
        values=values,
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


def test_the_note_that_stands_where_a_reason_is_printed_is_the_reason():
    both = {name: {"en": "Two persons are of another sex."} for _, name, _ in VALUES}
    assert "Two persons are of another sex." == reason(both)


def test_without_a_note_at_each_of_them_it_is_what_was_found():
    assert "As published: m." == reason({VALUES[0][1]: {"en": "Two persons are of another sex."}})
