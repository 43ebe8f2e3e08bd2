"""`reporter import`: imports figures from another publication."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from secrets import token_hex

import click

from reporter.cli import options
from reporter.cli.finding_lines import lines_of_languages
from reporter.data.errors import ExitCode, Severity
from reporter.data.files.as_json import pick
from reporter.data.files.file_type import read_outside
from reporter.data.files.sources import SETTINGS
from reporter.data.files.workspace import Workspace
from reporter.data.i18n import Locale
from reporter.data.records.label import ENGLISH
from reporter.data.write.applying import Writer
from reporter.editions.checked import load_checked
from reporter.editions.job import spans
from reporter.editions.resources import locale_of
from reporter.editions.start.making import make_workspace
from reporter.exchange.publications.importing import ImportPlan, plan_figures, write_plan

# The most rows, faults or proposals of a kind that are listed without --verbose.
MOST_NAMED = 6
HEAD = 12


def import_lines(
    plan: ImportPlan, written: Sequence[str], locale: Locale, *, verbose: bool, dry_run: bool
) -> Iterator[str]:
    figures, most = plan.figures, None if verbose else MOST_NAMED
    stamp = f", published {locale.date(figures.published)}" if figures.published else ""
    yield f"{plan.country} from {figures.file}{stamp}: {_values(len(figures.values))}, {spans(plan.years)}"
    if plan.is_known:
        yield "  already imported, and unchanged since: nothing is written"
    yield from _of_years(plan, most)
    yield from _of_disclosure(plan)
    # Faults of the file itself were reported at the first import.
    if verbose or not plan.is_known:
        yield from _of_file(plan, most)
    yield from (_line("note", warning) for warning in figures.warnings)
    for severity in (Severity.ERROR, Severity.WARNING):
        if findings := [finding for finding in plan.open if finding.severity is severity]:
            yield _line(f"{severity}s", f"{len(findings)} to check: reporter check {plan.country}")
        if verbose or severity is Severity.ERROR:
            yield from _some([f"{finding.mark}: {finding.message} [{finding.code}]" for finding in findings], most)
    if dry_run:
        yield f"nothing is written: without --dry-run, {len(written)} files would be"
    elif written:
        yield f"wrote {len(written)} files"
    changed = (*plan.new_years, *(year for _, year in plan.filled))
    if changed and not dry_run:
        yield f"next: reporter build {plan.country} {max(changed)}"


def _of_years(plan: ImportPlan, most: int | None) -> Iterator[str]:
    if plan.new_years:
        drafts = "as a draft" if len(plan.new_years) == 1 else "as drafts"
        yield _line("made", f"{spans(plan.new_years)}, {drafts}")
    for year, keys in groupby(plan.filled, key=lambda pair: pair[1]):
        yield _line("filled in", f"{year}: {_values(len([*keys]))} left open by the draft")
    for year, same in groupby(plan.proposals, key=lambda pair: pair[0]):
        proposals = [proposal for _, proposal in same]
        command = f"reporter agencies answers {plan.country} {year}"
        yield _line("proposed", f"{year}: {_values(len(proposals))}; decide: {command}")
        if most is None or len(plan.proposals) <= most:
            answer_rows = ((item.figure, item.now or "nothing", item.reply.answer) for item in proposals)
            yield from (f"{'':<{HEAD}}{figure:<40} {now} → {one.value}  {one.cell}" for figure, now, one in answer_rows)


def _of_disclosure(plan: ImportPlan) -> Iterator[str]:
    masked = sum(figure.value == "suppressed" for figure in plan.figures.values)
    if masked and plan.new_years:
        yield _line("masked", f"{_values(masked)}, written as suppressed")
    if plan.withheld:
        yield _line("withheld", f"{_values(len(plan.withheld))}, from which a masked one could be worked out")
    if plan.left_out:
        named = ", ".join(f"{address} of {year}" for address, year in plan.left_out)
        yield _line("left out", f"masked values that follow from others in any case: {named}")
    if plan.unprotected and masked:
        command = f"reporter protect {plan.country} {plan.new_years[-1]}"
        yield _line("withheld", f"nothing else yet: {command} finds what reveals them")


def _of_file(plan: ImportPlan, most: int | None) -> Iterator[str]:
    figures = plan.figures
    if plan.accepted:
        yield _line("accepted", f"{len(plan.accepted)} findings, as the file states these values:")
        yield from _some([f"{finding.year} {finding.message} [{finding.code}]" for finding in plan.accepted], most)
    if plan.faults:
        yield _line("doubtful", f"{len(plan.faults)} contradictions in the file:")
        lines = ((fault, words, f" ({_places(fault.places)})" if fault.places else "") for fault, words in plan.faults)
        yield from _some([f"{fault.year} {words}{places}" for fault, words, places in lines], most)
    if figures.left:
        yield _line("left", f"{len(figures.left)} rows without a matching figure:")
        for reason, count in Counter(left_row.reason for left_row in figures.left).most_common():
            named: dict[str, list[str]] = {}
            for left_row in (row for row in figures.left if row.reason == reason):
                named.setdefault(left_row.words, []).append(left_row.place)
            yield f"{'':<{HEAD}}{count} × {reason}"
            rows = sorted(named.items(), key=lambda item: -len(item[1]))
            summaries = [f"{words} ({places[0] if len(places) == 1 else len(places)})" for words, places in rows]
            yield from (f"  {line}" for line in _some(summaries, most))


def plain_import(plan: ImportPlan, written: Sequence[str]) -> dict[str, object]:
    return {
        "country": plan.country,
        **pick(plan.figures, "file", "sha256", "source", "published", "warnings"),
        "years": plan.years,
        "made": plan.new_years,
        "filled": [{"figure": figure, "year": year} for figure, year in plan.filled],
        "proposals": [
            {"figure": proposal.figure, "year": year}
            | pick(proposal, "now", "value=reply.answer.value", "place=reply.answer.cell")
            for year, proposal in plan.proposals
        ],
        "withheld": [{"figure": figure, "year": year} for figure, year in plan.withheld],
        "left_out": [{"figure": figure, "year": year} for figure, year in plan.left_out],
        "accepted": [pick(finding, "code", "figure", "year", "message") for finding in plan.accepted],
        "open": [pick(finding, "severity", "code", "figure", "year", "message", "mark") for finding in plan.open],
        "faults": [pick(fault, "year", "figures", "places") | {"words": words} for fault, words in plan.faults],
        "left": [pick(row, "place", "words", "reason") for row in plan.figures.left],
        "known": plan.is_known,
        "written": written,
    }


def _line(head: str, text: str) -> str:
    return f"  {head:<{HEAD - 2}}{text}"


def _some(rows: Sequence[str], most: int | None) -> Iterator[str]:
    yield from (f"{'':<{HEAD}}{row}" for row in rows[:most])
    if most is not None and len(rows) > most:
        yield f"{'':<{HEAD}}… and {len(rows) - most} more: --verbose"


def _places(places: Sequence[str]) -> str:
    """Places in few words: lines 47, 48 and 49."""
    lines = [place.removeprefix("line ") for place in places]
    if len(places) == 1 or any(line == place for line, place in zip(lines, places, strict=True)):
        return ", ".join(places)
    return f"lines {', '.join(lines[:-1])} and {lines[-1]}"


def _values(number: int) -> str:
    return "1 value" if number == 1 else f"{number} values"


EPILOG = """\b
Examples:
  reporter import glotip GLOTIP.csv EE            every year of the file
  reporter import glotip GLOTIP.csv EE 2014-2022
  reporter import eurostat estat_crim_thb_vexp.tsv.gz EE
  reporter import glotip GLOTIP.csv EE --dry-run  what would be written and proposed
  reporter import table figures.xlsx EE           figures as reporter export writes them"""


@click.command("import", epilog=EPILOG)
@click.argument("form", metavar="FORMAT")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("country", shell_complete=options.complete_country)
@options.span
@click.option("-n", "--dry-run", is_flag=True, help="Show the result, but write nothing.")
@click.option("--languages", metavar="LIST", default=ENGLISH, help="The languages of a new workspace: en,et.")
@click.option("--by", "who", default="", help="Who imports it, for the journal; by default the user of this machine.")
@click.option("--format", "output", type=click.Choice(("text", "json")), default="text", help="For people or machines.")
@options.workspace_around_files
@partial(options.verbosity, takes_verbose=True)
def command(
    form: str,
    file: Path,
    country: str,
    span: tuple[int, int] | None,
    dry_run: bool,
    languages: str,
    who: str,
    output: str,
    workspace: Workspace,
    quiet: bool,
    verbose: bool,
) -> int:
    """Imports a country's figures from another publication.

    FORMAT is glotip, the public CSV of UNODC's Global Report; eurostat, a table of Eurostat (crim_thb) as SDMX-CSV or
    TSV; table, a CSV, workbook or JSON as written by reporter export.

    Files of missing years are created, and open values of drafts filled in. Values that differ from yours are only
    proposed: decide with reporter agencies answers. Their places in the publication are kept in data/COUNTRY/received/
    and shown by reporter explain. Contradictions in the publication are accepted with a standard reason; masked values,
    and any from which they could be worked out, are withheld. Without a workspace, a new one is created.
    """
    before, path_text = workspace.snapshot(), options.display_path(file)
    content = read_outside(file, path_text, "the file of the publication")
    spoken, today = tuple(languages.split(",")), options.local_now().date()
    years = frozenset(range(span[0], span[1] + 1) if span else ())
    plan, files = plan_figures(before, country, form, (path_text, content), today, languages=spoken, years=years)
    written = {**files, **plan.files}
    if written and not dry_run and SETTINGS not in before:
        make_workspace(workspace.root, written)
    elif written and not dry_run:
        write_plan(workspace, before, plan, files, Writer(options.person_of(who), options.local_now(), token_hex(8)))
    if output == "json" or not quiet:
        lines = import_lines(plan, tuple(written), locale_of(before, ENGLISH), verbose=verbose, dry_run=dry_run)
        options.answer(output, plain_import(plan, written=() if dry_run else tuple(written)), lines)
    if output == "text" and not quiet and SETTINGS in files:
        options.print_lines(lines_of_languages(load_checked(before.overlay(written), plan.country).findings), err=True)
    return ExitCode.FINDINGS if any(finding.severity is Severity.ERROR for finding in plan.open) else ExitCode.OK
