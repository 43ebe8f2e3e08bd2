"""`reporter send`: sends a package to a recipient, once."""

from pathlib import Path

import click

from reporter.cli import options
from reporter.cli.sending_options import (
    DONE,
    complete_recipient,
    load_settings,
    make_transports,
    open_outbox,
    print_items,
    recipient_of,
    refuse_unreachable,
    utc_now,
)
from reporter.cli.sent_before import ask, require_word
from reporter.edition.resources import locale_of
from reporter.errors import ExitCode, ReporterError, UsageError
from reporter.files.sources import Sources
from reporter.files.workspace import Workspace
from reporter.files.writing import write_whole
from reporter.load.release import read_releases
from reporter.model import Channel, Recipient, Settings
from reporter.submission.message import Message
from reporter.submission.message_state import State
from reporter.submission.outbox import FILE, Outbox
from reporter.submission.outgoing import OutgoingFile, read_outgoing
from reporter.submission.package_label import read_package
from reporter.submission.sending import check_whole, compose, deliver_due, refusal, with_old_address

EPILOG = """\b
Examples:
  reporter send LT-2020-commission.zip --to commission --dry-run
  reporter send LT-2020-commission.zip --to commission
  reporter send LT-2020-commission.zip --to commission --again "the annex was missing"
  reporter send                     what waits in the outbox and is due"""


@click.command("send", epilog=EPILOG)
@click.argument("package", required=False, type=click.Path(path_type=Path), metavar="[PACKAGE]")
@click.option("--to", "code", default="", help="A recipient of reporter.yaml.", shell_complete=complete_recipient)
@click.option("--dry-run", is_flag=True, help="Write the message and say what would be done; send nothing.")
@click.option("--other-file", "other", is_flag=True, help="PACKAGE is no package, but another file to send as it is.")
@click.option("--again", default="", metavar="REASON", help="Why another package of the same edition goes to it.")
@click.option("--by", "who", default="", help="Who sends, for the log; by default the user of this machine.")
@options.workspace
@options.verbosity
def command(
    package: Path | None,
    code: str,
    dry_run: bool,
    other: bool,
    again: str,
    who: str,
    workspace: Workspace,
    quiet: bool,
    verbose: bool,
) -> int:
    """Sends a package to a recipient of reporter.yaml.

    It goes by mail, or is laid in a folder for a person to upload.

    It must be whole, and packed for that recipient. A package goes to a recipient once, signed or
    not, however often this is run. Before another package of the same edition goes to it, packed
    anew or of an earlier number, what went before is told and a reason asked for; --again gives it.
    A corrigendum goes without asking. Without PACKAGE, what waits in the outbox and is due is tried
    again. The password of the mail server is asked for, or taken from the environment variable
    REPORTER_SMTP_PASSWORD.
    """
    sources = workspace.snapshot()
    settings = load_settings(sources)
    if package is None:
        if code or dry_run or other or again:
            raise UsageError("no package is named", hint=f"reporter send PACKAGE --to {code or 'RECIPIENT'}")
        return _work_off(workspace, settings, who, quiet=quiet)
    if not code:
        known = ", ".join(each.code for each in settings.recipients)
        raise UsageError("no recipient is named", hint=f"add --to RECIPIENT; reporter.yaml knows: {known or 'none'}")
    recipient = recipient_of(settings, code)
    parcel = _other_file(package) if other else _package_for(package, recipient)
    messages = compose(parcel, recipient, settings, locale_of(sources, recipient.language), utc_now())
    if dry_run:
        return _rehearse(workspace, sources, settings, recipient, package, parcel, messages, again)
    refuse_unreachable(recipient, settings, workspace)
    transports = make_transports(workspace, settings, (recipient.channel,))
    with open_outbox(workspace, who) as outbox:
        check_whole(outbox)
        outbox.recover()
        again, told = _why_again(outbox, sources, package, parcel, recipient, again)
        number = outbox.queue(parcel, recipient, messages, again=again, told=told)
        _refuse_moved(outbox, settings, number)
        deliver_due(outbox, transports, (number,))
        return print_items(outbox.items(number), quiet=quiet)


def _why_again(
    outbox: Outbox, sources: Sources, path: Path, parcel: OutgoingFile, recipient: Recipient, again: str
) -> tuple[str, tuple[int, ...]]:
    """The reason why the edition goes again, and the numbers before it.

    Raises ReporterError when a person must say it, and where it goes no more.
    """
    _tell_before(outbox, parcel, recipient, again)
    if outbox.find(parcel, recipient) is not None:
        return again, ()
    if replaced := _replaced(sources, parcel):
        raise replaced
    try:
        return again, require_word(outbox, path, parcel, recipient, again)
    except ReporterError as problem:
        again = ask(problem)
    return again, require_word(outbox, path, parcel, recipient, again)


def _package_for(path: Path, recipient: Recipient) -> OutgoingFile:
    """Read a whole package that is packed for this recipient.

    Raises ReporterError for anything else.
    """
    parcel = read_package(path)
    told = parcel.label
    if told and told.recipient != recipient.code:
        message = f"{parcel.name} is packed for {told.recipient}, not for {recipient.code}"
        hint = f"reporter package {told.country} {told.year} --to {recipient.code} packs what {recipient.code} gets"
        raise UsageError(message, hint=hint)
    return parcel


