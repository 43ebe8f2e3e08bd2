"""Figures stated by another publication, in its words and in ours."""

from dataclasses import dataclass

from reporter.data.errors import Mark
from reporter.data.records.label import Label

WHOLE = "Total"


@dataclass(frozen=True, slots=True, order=True)
class ExternalCell:
    """A figure's position in the tables of another publication; an undivided axis is Total."""

    indicator: str
    dimension: str = WHOLE
    category: str = WHOLE
    sex: str = WHOLE
    age: str = WHOLE

    def __str__(self) -> str:
        return ", ".join((self.indicator, *(part for part in (self.category, self.sex, self.age) if part != WHOLE)))


@dataclass(frozen=True, slots=True)
class TheirName:
    """The name of a cell or axis in another publication."""

    words: str
    cell: ExternalCell

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class ExternalValue:
    """A value of another publication, perhaps masked: <5 has no value, `below` is its limit, and zero is possible."""

    cell: ExternalCell
    year: int
    value: int | None
    below: int | None
    mark: Mark

    @property
    def least(self) -> int:
        return 0 if self.value is None else self.value

    @property
    def most(self) -> int:
        return (self.below or 1) - 1 if self.value is None else self.value

    def __str__(self) -> str:
        return f"<{self.below}" if self.value is None else str(self.value)


@dataclass(frozen=True, slots=True)
class Publication:
    """One country's rows in another publisher's file. `publisher` and date (`stamped`) are as in the file, or empty."""

    path: str
    publisher: str
    stamped: str
    rows: tuple[ExternalValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedValue:
    """A figure stated by another publication, in our terms. `figure` is its address; `value` is as a year's file would
    have it: `12`, `at least 3`, `suppressed`; `place` is its position there: `line 17`, `All figures!E17`. `incomplete`
    are breakdowns that do not state all parts of a total. `notes` are texts of the publication; `remarks` are our
    translatable messages about the value (`reporter.data.records.message.Told`). `vintage` is the year of the file that
    states it, None for its own year; `was` is its value there. `period` is the time covered, empty for its year."""

    figure: str
    year: int
    value: str
    place: str
    flags: tuple[str, ...] = ()
    confidentiality: str = ""
    definition: str = ""
    source: str = ""
    incomplete: tuple[str, ...] = ()
    notes: tuple[Label, ...] = ()
    remarks: tuple[str, ...] = ()
    vintage: int | None = None
    was: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftRow:
    """A row of a publication that matches no figure here: `words` is its name there, `reason` why it is left."""

    place: str
    words: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFault:
    """A contradiction within a publication. `figures` are the addresses concerned, none if its rows match no figure
    here; `words` is a translatable message (`reporter.data.records.message.Told`). If not `in_doubt`, the publication
    itself explains why the numbers do not fit."""

    year: int
    figures: tuple[str, ...]
    words: str
    places: tuple[str, ...] = ()
    in_doubt: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFigures:
    """What a publication states about one country. `file` is its name as given; `source` is a source code in the
    catalogue, empty if each value has its own; `published` is the ISO date of publication, empty if not stated.
    `warnings` are for the person who imports it, such as an indicator under another name. An `is_protected` file was
    checked when exported: its withheld values cannot be derived from it."""

    file: str
    sha256: str
    source: str
    published: str
    values: tuple[ImportedValue, ...]
    left: tuple[LeftRow, ...] = ()
    faults: tuple[ImportedFault, ...] = ()
    warnings: tuple[str, ...] = ()
    is_protected: bool = False
