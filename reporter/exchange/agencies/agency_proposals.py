"""Compare the answers of agencies with the file of a year, and record decisions: accept an answer, or say why not. The
reason for keeping a value is stored with the answer, through the same journal as figures: one undo reverts both."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reporter.data.errors import ReporterError, UsageError, nearest
from reporter.data.files.as_json import pick
from reporter.data.files.sources import Sources
from reporter.data.files.workspace import Workspace
from reporter.data.read.countries import split_anywhere, with_countries
from reporter.data.read.dataset import ACTIVITIES, load_dataset
from reporter.data.read.received import place_of, read_received
from reporter.data.read.yaml_tree import decode, read_yaml
from reporter.data.records import Agency, Catalogue, Dataset, Received, ReceivedAnswer
from reporter.data.write.amendment import Amendment, Conflict, slice_digest, slice_of
from reporter.data.write.applying import Step, Writer, step_to, write_or_refuse
from reporter.data.write.figure_fields import (
    FigureField,
    detail_step,
    value_step,
    written_value,
    year_figures,
    year_file,
)
from reporter.report.document.questionnaire import Questionnaire

# Values of a figure that is not answered yet.
OPEN = ("", "unanswered")
ALL = "all"


class UnknownFigureError(ReporterError):
    """The catalogue no longer contains a figure."""


@dataclass(frozen=True, slots=True)
class AgencyAnswer:
    """An agency's answer for a figure, and its workbook."""

    received: Received
    answer: ReceivedAnswer

    @property
    def place(self) -> str:
        return f"{self.received.file}, {self.answer.cell}"


@dataclass(frozen=True, slots=True)
class Proposal:
    """An answer that differs from `now`, the value in the file (empty for none). `rivals` are others' answers."""

    figure: str
    reply: AgencyAnswer
    now: str
    rivals: tuple[AgencyAnswer, ...] = ()

    @property
    def agency(self) -> str:
        return self.reply.received.agency

    @property
    def is_new(self) -> bool:
        return self.now in OPEN


def proposals(sources: Sources, catalogue: Catalogue, country: str, year: int) -> tuple[Proposal, ...]:
    """Undecided answers of agencies for a year, of several workbooks of an agency the last one's. Raises DataError."""
    latest: dict[tuple[str, str], AgencyAnswer] = {}
    for received in read_received(sources, country, (year,)):
        for answer in received.answers:
            latest[answer.figure, received.agency] = AgencyAnswer(received, answer)
    open_proposals = []
    # An answer may name a country that no figure has yet.
    catalogue = with_countries(catalogue, country) if latest else catalogue
    for (figure, agency), agency_answer in latest.items():
        try:
            now = value_in_year(sources, catalogue, country, year, figure)
        except UnknownFigureError:
            # It was renamed after the form was made; the answer stays on record.
            continue
        if now == agency_answer.answer.value or agency_answer.answer.reason:
            continue
        others = (other_answer for (other, by), other_answer in latest.items() if other == figure and by != agency)
        rivals = tuple(rival for rival in others if rival.answer.value != agency_answer.answer.value)
        open_proposals.append(Proposal(figure, agency_answer, now, rivals))
    return tuple(open_proposals)


def value_in_year(sources: Sources, catalogue: Catalogue, country: str, year: int, figure: str) -> str:
    file = year_file(country, year)
    if field := field_of(catalogue, file, figure):
        return written_value(year_figures(sources, file), field)
    inside: object = read_yaml(sources, file).data
    for key in _count_path(figure):
        inside = inside.get(key) if isinstance(inside, dict) else None
    inside = inside.get("value") if isinstance(inside, dict) else inside
    return inside if isinstance(inside, str) else ""


def field_of(catalogue: Catalogue, file: str, figure: str) -> FigureField | None:
    """The field of a figure in the file of a year, None for a count of an activity. Raises UnknownFigureError."""
    if figure.startswith(ACTIVITIES):
        return None
    indicator, axis, part = split_anywhere(catalogue, figure, file.split("/")[1])
    if indicator:
        return FigureField(file, indicator.code, axis.code if axis else "", part.code if part else "")
    raise UnknownFigureError(f"the catalogue has no figure {figure}", hint="it was renamed after the form was made")


def accepting_steps(accepted: Iterable[Proposal], agencies: Sequence[Agency], catalogue: Catalogue) -> Iterator[Step]:
    """The steps that write answers into the year's file. A total gets its definition, and its agency's source."""
    agency_by_code = {entry.code: entry for entry in agencies}
    for proposal in accepted:
        received, value = proposal.reply.received, proposal.reply.answer.value
        file = year_file(received.country, received.year)
        field = field_of(catalogue, file, proposal.figure)
        if field is None:
            yield _count_step(file, proposal.figure, value, proposal.now)
            continue
        yield value_step(field, catalogue, value, proposal.now)
        agency = agency_by_code.get(received.agency)
        named = (agency.source,) if agency else (received.agency, proposal.reply.answer.source)
        source = next((code for code in named if code and catalogue.source(code)), "")
        if source and not field.code:
            yield _source_step(field, catalogue, source)
        if proposal.reply.answer.definition and not field.code:
            yield detail_step(field, catalogue, ("definition",), proposal.reply.answer.definition)


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


def _count_step(file: str, figure: str, value: str, current_value: str) -> Step:
    def step(sources: Sources) -> Amendment | Conflict | None:
        path = _count_path(figure)
        written = slice_of(decode(sources.find(file).content, file), file, path)
        if not current_value and written:
            return Conflict(file, path, value, theirs=written)
        return Amendment(file=file, path=path, value=value, digest=slice_digest(written))

    return step