def _replaced(sources: Sources, parcel: OutgoingFile) -> ReporterError | None:
    """The error if a corrigendum has replaced the package's edition.

    Then it is sent no more. None when it may be sent.
    """
    told = parcel.label
    releases = read_releases(sources, told.country, told.year) if told else ()
    if told is None or not releases or told.number >= releases[-1].number:
        return None
    again = f"reporter package {told.country} {told.year} --to {told.recipient}"
    message = f"{parcel.name} holds number {told.number} of the edition, and published last is {releases[-1]}"
    return ReporterError(message, hint=f"{again} packs that one; nothing was sent")


def _other_file(path: Path) -> OutgoingFile:
    """Read a file that is no package.

    Raises UsageError for one that passes itself off as one.
    """
    parcel = read_outgoing(path)
    if parcel.looks_like_package:
        raise UsageError(f"{parcel.name} is a package, or was one", hint="send it without --other-file")
    return parcel


def _tell_before(outbox: Outbox, parcel: OutgoingFile, recipient: Recipient, again: str) -> None:
    """Say when the package was sent before.

    Raises ReporterError when another form of it waits or may have left, or when it is to go again: that is `resend`.
    """
    number = outbox.find(parcel, recipient)
    items = outbox.items(number) if number is not None else ()
    first = items[0] if items else None
    if first and again:
        hint = f'reporter resend {number} --by NAME --reason "…"'
        raise UsageError(f"it is no other package, but number {number} of the outbox", hint=hint)
    if first and all(each.state == State.SENT for each in items):
        as_what = f" as {first.package}" if first.package != parcel.name else ""
        click.echo(f"it was sent before{as_what}; nothing is sent now", err=True)
    elif first and any(each.state == State.REPLACED for each in items):
        hint = f'reporter resend {number} --by NAME --reason "…" --older sends it all the same; nothing was sent now'
        raise ReporterError(f"another package took the place of number {number} before it left", hint=hint)
    elif first and first.parcel != parcel.sha256:
        states = ", ".join(dict.fromkeys(each.state for each in items))
        message = f"the same package is number {number} in another form: {first.package}, {states}"
        raise ReporterError(message, hint="reporter outbox says what to do with it; nothing was sent now")


def _work_off(workspace: Workspace, settings: Settings, who: str, *, quiet: bool) -> int:
    """Send again what is due.

    Only to recipients that are still where they were.
    """
    with open_outbox(workspace, who) as outbox:
        check_whole(outbox)
        outbox.recover()
        waiting = [each for each in outbox.items() if each.state not in DONE]
        left = {each.dispatch for each in with_old_address(waiting, settings)}
        numbers = dict.fromkeys(each.dispatch for each in waiting if each.state == State.QUEUED)
        channels = {each.channel for each in waiting if each.dispatch in numbers}
        due = [number for number in numbers if number not in left]
        if due:
            deliver_due(outbox, make_transports(workspace, settings, channels), due)
        told = {each.dispatch for each in waiting}
        if not told and not quiet:
            click.echo("nothing waits", err=True)
        return print_items((each for each in outbox.items() if each.dispatch in told), quiet=quiet)


def _refuse_moved(outbox: Outbox, settings: Settings, number: int) -> None:
    for each in with_old_address(outbox.items(number), settings):
        raise ReporterError(
            f"number {number} waits for {each.address}, which is no longer the address of {each.recipient}",
            hint=f'if the new one is right: reporter resend {number} --by NAME --reason "…"',
        )


def _rehearse(
    workspace: Workspace,
    sources: Sources,
    settings: Settings,
    recipient: Recipient,
    package: Path,
    parcel: OutgoingFile,
    messages: tuple[Message, ...],
    again: str,
) -> int:
    """Write the messages under build/ instead of sending them.

    Says what would be done with them.
    """
    for each in messages if recipient.channel is Channel.EMAIL else ():
        path = workspace.output / "outgoing" / f"{each.name}-{recipient.code}.eml"
        write_whole(path, each.raw)
        click.echo(options.display_path(path))
    way = "be sent to" if recipient.channel is Channel.EMAIL else "be laid in"
    count = f"{len(messages)} messages" if len(messages) > 1 else "1 message"
    size = sum(len(each.raw) for each in messages)
    click.echo(f"{parcel.name} would {way} {recipient.address}: {count}, {size:,} bytes", err=True)
    problem = refusal(recipient, settings, workspace.root) or _replaced(sources, parcel)
    problem = problem or _unsaid(workspace, package, parcel, recipient, again)
    if problem:
        click.echo(f"it would be refused: {problem}", err=True)
    return ExitCode.FINDINGS if problem else ExitCode.OK


def _unsaid(
    workspace: Workspace, path: Path, parcel: OutgoingFile, recipient: Recipient, again: str
) -> ReporterError | None:
    """The error if the edition went before, and nobody says why again."""
    if not (workspace.outbox / FILE).is_file():
        return None
    with open_outbox(workspace, "") as outbox:
        try:
            if outbox.find(parcel, recipient) is None:
                require_word(outbox, path, parcel, recipient, again)
        except ReporterError as problem:
            return problem
    return None
