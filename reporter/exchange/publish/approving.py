"""Approve an edition in its present state, or withdraw an approval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reporter import __version__
from reporter.data.errors import Mark, ReporterError, UsageError, counted
from reporter.data.files.published import approvals_file, approved_copy
from reporter.data.files.store import Memory
from reporter.data.files.workspace import Workspace
from reporter.data.files.writing import write_whole
from reporter.data.read.release import approvals_text
from reporter.data.records import Approval, folded_name, plain_name
from reporter.editions.all_findings import find_all
from reporter.editions.approvals import (
    ApprovalState,
    approval_state,
    approved_contents,
    audiences_of,
    state_for,
    with_told_changes,
)
from reporter.editions.job import Job, select
from reporter.editions.program import check_digest
from reporter.editions.search_cache import KeptFindings, findings_of
from reporter.editions.state import edition_state
from reporter.exchange.publish.publishing import check_fit, publishing_lock

LONGEST_NOTE = 1000


@dataclass(frozen=True, slots=True)
class ApprovalRequest:
    """Who approves which edition, and when. `seen` is the checksum of the files the person reviewed before, if any."""

    country: str
    year: int
    by: str
    date: str
    note: str = ""
    seen: str = ""

    @property
    def person(self) -> str:
        """The name on one line; raises UsageError if empty."""
        name = plain_name(self.by)
        if not folded_name(name):
            raise UsageError("no approver is named", hint='write --by "NAME"')
        return name


@dataclass(frozen=True, slots=True)
class ApprovalResult:
    """The approval, whether it is new, and the `state` of the edition before."""

    approval: Approval
    state: ApprovalState
    is_new: bool = True


def approve(workspace: Workspace, asked: ApprovalRequest, memory: Memory | None = None) -> ApprovalResult:
    """Approve exactly the present files. Raises ReporterError for what could not be published either: figures that are
    not final, an open error, or an edition published already. `memory` caches the findings on unchanged files."""
    person = asked.person
    with publishing_lock(workspace, asked.country, asked.year):
        sources = workspace.snapshot()
        select(sources, asked.country, asked.year)
        kept = KeptFindings(findings_of(workspace), check_digest(), sources, f"approve {asked.year}", memory)
        state = edition_state(sources, Job(asked.country, asked.year, ""))
        state = replace(state, folder=kept.folder, memory=memory)
        found = approval_state(state, sources)
        if not found.due:
            hint = f"it may be packed: reporter package {asked.country} {asked.year} --to RECIPIENT"
            raise UsageError(f"{state.release} is published, and nothing changed since", hint=hint)
        for each in [state_for(state, each) for each in audiences_of(state)]:
            check_fit(each, sources, asked.date)
        if asked.seen not in ("", found.sha256):
            hint = "review the files again; nothing was approved"
            raise ReporterError("the files changed since you reviewed them", hint=hint)
        last = max((state.release.date if state.release else "", *(each.date for each in found.known)))
        if last > asked.date:
            what = f"today is {asked.date}, but this edition was approved or published on {last}"
            raise ReporterError(what, hint="correct the clock of this computer")
        mine = next((each for each in found.valid if folded_name(each.by) == folded_name(person)), None)
        if mine:
            return ApprovalResult(mine, found, is_new=False)
        approval = _approval(asked, found, counted(find_all(sources, asked.country, asked.year, kept).findings))
        for sha256, content in approved_contents(state, found.files).items():
            copy = approved_copy(asked.country, asked.year, sha256)
            if copy not in sources:
                write_whole(workspace.root / copy, content)
        _write(workspace, asked, (*found.known, approval))
    return ApprovalResult(approval, with_told_changes(found, state, sources))


def withdraw_approval(workspace: Workspace, asked: ApprovalRequest) -> Approval:
    """Withdraw a person's approval before publication. Raises UsageError where there is none."""
    person = folded_name(asked.person)
    with publishing_lock(workspace, asked.country, asked.year):
        sources = workspace.snapshot()
        select(sources, asked.country, asked.year)
        found = approval_state(edition_state(sources, Job(asked.country, asked.year, "")), sources)
        standing = [each for each in found.known if each.number == found.number and not each.withdrawn]
        mine = [each for each in standing if folded_name(each.by) == person]
        if not mine:
            names = ", ".join(dict.fromkeys(each.by for each in standing))
            hint = f"approved by: {names}" if names else "there is none; published editions keep their approvals"
            raise UsageError(f"{found.title}, was not approved by {asked.person}", hint=hint)
        day = max(asked.date, mine[-1].date)
        _write(workspace, asked, [replace(each, withdrawn=day) if each in mine else each for each in found.known])
    return mine[-1]


def _approval(asked: ApprovalRequest, found: ApprovalState, counts: Mapping[str, int]) -> Approval:
    return Approval(
        number=found.number,
        by=asked.person,
        date=asked.date,
        sha256=found.sha256,
        public=found.public,
        warnings=counts["warning"],
        accepted=counts["accepted"],
        program=__version__,
        note=plain_name(asked.note)[:LONGEST_NOTE],
        files=tuple(found.files.items()),
        mark=Mark(approvals_file(asked.country, asked.year)),
    )


def _write(workspace: Workspace, asked: ApprovalRequest, approvals: Sequence[Approval]) -> None:
    text = approvals_text(approvals, asked.country, asked.year)
    write_whole(workspace.root / approvals_file(asked.country, asked.year), text.encode())
