"""Approve an edition in its present state, or withdraw an approval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reporter import __version__
from reporter.data.errors import Mark, ReporterError, UsageError, counted
from reporter.data.files.published import approvals_file, approved_copy
from reporter.data.files.sources import DATA, SETTINGS
from reporter.data.files.store import Memory
from reporter.data.files.workspace import Workspace
from reporter.data.files.writing import write_whole
from reporter.data.read.release import approvals_text
from reporter.data.records import Approval, folded_name, plain_name
from reporter.editions.all_findings import find_all
from reporter.editions.approvals import ApprovalState, approval_state, audiences_of, state_for, with_reported_changes
from reporter.editions.job import Job, page_settings, select
from reporter.editions.program import check_digest
from reporter.editions.search_cache import KeptFindings, findings_of
from reporter.editions.state import edition_state
from reporter.exchange.publish.publishing import check_fit, publishing_lock

LONGEST_NOTE = 1000


@dataclass(frozen=True, slots=True)
class ApprovalRequest:
    """Who approves which edition, and when. `sha256` is that of the files the person reviewed before, if any."""

    country: str
    year: int
    by: str
    date: str
    note: str = ""
    sha256: str = ""

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
        cache = KeptFindings(findings_of(workspace), check_digest(), sources, f"approve {asked.year}", memory)
        state = edition_state(sources, Job(asked.country, asked.year, ""))
        state = replace(state, folder=cache.folder, memory=memory)
        status = approval_state(state, sources)
        if not status.due:
            hint = f"it may be packed: reporter package {asked.country} {asked.year} --to RECIPIENT"
            raise UsageError(f"{state.release} is published, and nothing changed since", hint=hint)
        for audience_state in [state_for(state, audience) for audience in audiences_of(state)]:
            check_fit(audience_state, sources, asked.date)
        if asked.sha256 not in ("", status.sha256):
            hint = "review the files again; nothing was approved"
            raise ReporterError("the files changed since you reviewed them", hint=hint)
        last = max((state.release.date if state.release else "", *(entry.date for entry in status.approvals)))
        if last > asked.date:
            what = f"today is {asked.date}, but this edition was approved or published on {last}"
            raise ReporterError(what, hint="correct the clock of this computer")
        if mine := next((entry for entry in status.valid if folded_name(entry.by) == folded_name(person)), None):
            return ApprovalResult(mine, status, is_new=False)
        approval = _approval(asked, status, counted(find_all(sources, asked.country, asked.year, cache).findings))
        copies = {
            path: state.sources[path].content
            for path in status.files
            if path.startswith(f"{DATA}/") or path == SETTINGS
        }
        if SETTINGS in copies:
            copies[SETTINGS] = page_settings(copies[SETTINGS])
        for sha256, content in {status.files[path]: content for path, content in copies.items()}.items():
            copy = approved_copy(asked.country, asked.year, sha256)
            if copy not in sources:
                write_whole(workspace.root / copy, content)
        _write(workspace, asked, (*status.approvals, approval))
    return ApprovalResult(approval, with_reported_changes(status, state, sources))


def withdraw_approval(workspace: Workspace, asked: ApprovalRequest) -> Approval:
    """Withdraw a person's approval before publication. Raises UsageError where there is none."""
    person = folded_name(asked.person)
    with publishing_lock(workspace, asked.country, asked.year):
        sources = workspace.snapshot()
        select(sources, asked.country, asked.year)
        status = approval_state(edition_state(sources, Job(asked.country, asked.year, "")), sources)
        standing = [entry for entry in status.approvals if entry.number == status.number and not entry.withdrawn]
        if not (mine := [approval for approval in standing if folded_name(approval.by) == person]):
            names = ", ".join(dict.fromkeys(approval.by for approval in standing))
            hint = f"approved by: {names}" if names else "there is none; published editions keep their approvals"
            raise UsageError(f"{status.title}, was not approved by {asked.person}", hint=hint)
        day = max(asked.date, mine[-1].date)
        _write(workspace, asked, [replace(item, withdrawn=day) if item in mine else item for item in status.approvals])
    return mine[-1]


def _approval(asked: ApprovalRequest, approval_status: ApprovalState, counts: Mapping[str, int]) -> Approval:
    return Approval(
        number=approval_status.number,
        by=asked.person,
        date=asked.date,
        sha256=approval_status.sha256,
        public=approval_status.public,
        warnings=counts["warning"],
        accepted=counts["accepted"],
        program=__version__,
        note=plain_name(asked.note)[:LONGEST_NOTE],
        files=tuple(approval_status.files.items()),
        mark=Mark(approvals_file(asked.country, asked.year)),
    )


def _write(workspace: Workspace, asked: ApprovalRequest, approvals: Sequence[Approval]) -> None:
    text = approvals_text(approvals, asked.country, asked.year)
    write_whole(workspace.root / approvals_file(asked.country, asked.year), text.encode())
