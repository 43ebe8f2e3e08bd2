"""What agencies say of a year and its file does not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reporter.document.questionnaire import Questionnaire
from reporter.edit.amendment import Amendment, Conflict, slice_digest, slice_of
from reporter.edit.figure_fields import FigureField, detail_step, value_step, written_value, year_figures, year_file
from reporter.edit.written_steps import Step
from reporter.errors import ReporterError
from reporter.files.sources import Sources
from reporter.load.dataset import ACTIVITIES
from reporter.load.received import read_received
from reporter.load.yaml_tree import decode, read_yaml
from reporter.model import Agency, Catalogue, Received, ReceivedAnswer

# What stands in a file where nobody has looked yet.
OPEN = ("", "unanswered")


class UnknownFigureError(ReporterError):
    """The catalogue does not know a figure any more."""


@dataclass(frozen=True, slots=True)
class AgencyAnswer:
    """What an agency says of a figure, and in which workbook."""

    received: Received
    answer: ReceivedAnswer

    @property
    def place(self) -> str:
        return f"{self.received.file}, {self.answer.cell}"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an agency says of a figure, where the file differs. `now` is what is written there, empty for nothing.
    `rivals` are what other agencies say of the same."""

    figure: str
    said: AgencyAnswer
    now: str
    rivals: tuple[AgencyAnswer, ...] = ()

    @property
    def is_new(self) -> bool:
        return self.now in OPEN


def proposals(sources: Sources, catalogue: Catalogue, country: str, year: int) -> tuple[Proposal, ...]:
    """What agencies say of a year, and nobody has decided on. Of several workbooks of an agency the last one counts.
    Raises DataError where what they sent cannot be read."""
    latest: dict[tuple[str, str], AgencyAnswer] = {}
    for received in read_received(sources, country, (year,)):
        for answer in received.answers:
            latest[answer.figure, received.agency] = AgencyAnswer(received, answer)
    found = []
    for (figure, agency), said in latest.items():
        try:
            now = value_in_year(sources, catalogue, country, year, figure)
        except UnknownFigureError:
            # It was renamed since; what was sent stays written down.
            continue
        if now == said.answer.value or said.answer.kept:
            continue
        others = (each for (other, by), each in latest.items() if other == figure and by != agency)
        rivals = tuple(each for each in others if each.answer.value != said.answer.value)
        found.append(Proposal(figure, said, now, rivals))
    return tuple(found)


def value_in_year(sources: Sources, catalogue: Catalogue, country: str, year: int, figure: str) -> str:
    """What the file of a year says, empty for nothing."""
    file = year_file(country, year)
    field = field_of(catalogue, file, figure)
    if field:
        return written_value(year_figures(sources, file), field)
    inside: object = read_yaml(sources, file).data
    for key in _count_path(figure):
        inside = inside.get(key) if isinstance(inside, dict) else None
    inside = inside.get("value") if isinstance(inside, dict) else inside
    return inside if isinstance(inside, str) else ""


def field_of(catalogue: Catalogue, file: str, figure: str) -> FigureField | None:
    """The field of a figure in the file of a year. None for a count of an activity, which stands elsewhere. Raises
    UnknownFigureError for one that the catalogue does not know."""
    if figure.startswith(ACTIVITIES):
        return None
    indicator, axis, part = catalogue.split(figure)
    if indicator:
        return FigureField(file, indicator.code, axis.code if axis else "", part.code if part else "")
    raise UnknownFigureError(f"the catalogue knows no figure {figure}", hint="it was renamed since the form was made")


def accepting_steps(accepted: Iterable[Proposal], agencies: Sequence[Agency], catalogue: Catalogue) -> Iterator[Step]:
    """The steps that write what agencies say into the year's file. A total gets the source of its agency, where that
    has one of its own, or of the publication, and its definition."""
    known = {each.code: each for each in agencies}
    for each in accepted:
        received, value = each.said.received, each.said.answer.value
        file = year_file(received.country, received.year)
        field = field_of(catalogue, file, each.figure)
        if field is None:
            yield _count_step(file, each.figure, value, each.now)
            continue
        yield value_step(field, catalogue, value, each.now)
        agency = known.get(each.said.received.agency)
        source = next(
            (
                item
                for item in ((agency.source,) if agency else (each.said.received.agency, each.said.answer.source))
                if item and catalogue.source(item)
            ),
            "",
        )
        if source and not field.code:
            yield _source_step(field, catalogue, source)
        if each.said.answer.definition and not field.code:
            yield detail_step(field, catalogue, ("definition",), each.said.answer.definition)


def _source_step(field: FigureField, catalogue: Catalogue, source: str) -> Step:
    write = detail_step(field, catalogue, ("source",), source)

    def step(sources: Sources) -> Amendment | Conflict | None:
        data = read_yaml(sources, field.file).data
        usual = data.get("source") if isinstance(data, dict) else None
        return None if usual == source else write(sources)

    return step


def _count_path(figure: str) -> tuple[str, ...]:
    owner, _, count = figure.removeprefix(ACTIVITIES).rpartition(".")
    return ("activities", owner, "figures", count)


def _count_step(file: str, figure: str, value: str, seen: str) -> Step:
    def step(sources: Sources) -> Amendment | Conflict | None:
        path = _count_path(figure)
        text = decode(sources.find(file).content, file)
        written = slice_of(text, file, path)
        if not seen and written:
            return Conflict(file, path, value, theirs=written)
        return Amendment(file=file, path=path, value=value, seen=slice_digest(written))

    return step


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong at a cell, or odd; `cell` may be empty."""

    figure: str
    cell: str
    words: str
    is_odd: bool = False


@dataclass(frozen=True, slots=True)
class Reception:
    """What came of a workbook: answers, problems, what is still open. `places` are the cells of figures, as far as they
    were found; `proposals` what differs from the file of its year, `written` the files that say so."""

    received: Received
    asked: Questionnaire
    problems: tuple[CellProblem, ...]
    open: tuple[str, ...]
    places: Mapping[str, str]
    proposals: tuple[Proposal, ...] = ()
    written: tuple[Path, ...] = ()
