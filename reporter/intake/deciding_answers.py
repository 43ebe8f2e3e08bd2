"""Decide on what agencies say: take it over, or say why not."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from reporter.edit.applying import Writer
from reporter.edit.written_steps import write_steps
from reporter.errors import ReporterError, UsageError, nearest
from reporter.files.sources import Sources
from reporter.files.workspace import Workspace
from reporter.files.writing import write_together
from reporter.intake.agency_proposals import Proposal, accepting_steps, proposals
from reporter.intake.receiving import with_decision
from reporter.load.dataset import load_dataset
from reporter.load.received import place_of, received_text
from reporter.model import Dataset, Received

ALL = "all"


@dataclass(frozen=True, slots=True)
class AnswersOfYear:
    """What agencies say of a year, undecided, with the data around."""

    dataset: Dataset
    country: str
    year: int
    proposals: tuple[Proposal, ...]


def answers_of_year(sources: Sources, country: str, year: int) -> AnswersOfYear:
    """What agencies say of a year that its file does not say."""
    dataset = load_dataset(sources, (country,)).dataset
    return AnswersOfYear(dataset, country, year, proposals(sources, dataset.catalogue_of(country), country, year))


def chosen(found: AnswersOfYear, names: Sequence[str]) -> tuple[Proposal, ...]:
    """The proposals of some figures or agencies, or all of them.

    Of a figure on which agencies disagree the agency must be named with it, as `police:victims.identified`. Raises
    UsageError for a name that leads to none, or to two.
    """
    picked: dict[tuple[str, str], Proposal] = {}
    for name in names:
        hits = [each for each in found.proposals if _is_meant(each, name)]
        if not hits:
            known = sorted(
                {each.figure for each in found.proposals} | {each.said.received.agency for each in found.proposals}
            )
            raise UsageError(
                f"{name} is no answer to decide on", hint=nearest(name, known) if known else "none is open"
            )
        for each in hits:
            picked[each.figure, each.said.received.agency] = each
    figures = [figure for figure, _ in picked]
    twice = next((figure for figure in figures if figures.count(figure) > 1), "")
    disputed = next((each for each in picked.values() if each.rivals and not _names_it(names, each)), None)
    if twice or disputed:
        figure = twice or (disputed.figure if disputed else "")
        agencies = [each.said.received.agency for each in found.proposals if each.figure == figure]
        hint = f"choose one: {', '.join(f'{agency}:{figure}' for agency in agencies)}"
        raise UsageError(f"agencies disagree on {figure}", hint=hint)
    return tuple(picked.values())


def _is_meant(each: Proposal, name: str) -> bool:
    agency = each.said.received.agency
    return name in (ALL, agency, each.figure, f"{agency}:{each.figure}")


def _names_it(names: Collection[str], each: Proposal) -> bool:
    return f"{each.said.received.agency}:{each.figure}" in names


def accept_answers(
    workspace: Workspace, found: AnswersOfYear, accepted: Sequence[Proposal], writer: Writer, reason: str = ""
) -> int:
    """Write what agencies say into the year's file, all or nothing.

    Where others say otherwise, that and the `reason` are written beside their answers. Gives how many values were
    written. Raises ReporterError where one cannot be written, or somebody wrote otherwise meanwhile.
    """
    disputed = [each for each in accepted if each.rivals]
    if disputed and not reason:
        raise UsageError(f"agencies disagree on {disputed[0].figure}", hint="say why this one: --reason WORDS")
    data = found.dataset.country(found.country)
    agencies = data.country.agencies if data else ()
    catalogue = found.dataset.catalogue_of(found.country)
    done = write_steps(workspace, writer, [*accepting_steps(accepted, agencies, catalogue)])
    if done.problem:
        raise done.problem
    if done.conflict:
        raise ReporterError(f"{done.conflict.file} was changed meanwhile", hint="look at the answers again")
    rivals = [(rival.received, each.figure) for each in disputed for rival in each.rivals]
    _write_decisions(workspace, rivals, reason, writer.person)
    return len(accepted)


def keep_values(workspace: Workspace, kept: Sequence[Proposal], reason: str, person: str) -> None:
    """Keep what the file of the year says, and write down why."""
    if not reason:
        raise UsageError("why the file says otherwise is not said", hint="say it: --reason WORDS")
    _write_decisions(workspace, [(each.said.received, each.figure) for each in kept], reason, person)


def _write_decisions(workspace: Workspace, decided: Sequence[tuple[Received, str]], reason: str, person: str) -> None:
    changed: dict[str, Received] = {}
    for received, figure in decided:
        path = place_of(received).path
        changed[path] = with_decision(changed.get(path, received), figure, reason, person)
    if changed:
        write_together({workspace.root / path: received_text(each).encode() for path, each in changed.items()})
