"""Decide on what agencies say: take it over, or say why not. Why it is kept is written beside the answer, by the same
journal as figures: both are taken back as one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reporter.edit.applying import Writer
from reporter.edit.written_steps import Step, step_to, write_or_refuse
from reporter.errors import UsageError, nearest
from reporter.files.sources import Sources
from reporter.files.workspace import Workspace
from reporter.intake.agency_proposals import AgencyAnswer, Proposal, accepting_steps, proposals
from reporter.load.dataset import load_dataset
from reporter.load.received import place_of
from reporter.model import Dataset

ALL = "all"
AGAIN = "look at the answers again"


@dataclass(frozen=True, slots=True)
class AnswersOfYear:
    """What agencies say of a year, undecided, with the data around."""

    dataset: Dataset
    country: str
    year: int
    proposals: tuple[Proposal, ...]


def answers_of_year(sources: Sources, country: str, year: int) -> AnswersOfYear:
    dataset = load_dataset(sources, (country,)).dataset
    return AnswersOfYear(dataset, country, year, proposals(sources, dataset.catalogue_of(country), country, year))


def chosen(found: AnswersOfYear, names: Sequence[str], *, keeps: bool = False) -> tuple[Proposal, ...]:
    """The proposals of some figures or agencies, or all of them. Of a figure on which agencies disagree the agency must
    be named with it, as `police:victims.identified`, unless one `keeps` what the file says. Raises UsageError for a
    name that leads to none, or to two."""
    picked: dict[tuple[str, str], Proposal] = {}
    for name in names:
        hits = [
            each
            for each in found.proposals
            if name in (ALL, each.said.received.agency, each.figure, f"{each.said.received.agency}:{each.figure}")
        ]
        if not hits:
            known = sorted(
                {each.figure for each in found.proposals} | {each.said.received.agency for each in found.proposals}
            )
            raise UsageError(
                f"{name} is no answer to decide on", hint=nearest(name, known) if known else "none is open"
            )
        for each in hits:
            picked[each.figure, each.said.received.agency] = each
    if keeps:
        return tuple(picked.values())
    figures = [figure for figure, _ in picked]
    twice = next((figure for figure in figures if figures.count(figure) > 1), "")
    disputed = next(
        (each for each in picked.values() if each.rivals and f"{each.said.received.agency}:{each.figure}" not in names),
        None,
    )
    if twice or disputed:
        figure = twice or (disputed.figure if disputed else "")
        agencies = [each.said.received.agency for each in found.proposals if each.figure == figure]
        hint = f"choose one: {', '.join(f'{agency}:{figure}' for agency in agencies)}"
        raise UsageError(f"agencies disagree on {figure}", hint=hint)
    return tuple(picked.values())


def accept_answers(
    workspace: Workspace, found: AnswersOfYear, accepted: Sequence[Proposal], writer: Writer, reason: str = ""
) -> int:
    """Write what agencies say into the year's file, all or nothing. Gives how many values were written. Raises
    ReporterError where one cannot be written, or somebody wrote otherwise meanwhile."""
    write_or_refuse(workspace, writer, accepting(found, accepted, reason, writer.person), AGAIN)
    return len(accepted)


def keep_values(workspace: Workspace, kept: Sequence[Proposal], reason: str, writer: Writer) -> None:
    write_or_refuse(workspace, writer, keeping(kept, reason, writer.person), AGAIN)


def accepting(found: AnswersOfYear, accepted: Sequence[Proposal], reason: str, person: str) -> list[Step]:
    """The steps that take over what agencies say. Where others say otherwise, that and the `reason` are written beside
    their answers; raises UsageError without one."""
    disputed = [each for each in accepted if each.rivals]
    if disputed and not reason:
        raise UsageError(f"agencies disagree on {disputed[0].figure}", hint="say why this one: --reason WORDS")
    data = found.dataset.country(found.country)
    agencies = data.country.agencies if data else ()
    steps = [*accepting_steps(accepted, agencies, found.dataset.catalogue_of(found.country))]
    for each in disputed:
        for rival in each.rivals:
            steps += _deciding(rival, reason, person)
    return steps


def keeping(kept: Iterable[Proposal], reason: str, person: str) -> list[Step]:
    if not reason:
        raise UsageError("why the file says otherwise is not said", hint="say it: --reason WORDS")
    return [step for each in kept for step in _deciding(each.said, reason, person)]


def reopening(said: AgencyAnswer) -> list[Step]:
    return _deciding(said, None, None)


def _deciding(said: AgencyAnswer, reason: str | None, person: str | None) -> list[Step]:
    file, answer = place_of(said.received).path, ("answers", said.answer.figure)
    return [step_to(file, (*answer, name), words) for name, words in (("kept", reason), ("by", person))]