@dataclass(frozen=True, slots=True)
class FigureOrigin:
    """The answers behind a value in a year's file: `came` are equal, earliest first; `otherwise` differ."""

    came: tuple[AgencyAnswer, ...] = ()
    otherwise: tuple[AgencyAnswer, ...] = ()


def origin_of(sources: Sources, catalogue: Catalogue, country: str, year: int, figure: str) -> FigureOrigin:
    """The answers of agencies for a figure of a year, decided or not. Raises DataError where they cannot be read."""
    received = sorted(read_received(sources, country, (year,)), key=lambda record: (record.received, record.number))
    agency_answers = [AgencyAnswer(workbook, answer) for workbook in received if (answer := workbook.answer(figure))]
    if not agency_answers:
        return FigureOrigin()
    now = value_in_year(sources, catalogue, country, year, figure)
    same = [agency_answer for agency_answer in agency_answers if now not in OPEN and agency_answer.answer.value == now]
    last = {agency_answer.received.agency: agency_answer for agency_answer in agency_answers}
    return FigureOrigin(tuple(same), tuple(reply for reply in last.values() if reply not in same))


def plain_answer(agency_answer: AgencyAnswer) -> dict[str, object]:
    return pick(agency_answer.received, "agency", "file", "received") | pick(
        agency_answer.answer, "cell", "value", "remark", "source", "kept=reason", "by"
    )


@dataclass(frozen=True, slots=True)
class AnswersOfYear:
    """The undecided answers for a year, with the data they refer to."""

    dataset: Dataset
    country: str
    proposals: tuple[Proposal, ...]


def answers_of_year(sources: Sources, country: str, year: int) -> AnswersOfYear:
    dataset = load_dataset(sources, (country,)).dataset
    return AnswersOfYear(dataset, country, proposals(sources, dataset.catalogue_of(country), country, year))


def chosen(batch: AnswersOfYear, names: Sequence[str], *, keeps: bool = False) -> tuple[Proposal, ...]:
    """The proposals of some figures or agencies, or all. Where agencies disagree, name the agency with the figure
    (`police:victims.identified`), unless `keeps`. Raises UsageError for a name with no proposal, or two."""
    picked: dict[tuple[str, str], Proposal] = {}
    for name in names:
        hits = [
            item for item in batch.proposals if name in (ALL, item.agency, item.figure, f"{item.agency}:{item.figure}")
        ]
        if not hits:
            codes = sorted({code for item in batch.proposals for code in (item.figure, item.agency)})
            hint = nearest(name, codes) if codes else "none is open"
            raise UsageError(f"there is no open answer for {name}", hint=hint)
        picked |= {(hit.figure, hit.agency): hit for hit in hits}
    if keeps:
        return tuple(picked.values())
    figures = [figure for figure, _ in picked]
    twice = [figure for figure in figures if figures.count(figure) > 1]
    disputed = [one.figure for one in picked.values() if one.rivals and f"{one.agency}:{one.figure}" not in names]
    if figure := next(iter((*twice, *disputed)), ""):
        agencies = [proposal.agency for proposal in batch.proposals if proposal.figure == figure]
        hint = f"choose one: {', '.join(f'{agency}:{figure}' for agency in agencies)}"
        raise UsageError(f"agencies disagree on {figure}", hint=hint)
    return tuple(picked.values())


def decide_answers(workspace: Workspace, steps: Iterable[Step], writer: Writer) -> None:
    """Write decisions, all or none. Raises ReporterError where a step fails or the file was changed meanwhile."""
    write_or_refuse(workspace, writer, list(steps), "review the answers again")


def accepting(open_answers: AnswersOfYear, accepted: Sequence[Proposal], reason: str, person: str) -> list[Step]:
    """The steps that accept answers. Where others disagree, that and the `reason`, required then, are stored."""
    disputed = [proposal for proposal in accepted if proposal.rivals]
    if disputed and not reason:
        raise UsageError(f"agencies disagree on {disputed[0].figure}", hint="add a reason: --reason WORDS")
    data = open_answers.dataset.country(open_answers.country)
    agencies = data.country.agencies if data else ()
    steps = [*accepting_steps(accepted, agencies, open_answers.dataset.catalogue_of(open_answers.country))]
    for dispute in disputed:
        for rival in dispute.rivals:
            steps += deciding(rival, reason, person)
    return steps


def keeping(rejections: Iterable[Proposal], reason: str, person: str) -> list[Step]:
    if not reason:
        raise UsageError("no reason is given for keeping the value in the file", hint="add --reason WORDS")
    return [step for proposal in rejections for step in deciding(proposal.reply, reason, person)]


def deciding(agency_answer: AgencyAnswer, reason: str | None, person: str | None) -> list[Step]:
    """The steps that write why a value is kept; without a reason they reopen the answer."""
    file, answer = place_of(agency_answer.received).path, ("answers", agency_answer.answer.figure)
    return [step_to(file, (*answer, name), words) for name, words in (("kept", reason), ("by", person))]


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A problem or oddity at a cell; `cell` may be empty."""

    figure: str
    cell: str
    words: str
    is_odd: bool = False


@dataclass(frozen=True, slots=True)
class Reception:
    """The result of reading a workbook: answers, problems, open proposals. `places` are the cells of figures,
    `proposals` the differences from the file of the year, `written` the files that record them."""

    received: Received
    asked: Questionnaire
    problems: tuple[CellProblem, ...]
    open: tuple[str, ...]
    places: Mapping[str, str]
    proposals: tuple[Proposal, ...] = ()
    written: tuple[Path, ...] = ()
