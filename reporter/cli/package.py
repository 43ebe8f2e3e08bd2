"""`reporter package`: packs an edition for one recipient."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from reporter.cli import options
from reporter.cli.build_options import print_outcomes
from reporter.data.errors import ExitCode, UsageError
from reporter.data.files.as_json import pick
from reporter.data.files.workspace import Workspace
from reporter.data.records import PackagePart, vintage
from reporter.editions.checked import later_errors
from reporter.editions.making.order import UnmadeError
from reporter.editions.state import EditionState
from reporter.exchange.package.packaging import package_reference
from reporter.exchange.package.packing import pack_edition, ready_edition
from reporter.exchange.send.outgoing import read_outgoing
from reporter.figures.analysis.populations import unfilled
from reporter.figures.analysis.small_counts import Grant
from reporter.formats.bagit import Packed

EPILOG = """\b
Examples:
  reporter package LT 2020 --to commission
  reporter package LT 2020 --to website --format json
  reporter package LT 2020 --to commission --replaces sent/LT-2020-commission.zip"""


@click.command("package", epilog=EPILOG)
@options.edition
@click.option("--to", "code", required=True, help="A recipient of reporter.yaml.")
@click.option("--replaces", type=options.FILE, metavar="PACKAGE", help="The earlier package that this one replaces.")
@options.output_format
@options.in_workspace
def command(
    country: str, year: int, code: str, replaces: Path | None, form: str, workspace: Workspace, quiet: bool
) -> int:
    """Packs a final edition for a recipient of reporter.yaml.

    The package is build/COUNTRY/YEAR/package/COUNTRY-YEAR-RECIPIENT.zip. For a recipient with audience: restricted it
    contains the restricted edition and has restricted in its name.

    reporter.yaml says what the recipient gets. Missing profiles are built first; PDFs must pass PDF/UA-1 and PDF/A-3a,
    and signed ones are used if there are any. The same input gives the same bytes. The package is written completely or
    not at all, with its .sha256. A signed package of other content is moved aside. A published edition is packed
    exactly as published, from its stored files if shared files have changed since. A corrigendum states its number, its
    reason and what it replaces. To send the package, use reporter send.
    """
    ready = ready_edition(workspace, workspace.snapshot(), country, year, code)
    if not quiet:
        lines = [] if form == "json" else [line for grant in ready.let_out for line in _permitted(grant)]
        if PackagePart.SDMX in ready.recipient.gets:
            # The cells of Eurostat's tables that another figure would fill.
            edition_vintage = vintage(ready.state.checked.dataset, ready.state.job.country, ready.state.job.year)
            lines += map(str, unfilled(edition_vintage))
        lines += _since(ready.now, ready.state) if ready.state.frozen else ()
        options.print_lines(lines, err=True)
    try:
        packed, aside = pack_edition(ready, options.local_now(), _named(replaces))
    except UnmadeError as problem:
        return print_outcomes(workspace, problem.outcomes)
    _print_placed(packed, aside, ready.let_out, form, quiet=quiet)
    return ExitCode.OK


def _print_placed(packed: Packed, aside: Path | None, let_out: Iterable[Grant], form: str, *, quiet: bool) -> None:
    values = pick(packed, "path", "bytes=size", "sha256") | {"set_aside": aside}
    counts = [
        {"reason": dict(grant.permission.reason.texts), **pick(grant.permission, "country", "source", "years")}
        | {"figures": [pick(one, "figure=name", "year") for one in grant.counts]}
        for grant in let_out
    ]
    options.answer(form, values | {"small_counts": counts}, () if quiet else (options.display_path(packed.path),))
    if form != "json" and not quiet:
        click.echo(f"  {packed.size / 1_000_000:.1f} MB, sha256 {packed.sha256}", err=True)
    if aside and form != "json":
        # Printed even with --quiet: someone signed that file and will look for it.
        click.echo(f"  the signed earlier package was moved to {options.display_path(aside)}", err=True)


def _since(now: EditionState, state: EditionState) -> Iterator[str]:
    """What changed since the edition was published, and the number of errors that newer rules find."""
    if now.changes:
        yield f"packed is {now.release} as published; since then"
        yield from (f"  {change}" for change in now.changes)
    if errors := later_errors(state.checked, state.job.year):
        count = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
        yield (
            f"rules find {count} in {now.release}, which is packed as published: "
            f"reporter check {state.job.country} {state.job.year}"
        )


def _permitted(grant: Grant) -> Iterator[str]:
    permission, count = grant.permission, len(grant.counts)
    what = "1 figure" if count == 1 else f"{count} figures"
    # The first language of the file is that of the office.
    reason = permission.reason.texts[0][1]
    yield f"small counts are published: {what}, because {reason}"


def _named(replaces: Path | None) -> str:
    """The name and checksum of the earlier package. Raises UsageError for a file that is no package."""
    if replaces is None:
        return ""
    parcel = read_outgoing(replaces)
    if not parcel.name.endswith(".zip"):
        raise UsageError(f"{replaces} is no package", hint="name the ZIP that was sent")
    return package_reference(parcel.name, parcel.sha256)
