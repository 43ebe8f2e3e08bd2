"""`reporter approve`, `publish` and `rebuild`: freeze an edition, and make it again byte for byte."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from reporter.cli import options
from reporter.cli.build_options import print_outcomes
from reporter.data.errors import ExitCode, UsageError
from reporter.data.files.workspace import Workspace
from reporter.data.files.writing import write_together
from reporter.data.records import Approval, Label, Release, folded_name
from reporter.editions.approvals import ApprovalState
from reporter.editions.build_record import refuse_in_place
from reporter.editions.changes import INPUT, Departure
from reporter.editions.job import select
from reporter.editions.making.order import UnmadeError
from reporter.exchange.publish.approving import ApprovalRequest, approve, withdraw_approval
from reporter.exchange.publish.publishing import PublishRequest, PublishResult, publish, rebuild

APPROVE_EPILOG = """\b
Examples:
  reporter approve LT 2020 --by "V. Jonaite"
  reporter approve LT 2020 --by "V. Jonaite" --note "The totals agree with the register"
  reporter approve LT 2020 --by "V. Jonaite" --withdraw"""


@click.command("approve", epilog=APPROVE_EPILOG)
@options.edition
@click.option("--by", default="", help="Who approves; by default the user of this machine.")
@click.option("--note", default="", help="What you say to it; it stays in the workspace.")
@click.option("--withdraw", is_flag=True, help="Take your approval back, while it is not published.")
@options.workspace
@options.verbosity
def approve_edition(
    country: str, year: int, by: str, note: str, withdraw: bool, workspace: Workspace, quiet: bool
) -> int:
    """Approves an edition as it is now, before somebody else publishes it.

    Where reporter.yaml says approvals: 1, publish asks for it. Only figures that are final and
    without an open error are approved. It is an approval of exactly these files: when one of them
    changes, it counts no more. Names are claimed, not proven; a signature proves.
    """
    if withdraw and note:
        raise UsageError("a note is of an approval, not of taking it back", hint="leave --note out")
    asked = ApprovalRequest(
        country=country, year=year, by=options.person_of(by), date=options.local_now().date().isoformat(), note=note
    )
    if withdraw:
        taken = withdraw_approval(workspace, asked)
        click.echo(f"{country} {year}: taken back, what was {taken}")
        return ExitCode.OK
    ended = approve(workspace, asked)
    done, state = ended.approval, ended.state
    click.echo(f"{state.title}: {done if ended.is_new else f'{done} already, and nothing changed since'}")
    if not quiet:
        options.print_lines(_approved(done, state))
        lacking = state.demanded - len({folded_name(each.by) for each in (*state.valid, done)})
        publishing = f"somebody else publishes it: reporter publish {country} {year}"
        following = f"{lacking} more to approve it: {state.command}" if lacking > 0 else publishing
        click.echo(f"  hint: {following}", err=True)
    return ExitCode.OK


def _approved(done: Approval, state: ApprovalState) -> Iterator[str]:
    yield f"  files       {len(done.files)}, sha256 {done.sha256}"
    if done.public != done.sha256:
        yield f"  the public  gets of them, sha256 {done.public}"
    warnings = "1 warning" if done.warnings == 1 else f"{done.warnings} warnings"
    yield f"  findings    no error, {warnings} open, {done.accepted} accepted"
    for each in state.outdated:
        if folded_name(each.approval.by) == folded_name(done.by):
            yield f"  changed     since your approval on {each.approval.date}: {each.names}"


PUBLISH_EPILOG = """\b
Examples:
  reporter publish LT 2020
  reporter publish LT 2020 --by "R. Petraite"
  reporter publish LT 2020 --corrigendum "en=A total was wrong" \\
                           --corrigendum "lt=Klaidinga suma" """


@click.command("publish", epilog=PUBLISH_EPILOG)
@options.edition
@click.option("--by", default="", help="Who publishes; by default the user of this machine.")
@click.option(
    "--corrigendum", "reasons", multiple=True, metavar="LANG=REASON", help="Why it is changed, for each language."
)
@options.workspace
@options.verbosity
def publish_edition(
    country: str, year: int, by: str, reasons: tuple[str, ...], workspace: Workspace, quiet: bool
) -> int:
    """Freezes an edition: builds, validates and records its files.

    All that they were made from is written down. Only figures that are final and without an open
    error are published, and where reporter.yaml says approvals: 1, only what somebody else approved
    (reporter approve). What is changed after that is a corrigendum: the next number, with an
    erratum page that tells what differs. Nothing published is replaced.
    """
    sources = workspace.snapshot()
    languages = select(sources, country, year).languages
    asked = PublishRequest(
        country=country,
        year=year,
        languages=languages,
        date=options.local_now().date().isoformat(),
        by=options.person_of(by),
        reason=_reason(reasons, languages),
    )
    try:
        ended = publish(workspace, sources, asked, _tell_published)
    except UnmadeError as problem:
        return print_outcomes(workspace, problem.outcomes)
    if ended.path is None:
        more = "its files were made again under build/" if ended.restored else "nothing changed since"
        click.echo(f"{ended.release} is published already{';' if ended.restored else ', and'} {more}")
    return ExitCode.OK


def _reason(written: Sequence[str], languages: Sequence[str]) -> Label:
    texts: dict[str, str] = {}
    for each in written:
        language, sign, text = each.partition("=")
        if not sign and len(languages) == 1:
            language, text = languages[0], each
        if language not in languages or not text.strip():
            hint = f"write --corrigendum {languages[0]}=REASON; languages: {', '.join(languages)}"
            raise UsageError(f"--corrigendum {each[:60]!r} is no reason in one of the languages", hint=hint)
        texts[language] = " ".join(text.split())
    missing = [each for each in languages if texts and each not in texts]
    if missing:
        more = " ".join(f'--corrigendum "{each}=…"' for each in missing)
        raise UsageError(f"the reason is not given in {', '.join(missing)}", hint=f"add {more}")
    return Label(tuple((each, texts[each]) for each in languages if texts))


def _tell_published(new: PublishResult) -> None:
    """Print what was published before its files are put under `build/`, which may fail."""
    release = new.release
    click.echo(f"{release} is published: {options.display_path(new.path) if new.path else ''}")
    for name, sha256 in release.files:
        click.echo(f"  {name}  sha256 {sha256}")
    if release.number:
        click.echo("  hint: make a new package; it names what it replaces")


REBUILD_EPILOG = """\b
Examples:
  reporter rebuild LT 2020 --verify
  reporter rebuild LT 2020 --number 0 --verify
  reporter rebuild LT 2020 --number 0 --to old"""


@click.command("rebuild", epilog=REBUILD_EPILOG)
@options.edition
@click.option("--number", type=click.IntRange(0, 999), help="Which number, from its stored inputs; else the latest.")
@click.option("--verify", is_flag=True, help="Only tell whether it is what was published.")
@click.option("--to", "target", type=click.Path(file_okay=False, path_type=Path), help="A new folder for the files.")
@options.workspace
@options.verbosity
def rebuild_edition(
    country: str, year: int, number: int | None, verify: bool, target: Path | None, workspace: Workspace, quiet: bool
) -> int:
    """Makes a published edition again and compares every byte.

    It is made in a folder for a while. Without --number it is made from the files as they are now,
    with it from the copies that were stored. When something differs, every file, version and
    typeface that is another one is listed. What is published is never touched.
    """
    if verify == (target is not None):
        raise UsageError("is it to be verified or written?", hint="write either --verify or --to FOLDER")
    if target is not None and target.exists():
        raise UsageError(f"{options.display_path(target)} is there already", hint="name a new folder")
    sources = workspace.snapshot()
    try:
        made = rebuild(workspace, sources, country, year, number)
    except UnmadeError as problem:
        return print_outcomes(workspace, problem.outcomes)
    if made.lost or not made.files:
        return _refuse(made.release, (*made.departures, *made.lost))
    if target is not None:
        files = {target / name: content for name, content in made.files.items()}
        refuse_in_place(workspace, sources, files)
        write_together(files)
    if not quiet:
        for each in made.departures:
            click.echo(f"{each} (without effect)")
        for name, sha256 in made.release.files:
            click.echo(f"{name}  sha256 {sha256}")
        where = f", written to {options.display_path(target)}" if target else ""
        click.echo(f"{made.release}: every byte is as it was published{where}")
    return ExitCode.OK


def _refuse(release: Release, differing: Sequence[Departure]) -> int:
    options.print_lines(differing)
    click.echo(f"reporter: {release} cannot be made again: what differs is listed above", err=True)
    if any(each.kind == INPUT for each in differing):
        again = f"reporter rebuild {release.country} {release.year} --number {release.number} --verify"
        click.echo(f"  hint: from the stored files: {again}", err=True)
    elif all(each.kind == "file" for each in differing):
        click.echo("  hint: the same files and versions made other bytes; tell the maintainers", err=True)
    else:
        click.echo("  hint: install the versions named; what is published stays as it is", err=True)
    return ExitCode.FINDINGS
