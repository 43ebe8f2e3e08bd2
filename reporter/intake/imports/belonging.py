"""What of a publication has its place in a country's files.

Counts of activities belong to their activity. What a table withholds tells nothing of a number that is known,
and what a later file revised stands in that file.
"""

from dataclasses import replace

from reporter.edit.figure_fields import year_file
from reporter.i18n.words import N_
from reporter.intake.imports.table_addresses import ACTIVITIES
from reporter.model import CountryData, Observation, Status, is_given
from reporter.model.imported import ImportedFigures, ImportedValue, LeftRow
from reporter.model.observation import amount_text
from reporter.model.telling import Told, tell

SUPPRESSED, MISSING = Status.SUPPRESSED.value, Status.MISSING.value


def with_place(figures: ImportedFigures, data: CountryData | None) -> ImportedFigures:
    """Leave the values that have no place here, each with its reason."""
    here = _Here(figures, data)
    values: list[ImportedValue] = []
    left = [*figures.left]
    for each in figures.values:
        reason = here.why_left(each)
        if reason:
            left.append(LeftRow(place=each.place, words=f"{each.figure} of {each.year}", reason=reason))
        elif not here.is_said(each):
            values.append(replace(each, was=here.first_value(each)) if each.vintage else each)
    return replace(figures, values=tuple(values), left=tuple(left))


class _Here:
    """What the files of a country say already."""

    def __init__(self, figures: ImportedFigures, data: CountryData | None) -> None:
        self.is_table = not figures.source
        self.code = data.country.code if data else ""
        self.years = {each.year for each in data.years} if data else set()
        self.known: dict[tuple[str, int], Observation] = {}
        self.first: dict[tuple[str, int], Observation] = {}
        self.activities: set[tuple[str, int]] = set()
        if data:
            counts = [seen for thing in data.activities for seen in thing.figures]
            self.first = {(seen.address, seen.year): seen for seen in (*data.observations, *counts)}
            revised = {(each.now.address, each.year): each.now for each in data.revisions}
            self.known = self.first | revised
            self.activities = {(each.code, each.year) for each in data.activities}

    def why_left(self, value: ImportedValue) -> Told | None:
        """Why a value has no place here, None where it has one."""
        file = year_file(self.code, value.vintage or value.year)
        is_count = value.figure.startswith(ACTIVITIES)
        if is_count and (value.figure.split(".")[1], value.year) not in self.activities:
            return tell(N_("{file} has no such activity: write it there with its title, and import again"), file=file)
        seen = self.known.get((value.figure, value.year))
        if self.is_table and value.value == SUPPRESSED and is_given(seen):
            words = N_("{file} has a number, which the table does not tell: it stays")
            return tell(words, file=year_file(self.code, value.year))
        if value.vintage in self.years and not self.is_said(value):
            return tell(N_("{file} does not say so: write it there under revisions:, with its reason"), file=file)
        if value.vintage and not value.notes:
            return tell(N_("{file} would revise it without a reason: write one as the note of the row"), file=file)
        return None

    def is_said(self, value: ImportedValue) -> bool:
        """Whether a file says this already, and nothing is to be written.

        Of the figures of a year it is told elsewhere.
        """
        seen = self.known.get((value.figure, value.year))
        belongs = value.figure.startswith(ACTIVITIES) or value.vintage is not None
        return belongs and seen is not None and _text(seen) == value.value

    def first_value(self, value: ImportedValue) -> str:
        """What the file of its own year says of a revised value."""
        seen = self.first.get((value.figure, value.year))
        return _text(seen) if seen else MISSING


def _text(seen: Observation) -> str:
    return amount_text(seen.value, seen.status, seen.qualifier)
