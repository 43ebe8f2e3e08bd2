"""`reporter protect`: decides which figures are withheld from the public."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby
from pathlib import Path

import click

from reporter.cli import options
from reporter.data.errors import ExitCode, UsageError
from reporter.data.files.as_json import pick
from reporter.data.files.published import published_years
from reporter.data.files.sources import Sources
from reporter.data.files.workspace import Workspace
from reporter.data.i18n import three_letters
from reporter.data.read.glotip import read_glotip
from reporter.data.records import Because, Observation
from reporter.data.records.catalogue import incomplete_name
from reporter.data.write.applying import Writer
from reporter.editions.job import years_of
from reporter.figures.withhold.decisions import DecisionResult, decide, write_decided
from reporter.figures.withhold.protection import WithheldCell
from reporter.figures.withhold.solver import require_solver

PLACE = ("figure=observation.address", "year=observation.year")
EPILOG = """\b
Examples:
  reporter protect LT 2021 --dry-run      what would be withheld, and why
  reporter protect LT 2021                data/LT/protection/2021.yaml
  reporter protect LT 2021 --anew         new decisions, except those made by a person"""


@click.command("protect", epilog=EPILOG)
@options.edition
@click.option("--anew", "renew", is_flag=True, help="Decide again, except what a person chose or gave a reason for.")
@click.option(
    "--round", "figures", multiple=True, metavar="FIGURE", help="Print a figure and its parts as multiples of five."
)
@click.option(
    "--publication", "files", type=click.Path(path_type=Path), multiple=True, help="Other publications: GLOTIP’s CSV."
)
@click.option("--dry-run", is_flag=True, help="Show the result, but write nothing.")
@click.option("--by", "who", default="", help="Who does it, for the journal; by default the user of this machine.")
@options.output_format
@options.in_workspace
def command(
    country: str,
    year: int,
    renew: bool,
    figures: tuple[str, ...],
    files: tuple[Path, ...],
    dry_run: bool,
    who: str,
    form: str,
    workspace: Workspace,
    quiet: bool,
) -> int:
    """Decides which figures of an edition are withheld from the public.

    Withholds counts so small that a person could be identified and, at the lowest cost, others from which they could be
    worked out, with anything published before. Some more are chosen at random, from a secret seed in the file, so that
    the choice does not reveal which counts are small. The decisions are in data/COUNTRY/protection/YEAR.yaml, where you
    can change them.
    """
    sources = workspace.snapshot()
    years_of(sources, country, year)
    require_solver()
    publications = [read_glotip(path, options.display_path(path), three_letters(country)) for path in files]
    decided = decide(sources, country, year, renew=renew, rounding=figures, publications=publications)
    if is_written := decided.is_changed and not dry_run:
        write_decided(workspace, decided, Writer(options.person_of(who), options.local_now()))
    if form == "json" or not quiet:
        options.answer(form, _plain(country, decided, is_written=is_written), _text(sources, country, decided))
    if not quiet:
        options.print_lines(_summary(country, decided, is_written=is_written), err=True)
        if decided.is_changed and year in published_years(sources, country):
            click.echo(f"{country} {year} is published: with this change it becomes a corrigendum", err=True)
    open_still = decided.view.bounds.exposed or decided.plan.already_known or decided.plan.by_hand
    return ExitCode.FINDINGS if open_still else ExitCode.OK


def _text(sources: Sources, country: str, decided: DecisionResult) -> Iterator[str]:
    rows = [(cell.observation, _cell(cell.observation), _why(cell)) for cell in decided.cells]
    rows += [(observation, _cell(observation), f"printed as about {value}") for observation, value in decided.rounded]
    yield f"{country} {decided.vintage.year}: figures withheld from the public" + ("" if rows else ": none yet")
    new = {(cell.observation.address, cell.observation.year) for cell in decided.plan.cells}
    rounded = {(observation.address, observation.year): value for observation, value in decided.rounded}
    by_table = sorted(rows, key=lambda row: (row[0].year, row[0].figure))
    for (year, figure), group in groupby(by_table, key=lambda row: (row[0].year, row[0].figure)):
        table = list(group)
        yield ""
        yield f"{year}  {figure}"
        width = max(len(cell) for _, cell, _ in table)
        for observation, cell, why in table:
            yield f"  {'+' if (observation.address, observation.year) in new else ' '} {cell:<{width}}  {why}"
        left = (entry for entry in decided.remaining(figure, year) if (entry.address, entry.year) not in rounded)
        named = ", ".join(map(_cell, left)) or ("the rounded numbers" if rounded else "none of it")
        yield f"    published: {named}"
    yield from _advice(sources, country, decided)


def _cell(observation: Observation) -> str:
    value = f"{observation.value:f}" if observation.value is not None else str(observation.status)
    return f"{observation.code or 'total'} {value}"


def _why(cell: WithheldCell) -> str:
    if cell.protects:
        names = ", ".join(name.removeprefix(f"{cell.observation.figure}.") for name in cell.protects)
        return f"Without it, {names} could be worked out; costs {cell.cost}"
    if cell.because is Because.PROTECTS:
        return f"Without it, the few that no part states could be worked out; costs {cell.cost}"
    return cell.because.meaning


def _advice(sources: Sources, country: str, decided: DecisionResult) -> Iterator[str]:
    for item in (cell.observation for cell in decided.plan.already_known):
        yield f"\n{item.address} of {item.year} ({item.mark}) was published before: too late to withhold"
    for item in (cell.observation for cell in decided.plan.by_hand):
        yield f"\n{item.mark}: {item.address} is no figure of the year: write confidentiality: A there"
    for limits in decided.view.bounds.exposed:
        low, high = limits.lowest, limits.highest
        span = f"{low}" if low == high else f"from {low} to {high}"
        reason = "; ".join(dict.fromkeys(decided.view.equations.get(limits.key, ()))) or "it was published before"
        yield f"\n{limits.key} is not protected: readers can work out {span}: {reason}"
    for lost in decided.plan.hopeless:
        if lost.instead:
            names = " and ".join(map(str, lost.instead))
            yield f"  {lost.key} would be protected with {names} withheld too"
    for figure, year, axis in decided.plan.emptied:
        # Suggested only where all sums are complete and the rounded numbers protect.
        with suppress(UsageError):
            decide(sources, country, decided.vintage.year, rounding=(figure,))
            name = f"{figure} by {incomplete_name(axis)}"
            yield f"\nno part of {name} is left in {year}; to print rounded numbers instead:"
            yield f"  reporter protect {country} {decided.vintage.year} --round {figure}"
    if decided.idle:
        names = ", ".join(f"{decision.figure} of {decision.year}" for decision in decided.idle)
        yield f"\nno longer needed: {names}"
        yield f"  reporter protect {country} {decided.vintage.year} --anew removes them"


def _summary(country: str, decided: DecisionResult, *, is_written: bool) -> Iterator[str]:
    cells, new = decided.cells, decided.plan.cells
    count = f"{len(cells)} values are withheld" if len(cells) != 1 else "1 value is withheld"
    yield f"{count}, {len(new)} of them new" if new else count
    if decided.rounded:
        yield f"printed as multiples of 5: {len(decided.rounded)}"
    if not decided.view.bounds.exposed and decided.view.bounds.limits:
        enough = decided.vintage.settings.disclosure.width
        yield f"for every withheld figure at least {enough} values remain possible for a reader of all publications"
        yield "who also knows the rules, but not the seed in the file: keep it secret"
    if not decided.plan.is_cheapest:
        yield "the search took too long: the figures are protected, but fewer withheld ones might be enough"
    if is_written:
        yield f"wrote {decided.path}"
    elif decided.is_changed:
        yield f"nothing was written: without --dry-run, {decided.path} would be"
        if any(cell.because is Because.LOT for cell in new) and decided.is_new_seed:
            yield "figures are then chosen at random again, because the file has no seed yet"


def _plain(country: str, decided: DecisionResult, *, is_written: bool) -> dict[str, object]:
    new = {(cell.observation.address, cell.observation.year) for cell in decided.plan.cells}
    return {
        "country": country,
        "year": decided.vintage.year,
        "file": decided.path,
        "changed": decided.is_changed,
        "written": is_written,
        "withheld": [
            pick(cell, *PLACE, "value=observation.value", "because", "protects", "cost")
            | {"new": (cell.observation.address, cell.observation.year) in new, "place": cell.observation.mark}
            for cell in decided.cells
        ],
        "rounded": [
            pick(observation, "figure=address", "year", "value") | {"printed": value, "place": observation.mark}
            for observation, value in decided.rounded
        ],
        "possible": [
            pick(limits, "figure=key.address", "year=key.year", "lowest", "highest", "protected=is_protected")
            | {"by": list(dict.fromkeys(decided.view.equations.get(limits.key, ())))}
            for limits in decided.view.bounds.limits
        ],
        "known_already": [pick(cell, *PLACE, "place=observation.mark") for cell in decided.plan.already_known],
        "by_hand": [pick(cell, *PLACE, "place=observation.mark") for cell in decided.plan.by_hand],
        "idle": [pick(decision, "figure", "year") for decision in decided.idle],
    }
