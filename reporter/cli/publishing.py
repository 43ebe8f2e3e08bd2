"""`reporter approve`, `publish` and `rebuild`: an edition is approved, frozen, and made again."""

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
@click.option("--note", default="", help="A remark, which stays in the workspace.")
@click.option("--withdraw", is_flag=True, help="Withdraw your approval, before publication.")
@options.in_workspace
def approve_edition(
    country: str, year: int, by: str, note: str, withdraw: bool, workspace: Workspace, quiet: bool
) -> int:
    """Approves an edition as it is now, for someone else to publish.

    Required by publish if reporter.yaml says approvals: 1. Only final figures without an open error can be approved.
    The approval is of exactly these files: if a file changes, it lapses. Names are not verified; only a signature is
    proof.
    """
    if withdraw and note:
        raise UsageError("--note is for an approval, not for withdrawing it", hint="leave --note out")
    asked = ApprovalRequest(
        country=country, year=year, by=options.person_of(by), date=options.local_now().date().isoformat(), note=note
    )
    if withdraw:
        approval = withdraw_approval(workspace, asked)
        click.echo(f"{country} {year}: withdrawn: {approval}")
        return ExitCode.OK
    ended = approve(workspace, asked)
    done, state = ended.approval, ended.state
    click.echo(f"{state.title}: {done if ended.is_new else f'{done} already, and nothing changed since'}")
    if not quiet:
        options.print_lines(_approved(done, state))
        lacking = state.demanded - len({folded_name(approval.by) for approval in (*state.valid, done)})
        publishing = f"someone else must publish it: reporter publish {country} {year}"
        following = f"{lacking} more to approve it: {state.command}" if lacking > 0 else publishing
        click.echo(f"  hint: {following}", err=True)
    return ExitCode.OK


def _approved(done: Approval, state: ApprovalState) -> Iterator[str]:
    yield f"  files       {len(done.files)}, sha256 {done.sha256}"
    if done.public != done.sha256:
        yield f"  public      sha256 {done.public}"
    warnings = "1 warning" if done.warnings == 1 else f"{done.warnings} warnings"
    yield f"  findings    no error, {warnings} open, {done.accepted} accepted"
    for outdated_approval in state.outdated:
        if folded_name(outdated_approval.approval.by) == folded_name(done.by):
            yield f"  changed     since your approval on {outdated_approval.approval.date}: {outdated_approval.names}"


PUBLISH_EPILOG = """\b
Examples:
  reporter publish LT 2020
  reporter publish LT 2020 --by "R. Petraite"
  reporter publish LT 2020 --corrigendum "en=A total was wrong" \\
                           --corrigendum "lt=Klaidinga suma" """


@click.command("publish", epilog=PUBLISH_EPILOG)
@options.edition
@click.option("--by", default="", help="Who publishes; by default the user of this machine.")
@click.option("--corrigendum", "reasons", multiple=True, metavar="LANG=REASON", help="The reason, in each language.")
@options.in_workspace
def publish_edition(
    country: str, year: int, by: str, reasons: tuple[str, ...], workspace: Workspace, quiet: bool
) -> int:
    """Freezes an edition: builds, validates and records its files.

    Their sources are recorded, too. Only final figures without an open error are published and, if reporter.yaml says
    approvals: 1, only what someone else approved (reporter approve). Later changes become a corrigendum: the next
    number, with an erratum page of the differences. Published files are never replaced.
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
    for entry in written:
        language, sign, text = entry.partition("=")
        if not sign and len(languages) == 1:
            language, text = languages[0], entry
        if language not in languages or not text.strip():
            hint = f"write --corrigendum {languages[0]}=REASON; languages: {', '.join(languages)}"
            raise UsageError(f"--corrigendum {entry[:60]!r} is not a reason in one of the languages", hint=hint)
        texts[language] = " ".join(text.split())
    if missing := [code for code in languages if texts and code not in texts]:
        more = " ".join(f'--corrigendum "{code}=…"' for code in missing)
        raise UsageError(f"the reason is not given in {', '.join(missing)}", hint=f"add {more}")
    return Label(tuple((code, texts[code]) for code in languages if texts))


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
@click.option("--number", type=click.IntRange(0, 999), help="A number, from its stored sources; default: the latest.")
@click.option("--verify", is_flag=True, help="Only compare, and write nothing.")
@click.option("--to", "target", type=click.Path(file_okay=False, path_type=Path), help="A new folder for the files.")
@options.in_workspace
def rebuild_edition(
    country: str, year: int, number: int | None, verify: bool, target: Path | None, workspace: Workspace, quiet: bool
) -> int:
    """Makes a published edition again and compares every byte.

    The files are made in a temporary folder: from the current sources, or with --number from the stored ones. Every
    source, version and typeface that differs is listed. Published files are not touched.
    """
    if verify == (target is not None):
        raise UsageError("neither or both of --verify and --to are given", hint="write either --verify or --to FOLDER")
    if target is not None and target.exists():
        raise UsageError(f"{options.display_path(target)} already exists", hint="name a new folder")
    sources = workspace.snapshot()
    try:
        rebuilt_edition = rebuild(workspace, sources, country, year, number)
    except UnmadeError as problem:
        return print_outcomes(workspace, problem.outcomes)
    if rebuilt_edition.lost or not rebuilt_edition.files:
        return _refuse(rebuilt_edition.release, (*rebuilt_edition.departures, *rebuilt_edition.lost))
    if target is not None:
        files = {target / name: content for name, content in rebuilt_edition.files.items()}
        refuse_in_place(workspace, sources, files)
        write_together(files)
    if not quiet:
        for departure in rebuilt_edition.departures:
            click.echo(f"{departure} (without effect)")
        for name, sha256 in rebuilt_edition.release.files:
            click.echo(f"{name}  sha256 {sha256}")
        where = f", written to {options.display_path(target)}" if target else ""
        click.echo(f"{rebuilt_edition.release}: every byte is as it was published{where}")
    return ExitCode.OK


def _refuse(release: Release, differing: Sequence[Departure]) -> int:
    options.print_lines(differing)
    click.echo(f"reporter: {release} cannot be made again: what differs is listed above", err=True)
    if any(departure.kind == INPUT for departure in differing):
        again = f"reporter rebuild {release.country} {release.year} --number {release.number} --verify"
        click.echo(f"  hint: from the stored files: {again}", err=True)
    elif all(departure.kind == "file" for departure in differing):
        click.echo("  hint: the same files and versions gave other bytes; report it to the maintainers", err=True)
    else:
        click.echo("  hint: install the versions listed; published files are unchanged", err=True)
    return ExitCode.FINDINGS
