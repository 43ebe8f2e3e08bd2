"""Whether people other than the publisher approved an edition as it is now."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from reporter.data.errors import DataError, Finding, ReporterError
from reporter.data.files.published import approved_copy
from reporter.data.files.sources import Sources, known_years, list_checksum
from reporter.data.read.release import read_approvals
from reporter.data.read.settings import read_settings
from reporter.data.records import Approval, Approved, Audience, folded_name
from reporter.editions.changes import INPUT, Departure, departures, published_audiences, with_words
from reporter.editions.job import Job, digests, inputs_of
from reporter.editions.public.public_files import for_audience
from reporter.editions.state import EditionState


def state_for(state: EditionState, audience: Audience) -> EditionState:
    return replace(state, job=replace(state.job, audience=audience))


def audiences_of(state: EditionState) -> tuple[Audience, ...]:
    """The audiences of an edition: restricted if it has such a recipient, or contains more than the public one."""
    settings, _ = read_settings(state.sources)
    has_restricted = bool(settings and any(reader.audience is Audience.RESTRICTED for reader in settings.recipients))
    if not has_restricted:
        files = inputs_of(state.sources, state.job)
        public, restricted = (for_audience(files, audience).contents for audience in Audience)
        has_restricted = public != restricted
    return tuple(Audience) if has_restricted else (Audience.PUBLIC,)


def documents_due(state: EditionState, languages: Iterable[str]) -> tuple[Job, ...]:
    """The documents that an edition has or was published in, for every audience."""
    audiences = {*audiences_of(state), *(published_audiences(state.release) if state.release else ())}
    named = tuple(languages)
    return tuple(job for reader in Audience if reader in audiences for job in state_for(state, reader).jobs(named))


MOST_NAMED = 6
FOR_THE_PUBLIC = "their public version"


@dataclass(frozen=True, slots=True)
class OutdatedApproval:
    """An approval of files that have changed since. Without `changed` files, only their public form differs."""

    approval: Approval
    changed: tuple[Departure, ...]

    @property
    def names(self) -> str:
        turns = ["" if departure.turn == "changed" else f" ({departure.turn})" for departure in self.changed]
        descriptions = [f"{change.name}{turn}{change.words}" for change, turn in zip(self.changed, turns, strict=True)]
        more = [f"{len(descriptions) - MOST_NAMED} more"] if len(descriptions) > MOST_NAMED else []
        return "; ".join((*descriptions[:MOST_NAMED], *more)) or FOR_THE_PUBLIC

    def __str__(self) -> str:
        return f"{self.approval} for earlier files; changed since then: {self.names}"


@dataclass(frozen=True, slots=True)
class ApprovalState:
    """The approvals of what would be published next; `demanded` is the number required. `files` are the checksums of
    what is to be approved, `public` that of its public form. `valid` are approvals of exactly that, `outdated` those of
    other files, the last one of each person. `approvals` are all of the edition. `due` unless published as it is."""

    title: str
    number: int
    due: bool
    demanded: int
    files: Mapping[str, str]
    public: str
    approvals: tuple[Approval, ...]
    valid: tuple[Approval, ...]
    outdated: tuple[OutdatedApproval, ...]

    @property
    def sha256(self) -> str:
        return list_checksum(self.files)

    @property
    def command(self) -> str:
        return f'reporter approve {self.title.partition(",")[0]} --by "NAME"'

    def by_others(self, person: str) -> tuple[Approval, ...]:
        return tuple(approval for approval in self.valid if folded_name(approval.by) != folded_name(person))

    @property
    def lacking(self) -> int:
        return self.demanded - len(self.valid)

    @property
    def missing(self) -> tuple[str, ...]:
        """What is missing if approvals are required, assuming that the publisher has not approved."""
        if not self.due or self.lacking <= 0:
            return ()
        persons = "one other person" if self.lacking == 1 else f"{self.lacking} other persons"
        return (f"approval by {persons}, not by the publisher: {self.command}", *map(str, self.outdated))


def approval_state(state: EditionState, sources: Sources) -> ApprovalState:
    """The approvals of an edition; `sources` are all files. Raises DataError when its approvals cannot be read."""
    country, year, number = state.job.country, state.job.year, len(state.releases)
    settings, _ = read_settings(state.sources)
    files = digests(inputs_of(state.sources, state.job))
    public = state_for(state, Audience.PUBLIC).checksum
    approvals = read_approvals(sources, country, year)
    last = {folded_name(approval.by): approval for approval in approvals if approval.number == number}
    standing = [approval for approval in last.values() if not approval.withdrawn]
    valid = tuple(approval for approval in standing if (dict(approval.files), approval.public) == (files, public))
    others = (approval for approval in standing if approval not in valid)
    return ApprovalState(
        title=f"{country} {year}, {f'corrigendum {number}' if number else 'number 0'}",
        number=number,
        due=state.release is None or bool(state.changed),
        demanded=settings.approvals if settings else 0,
        files=files,
        public=public,
        approvals=approvals,
        valid=valid,
        outdated=tuple(OutdatedApproval(item, tuple(departures(INPUT, dict(item.files), files))) for item in others),
    )


def demanded_approvals(state: EditionState, sources: Sources, demanded: int) -> ApprovalState | None:
    """The approvals of an edition that needs them. None if it needs none or is published."""
    approvals = approval_state(state, sources) if demanded else None
    return approvals if approvals and approvals.due else None


def with_reported_changes(approvals: ApprovalState, state: EditionState, sources: Sources) -> ApprovalState:
    """Add the changes since outdated approvals, as far as the public may know them and the files were copied."""
    edition, now = (state.job.country, state.job.year), state_for(state, Audience.PUBLIC).inputs
    items: list[OutdatedApproval] = []
    for item in approvals.outdated:
        copies = ((path, sources.find(approved_copy(*edition, sha256)), sha256) for path, sha256 in item.approval.files)
        there = {path: copy.content for path, copy, sha256 in copies if copy.sha256 == sha256}
        earlier_inputs = for_audience(Sources.from_contents(there), Audience.PUBLIC)
        items.append(replace(item, changed=with_words(item.changed, earlier_inputs, now, edition)) if there else item)
    return replace(approvals, outdated=tuple(items))


def require_approvals(approvals: ApprovalState, publisher: str, today: str) -> tuple[Approved, ...]:
    """The approvals by others than the publisher. Raises ReporterError when there are fewer than required."""
    others = approvals.by_others(publisher)
    if early := next((approval for approval in others if approval.date > today), None):
        hint = (
            "correct the clock of this computer; if the other clock was wrong, withdraw the approval and approve again"
        )
        raise ReporterError(f"the edition was {early}, a date in the future", hint=hint)
    if len(others) < approvals.demanded:
        who = "one other person" if approvals.demanded == 1 else f"{approvals.demanded} other persons"
        lines = [f"{approvals.title}, must be approved by {who}, not by the publisher, {publisher}"]
        lines += [f"{approval} (the publisher)" for approval in approvals.valid if approval not in others]
        lines += [str(outdated_approval) for outdated_approval in approvals.outdated]
        raise ReporterError("\n  ".join(lines), hint=f"ask another person to review it and run: {approvals.command}")
    return tuple(Approved(by=approval.by, date=approval.date, sha256=approval.public) for approval in others)


def refuse_unpublished(state: EditionState, demanded: int) -> None:
    """Refuse to release an unpublished edition that needs approvals, which publishing checks. Raises ReporterError."""
    if demanded and state.release is None:
        edition = f"{state.job.country} {state.job.year}"
        hint = f"reporter approve {edition}; then another person: reporter publish {edition}"
        raise ReporterError(
            f"{edition} is not published and cannot be sent without approval (approvals: {demanded})", hint=hint
        )


def unread_approvals(sources: Sources, country: str) -> Iterator[Finding]:
    for year in known_years(sources, country):
        try:
            read_approvals(sources, country, year)
        except DataError as problem:
            yield from (replace(finding, year=finding.year or year) for finding in problem.findings)
