"""The sections of a comparison: what is told of years, editions and countries."""

import pytest

from tests import small
from tests.comparison.sides import OPENED, block, countries, editions, made, rows, said, years
from tests.outline import outline


def test_editions_tell_a_revision_with_its_reason_and_leave_the_earlier_one_as_it_was(ruritania):
    (revision,) = ruritania.country("XX").revisions[:1]
    before, after = revision.year, revision.now.vintage
    row = rows(ruritania, editions(before, before, after))[revision.figure]
    assert (revision.was, revision.now.value) == tuple(seen.value for seen in row.values)
    table = block(made(ruritania, editions(before, before, after)), "every_change")
    assert revision.reason.text("en") in [text for _, text in table.notes]


def test_a_revision_of_a_figure_in_doubt_is_told(tmp_path):
    """Both are of one year: the doubt forbids comparing it with other years, not saying what was revised."""
    doubt = "accepted: [{rule: jump, figure: victims.identified, comparable: false, reason: {en: As printed.}}]\n"
    revision = "revisions: [{figure: victims.identified, year: 2019, was: 60, now: 61, reason: {en: One found.}}]\n"
    changed = {
        "data/XX/2019.yaml": small.FILES["data/XX/2019.yaml"] + doubt,
        small.YEAR: small.FILES[small.YEAR] + revision,
    }
    (change,) = rows(small.load(tmp_path, changed), editions(2019, 2019, 2020))["victims.identified"].changes
    assert (1, None) == (change.difference, change.obstacle)


def test_notes_on_a_value_that_was_revised_stay_in_its_own_column(tmp_path):
    revision = "revisions: [{figure: persons.convicted, year: 2018, was: missing, now: 22, reason: {en: Found.}}]\n"
    missing = "{total: missing, note: {en: Not reported.}}"
    first = f"year: 2018\nsource: police\nfigures: {{persons.convicted: {missing}, {OPENED}: 7}}\n"
    changed = {"data/XX/2018.yaml": first, small.YEAR: small.FILES[small.YEAR] + revision}
    table = block(made(small.load(tmp_path, changed), editions(2018, 2019, 2020)), "every_change")
    (row,) = [row for row in table.rows if row.label == "Persons convicted"]
    notes = dict(table.notes)
    told = [(cell.text, [notes[mark] for mark in cell.marks]) for cell in row.cells[:2]]
    assert [(":", ["Not reported."]), ("22", ["Found."])] == told


@pytest.mark.parametrize(
    ("named", "language"), [((2019, 2020), "en"), ((2019, 2020), "lt"), (tuple(range(2009, 2021)), "en")]
)
def test_what_the_comparison_says_of_lithuania(lithuania, golden, named, language):
    name = f"{named[0]}-{named[-1]}" if len(named) < 3 else f"{named[0]}-to-{named[-1]}"
    golden(f"comparison/{name}-{language}.txt", outline(made(lithuania, years(*named, language=language))))


@pytest.mark.parametrize(("convicted", "told"), [("4", 0), ("{total: 4, flags: [d]}", 1)])
def test_countries_that_define_a_figure_differently_say_so(tmp_path, convicted, told):
    text = said(countries(tmp_path, "", convicted))
    assert told == text.count("Persons convicted – XX: 6, YY: 4. The definitions differ.")
    assert "Persons convicted – XX: 6, YY: 4." in text


def test_the_cover_names_only_what_lists_of_the_years_side_by_side_name(lithuania):
    edition = made(lithuania, years(2019, 2020)).edition
    assert ("2019–2020", {"DE", "ES", "FR", "NL", "SE", "UK"}) == (edition.span, set(edition.named))
    assert {"IE", "IS", "DK"} <= set(made(lithuania, years(2009, 2020)).edition.named)
