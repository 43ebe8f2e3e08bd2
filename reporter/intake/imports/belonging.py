"""What of a publication has its place in a country's files. Counts of activities belong to their activity. What a table
withholds tells nothing of a number that is known, and what a later file revised stands in that file."""

from dataclasses import replace

from reporter.export.observations import BETWEEN
from reporter.i18n.words import N_
from reporter.intake.imports.published_table import printed_with
from reporter.intake.imports.table_addresses import ACTIVITIES
from reporter.model import Catalogue, CountryData, Label, Observation, Status, is_given
from reporter.model.imported import ImportedFigures, ImportedValue, LeftRow
from reporter.model.observation import amount_text
from reporter.model.telling import Told, tell

# Rules by which the parts of a breakdown should make their total.
SUMS = ("parts-make-total", "assisted-parts", "zero-or-missing", "bound-in-sum")
SUPPRESSED, MISSING = Status.SUPPRESSED.value, Status.MISSING.value


def with_place(figures: ImportedFigures, data: CountryData | None, catalogue: Catalogue) -> ImportedFigures:
    """Leave the values that have no place here, each with its reason."""
    here = _Here(figures, data, catalogue)
    values: list[ImportedValue] = []
    left = [*figures.left]
    for each in figures.values:
        reason = here.why_left(each)
        if reason:
            left.append(LeftRow(place=each.place, words=f"{each.figure} of {each.year}", reason=reason))
        elif not here.is_said(each):
            own = replace(each, notes=here.own_notes(each), incomplete=here.unexplained(each))
            values.append(replace(own, was=here.first_value(each)) if each.vintage else own)
    return replace(figures, values=tuple(values), left=tuple(left))


class _Here:
    """What the files of a country say already."""

    def __init__(self, figures: ImportedFigures, data: CountryData | None, catalogue: Catalogue) -> None:
        self.is_table, self.catalogue = not figures.source, catalogue
        self.years = {each.year for each in data.years} if data else set()
        self.known: dict[tuple[str, int], Observation] = {}
        self.first: dict[tuple[str, int], Observation] = {}
        self.activities: set[tuple[str, int]] = set()
        self.reasons: dict[tuple[str, int], set[str]] = {}
        self.accepted: set[tuple[str, int]] = set()
        if data:
            counts = [seen for thing in data.activities for seen in thing.figures]
            self.first = {(seen.address, seen.year): seen for seen in (*data.observations, *counts)}
            revised = {(each.now.address, each.year): each.now for each in data.revisions}
            self.known = self.first | revised
            self.activities = {(each.code, each.year) for each in data.activities}
            of_sums = [each for each in data.accepted if each.rule in SUMS]
            self.accepted = {(address, each.year) for each in of_sums for _, address, _ in each.values}
            for each in data.accepted:
                for address in printed_with(each.values, each.figure, each.year):
                    self.reasons.setdefault((address, each.year), set()).update(dict(each.reason.texts).values())

    def why_left(self, value: ImportedValue) -> Told | None:
        """Why a value has no place here, None where it has one."""
        is_count = value.figure.startswith(ACTIVITIES)
        if is_count and (value.figure.split(".")[1], value.year) not in self.activities:
            return tell(N_("no file has its activity: write it in that of its year, with its title, and import again"))
        if self.is_table and value.value == SUPPRESSED and is_given(self.known.get((value.figure, value.year))):
            return tell(N_("the file of its year has a number, which this one does not tell: it stays"))
        if value.vintage in self.years and not self.is_said(value):
            words = N_("the file of {year} does not say so: write it there under revisions:, with its reason")
            return tell(words, year=value.vintage)
        if value.vintage and not value.notes:
            words = N_("the file of {year} would revise it without a reason: write one as the note of the row")
            return tell(words, year=value.vintage)
        return None

    def is_said(self, value: ImportedValue) -> bool:
        """Whether a file says this already, and nothing is to be written. Of the figures of a year it is told
        elsewhere."""
        seen = self.known.get((value.figure, value.year))
        belongs = value.figure.startswith(ACTIVITIES) or value.vintage is not None
        return belongs and seen is not None and _text(seen) == value.value

    def own_notes(self, value: ImportedValue) -> tuple[Label, ...]:
        """The notes without the reasons under `accepted:`, which are printed beside them."""
        known = self.reasons.get((value.figure, value.year), set())
        texts = ((language, text.split(BETWEEN)) for each in value.notes for language, text in each.texts)
        kept = ((language, BETWEEN.join(part for part in parts if part not in known)) for language, parts in texts)
        return tuple(Label(((language, text),)) for language, text in kept if text)

    def unexplained(self, value: ImportedValue) -> tuple[str, ...]:
        axes = (axis for name in value.incomplete if (axis := self.catalogue.dimension(name)))
        return tuple(
            axis.code
            for axis in axes
            if not any((f"{value.figure}.{code.code}", value.year) in self.accepted for code in axis.codes)
        )

    def first_value(self, value: ImportedValue) -> str:
        seen = self.first.get((value.figure, value.year))
        return _text(seen) if seen else MISSING


def _text(seen: Observation) -> str:
    return amount_text(seen.value, seen.status, seen.qualifier)
