"""Figures that another publication states: in its own words, and in the words of ours."""

from dataclasses import dataclass

from reporter.data.errors import Mark
from reporter.data.records.label import Label

WHOLE = "Total"


@dataclass(frozen=True, slots=True, order=True)
class ExternalCell:
    """The place of a figure in the tables of another publication. An axis that is not divided says Total."""

    indicator: str
    dimension: str = WHOLE
    category: str = WHOLE
    sex: str = WHOLE
    age: str = WHOLE

    def __str__(self) -> str:
        axes = (self.category, self.sex, self.age)
        return ", ".join((self.indicator, *(each for each in axes if each != WHOLE)))


@dataclass(frozen=True, slots=True)
class TheirName:
    """What another publication calls one of its cells or axes."""

    words: str
    cell: ExternalCell

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class ExternalValue:
    """A value of another publication, which may be masked. A mask such as <5 has no value, and `below` is its limit; it
    covers zero too."""

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
    """One country's rows in a file of another publisher. `publisher` and `stamped` say whose they are and of which day,
    in the words of the file; empty when it does not."""

    path: str
    publisher: str
    stamped: str
    rows: tuple[ExternalValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedValue:
    """A figure as another publication states it, in our words. `figure` is its address, `value` is what the file of the
    year would have: `12`, `at least 3`, `suppressed`. `place` says where it stands there: `line 17`, `All figures!E17`.
    `incomplete` are breakdowns of a total that do not state all its parts. `notes` are texts as they are there;
    `remarks` are messages of ours about the value, to be said in every language of the workspace
    (`reporter.data.records.message.Told`). `vintage` is the year of the file that states it, None for its own year;
    `was` is what that one has of it. `period` is the time that it covers, empty for its year."""

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
    """A row of a publication that no figure here answers to. `words` name it as it is named there, `reason` says why it
    is left."""

    place: str
    words: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFault:
    """What a publication contradicts itself in. `figures` are the addresses that it touches, none where no figure here
    answers to its rows; `words` is a message that can be told again in other languages
    (`reporter.data.records.message.Told`). One that is not `in_doubt` says itself why the numbers do not fit."""

    year: int
    figures: tuple[str, ...]
    words: str
    places: tuple[str, ...] = ()
    in_doubt: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFigures:
    """What a publication states of one country. `file` is its name as it was given, `source` the code of a source in
    the catalogue, empty when each value has its own; `published` is the day of the publication as ISO writes it, empty
    when it says none. `warnings` are words for who takes it in, such as an indicator that the file calls otherwise. One
    that `is_protected` left after it was checked: what it withholds does not follow from it."""

    file: str
    sha256: str
    source: str
    published: str
    values: tuple[ImportedValue, ...]
    left: tuple[LeftRow, ...] = ()
    faults: tuple[ImportedFault, ...] = ()
    warnings: tuple[str, ...] = ()
    is_protected: bool = False
