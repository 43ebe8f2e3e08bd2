"""`reporter approve`: a person agrees to an edition before it is published."""

from collections.abc import Iterator

import click

from reporter.cli import options
from reporter.data.errors import ExitCode, UsageError
from reporter.data.files.workspace import Workspace
from reporter.data.records import Approval, folded_name
from reporter.editions.approvals import ApprovalState
from reporter.exchange.publish.approving import ApprovalRequest, approve, withdraw_approval

EPILOG = """\b
Examples:
  reporter approve LT 2020 --by "V. Jonaite"
  reporter approve LT 2020 --by "V. Jonaite" --note "The totals agree with the register"
  reporter approve LT 2020 --by "V. Jonaite" --withdraw"""


@click.command("approve", epilog=EPILOG)
@options.edition
@click.option("--by", default="", help="Who approves; by default the user of this machine.")
@click.option("--note", default="", help="A remark, which stays in the workspace.")
@click.option("--withdraw", is_flag=True, help="Withdraw your approval, before publication.")
@options.workspace
@options.verbosity
def command(country: str, year: int, by: str, note: str, withdraw: bool, workspace: Workspace, quiet: bool) -> int:
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
