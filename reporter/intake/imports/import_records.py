"""What a publication says, written down for each year it is about. Such a record is what an agency's workbook is: who
sees the figure sees file and line, and decides what differs."""

from collections.abc import Iterable, Iterator, Sequence

from reporter.errors import Mark
from reporter.files.received import ReceivedPlace
from reporter.files.sources import Sources
from reporter.intake.agency_proposals import OPEN, UnknownFigureError, value_in_year
from reporter.load.received import read_received
from reporter.model import Catalogue, Difference, Received, ReceivedAnswer
from reporter.model.imported import ImportedFault, ImportedFigures, ImportedValue
from reporter.model.label import ENGLISH

MISSING, SUPPRESSED = "missing", "suppressed"
# Who is named where the publication is no source of the catalogue.
UNNAMED = "publication"


def record_name(figures: ImportedFigures) -> str:
    return figures.source or UNNAMED


def records_of(sources: Sources, country: str, figures: ImportedFigures) -> tuple[Received, ...]:
    """What earlier files of the publication said; raises DataError."""
    return tuple(each for each in read_received(sources, country) if each.agency == record_name(figures))


def has_record(records: Iterable[Received], record: Received) -> bool:
    said = {(each.figure, each.value) for each in record.answers}
    same = (each for each in records if (each.year, each.sha256) == (record.year, record.sha256))
    return any(said <= {(one.figure, one.value) for one in each.answers} for each in same)


def new_record(figures: ImportedFigures, country: str, year: int, day: str, before: Sequence[int]) -> Received:
    """The record of a year, without its answers. `before` are the numbers of those there are."""
    number = max(before, default=0) + 1
    place = ReceivedPlace(country, year, record_name(figures), number)
    return Received(
        country=country,
        agency=record_name(figures),
        year=year,
        number=number,
        file=figures.file,
        sha256=figures.sha256,
        received=day,
        mark=Mark(place.path),
    )


def answers_of(
    values: Iterable[ImportedValue],
    faults: Iterable[tuple[ImportedFault, str]],
    earlier: Iterable[Received],
    differences: Sequence[Difference],
    path: str,
) -> Iterator[ReceivedAnswer]:
    """What is written down of the values of a year. A decision on what an earlier file said stays where this one says
    the same, and so does one that the file of the year explains under `differences:`."""
    records, doubts = sorted(earlier, key=lambda each: each.number), [*faults]
    for each in values:
        if each.value == MISSING:
            continue
        before = next((said for one in reversed(records) if (said := one.answer(each.figure))), None)
        kept, by = (before.kept, before.by) if before and before.value == each.value else ("", "")
        explained = next((one for one in differences if (one.figure, one.published) == (each.figure, each.value)), None)
        if explained and not kept:
            kept, by = explained.reason.text(ENGLISH), str(explained.mark)
        told = [words for fault, words in doubts if each.figure in fault.figures]
        yield ReceivedAnswer(
            figure=each.figure,
            value=each.value,
            cell=each.place,
            remark="; ".join(told),
            source=each.source,
            definition=each.definition,
            kept=kept,
            by=by,
            mark=Mark(path),
        )


def says_more(
    sources: Sources, catalogue: Catalogue, country: str, value: ImportedValue, earlier: Iterable[Received]
) -> bool:
    """Whether a value says more than the file of its year. A mask says less than a number, unless the number came from
    an earlier file of the publication."""
    if value.value != SUPPRESSED:
        return True
    try:
        now = value_in_year(sources, catalogue, country, value.vintage or value.year, value.figure)
    except UnknownFigureError:
        return False
    if now in (*OPEN, SUPPRESSED):
        return True
    said = (answer for one in earlier if one.year == value.year and (answer := one.answer(value.figure)))
    return any(each.value == now for each in said)
