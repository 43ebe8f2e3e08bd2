"""What would happen in a step, told before somebody asks for it."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from reporter.analysis.small_counts import unpermitted
from reporter.delivery.crate import permission_text
from reporter.delivery.dispatching import newer_sendings, open_outbox, prepare_sending, why_refused
from reporter.delivery.packaging import place_of
from reporter.delivery.packing import ReadyEdition, ready_edition
from reporter.delivery.recipients import package_for, replaced_package
from reporter.edition.approvals import (
    ApprovalState,
    OutdatedApproval,
    approval_state,
    audiences_of,
    require_approvals,
    with_told_changes,
)
from reporter.edition.changes import Departure
from reporter.edition.job import Job
from reporter.edition.state import edition_state
from reporter.errors import ReporterError
from reporter.files.workspace import Workspace
from reporter.i18n import Locale
from reporter.model import Approval, Audience, Channel, EditionStatus, Recipient, folded_name, vintage
from reporter.submission.file_names import signed_name
from reporter.submission.history import FiledReceipt
from reporter.submission.message import Message
from reporter.submission.message_state import OutboxItem, State
from reporter.submission.package_label import edition_number
from reporter.web.desk import Reading
from reporter.web.frame import YearPage
from reporter.web.steps import utc_now
from reporter.web.year_state import YearState


class Reached(StrEnum):
    """How far a recipient is with the number published last."""

    NOTHING = "nothing"
    PACKED = "packed"
    SIGNED = "signed"
    QUEUED = "queued"
    SENDING = "sending"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SENT = "sent"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class RecipientState:
    """How far a recipient is: its package, its message, its receipts. `package` and `signed` are None where no such
    file lies there. `item` is its last message, `earlier` tells that an earlier number was sent."""

    recipient: Recipient
    package: Path | None
    signed: Path | None
    item: OutboxItem | None
    receipts: tuple[FiledReceipt, ...]
    earlier: bool

    @property
    def outgoing(self) -> Path | None:
        """What would go: the signed form, if there is one."""
        return self.signed or self.package

    @property
    def message(self) -> State | None:
        """The state of its message; None while there is none."""
        return self.item.state if self.item else None

    @property
    def reached(self) -> Reached:
        if self.message is not None:
            done = self.message is State.SENT and self.receipts
            return Reached.RECEIVED if done else Reached(self.message)
        return Reached.SIGNED if self.signed else Reached.PACKED if self.package else Reached.NOTHING

    def folder_to_make(self, root: Path) -> Path | None:
        """The folder in which its packages are laid, where nothing lies there yet."""
        folder = root / self.recipient.address
        return folder if self.recipient.channel is Channel.FOLDER and not folder.exists() else None

    @property
    def packed_on(self) -> str:
        made = self.package.stat().st_mtime if self.package else 0
        return datetime.fromtimestamp(made).astimezone().date().isoformat()


def recipient_states(workspace: Workspace, reading: Reading, state: YearState) -> tuple[RecipientState, ...]:
    known = state.dataset.settings.recipients
    return tuple(_recipient_state(workspace, reading, state, each) for each in known)


def _recipient_state(workspace: Workspace, reading: Reading, state: YearState, recipient: Recipient) -> RecipientState:
    country, year, releases = state.country.code, state.year, state.progress.releases
    number = releases[-1].number if releases else 0
    place = place_of(workspace, country, year, recipient.code, recipient.audience)
    signed = place.with_name(signed_name(place.name))
    mine = [
        each
        for each in reading.history.items
        if (each.country, each.year, each.recipient) == (country, year, recipient.code)
    ]
    now = [each for each in mine if each.edition == number and each.state != State.REPLACED]
    last = max(now, key=lambda each: each.dispatch, default=None)
    return RecipientState(
        recipient=recipient,
        package=place if edition_number(place) == number else None,
        signed=signed if edition_number(signed) == number else None,
        item=last,
        receipts=tuple(each for each in reading.history.receipts if last and each.dispatch == last.dispatch),
        earlier=any(each.edition < number and each.state == State.SENT for each in mine),
    )


def chosen_recipient(states: Iterable[RecipientState], code: str) -> RecipientState | None:
    """The recipient of a code, or the first that waits. What goes by mail comes before what lies in a folder. None
    where reporter.yaml names none."""
    known = tuple(states)
    waiting = [each for each in known if each.reached is not Reached.RECEIVED]
    waiting.sort(key=lambda each: each.recipient.channel is not Channel.EMAIL)
    named = (each for each in known if each.recipient.code == code)
    return next(named, next(iter(waiting), next(iter(known), None)))


STEPS = ("withheld", "final", "approve", "publish", "package", "sign", "send", "receipt")
# How far a message is, by its state.
SENDING = {
    State.SENT: "done",
    State.QUEUED: "waits",
    State.SENDING: "waits",
    State.FAILED: "failed",
    State.UNKNOWN: "unknown",
}


def step_states(state: YearState, chosen: RecipientState | None, *, changed: bool, open_steps: bool) -> dict[str, str]:
    """How far each step of a year is, and each of one recipient: done, would, later, failed, unknown or waits. Where
    there are `open_steps`, the year cannot be final yet."""
    releases, approval = state.progress.releases, state.progress.approval
    is_final, is_published = state.progress.status is EditionStatus.FINAL, bool(releases) and not changed
    found = {"withheld": "would" if state.small else "done"}
    found["final"] = "done" if is_final else "later" if open_steps else "would"
    ready = "would" if is_final and not open_steps else "later"
    if state.dataset.settings.approvals:
        done = releases[-1].approved if is_published else approval and ready == "would" and approval.lacking <= 0
        found["approve"] = "done" if done else ready if approval and not is_published else "later"
    found["publish"] = "done" if is_published else "later" if approval and approval.missing else ready
    if chosen:
        found["package"] = "done" if chosen.package else "would" if is_published else "later"
        found["sign"] = "done" if chosen.signed else "later" if chosen.message or not chosen.package else "would"
        found["send"] = SENDING[chosen.message] if chosen.message else "would" if chosen.outgoing else "later"
        waits = chosen.message in (None, State.QUEUED, State.SENDING)
        found["receipt"] = "done" if chosen.reached is Reached.RECEIVED else "later" if waits else "would"
    return found


@lru_cache(maxsize=16)
def readiness(
    workspace: Workspace, reading: Reading, country: str, year: int, code: str
) -> tuple[ReadyEdition | None, int, ReporterError | None]:
    """An edition that may go to a recipient, and how many small counts are in it that no permission covers; or why it
    may not."""
    try:
        ready = ready_edition(workspace, reading.sources, country, year, code)
    except ReporterError as problem:
        return None, 0, problem
    return ready, len(unpermitted(vintage(ready.state.checked.dataset, country, year))), None


@lru_cache(maxsize=16)
def audiences_made(reading: Reading, country: str, year: int) -> tuple[Audience, ...]:
    return audiences_of(edition_state(reading.sources, Job(country, year, "")))


@lru_cache(maxsize=16)
def changes_since(reading: Reading, country: str, year: int) -> tuple[Departure, ...]:
    return edition_state(reading.sources, Job(country, year, "")).changes


@lru_cache(maxsize=16)
def outdated_approvals(reading: Reading, country: str, year: int) -> tuple[OutdatedApproval, ...]:
    state = edition_state(reading.sources, Job(country, year, ""))
    found = approval_state(state, reading.sources)
    return with_told_changes(found, state, reading.sources).outdated


MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What the card of a step tells. `changes` are since it was published, or since the `outdated` approval; `mine` are
    the approvals of who asks. `cautions` are permissions for small counts, `hidden` how many small counts no permission
    covers. `stops` says why the step would be refused; `asks` what went before, where a reason is asked for. `packed`
    is how many files a package has; the earlier year that another was of, 0 for none; and which it has besides, and no
    longer."""

    changes: tuple[Departure, ...] = ()
    outdated: OutdatedApproval | None = None
    mine: tuple[Approval, ...] = ()
    is_restricted: bool = False
    cautions: tuple[str, ...] = ()
    hidden: int = 0
    stops: ReporterError | None = None
    asks: ReporterError | None = None
    message: Message | None = None
    packed: tuple[int, int, list[str], list[str]] | None = None
    secret: str = ""


NOTHING = CardFacts()


def card_facts(page: YearPage, chosen: RecipientState | None, step: str, *, changed: bool) -> CardFacts:
    """What the open card tells; nothing where none is open."""
    if step == "approve" and page.state.progress.approval:
        return _of_approving(page, page.state.progress.approval, changed=changed)
    if step == "publish":
        return _of_publishing(page, changed=changed)
    if step == "package" and chosen:
        return _of_packing(page, chosen)
    if step == "send" and chosen and chosen.outgoing:
        return _of_sending(page, chosen, chosen.outgoing)
    if step == "resend" and chosen and chosen.item:
        with open_outbox(page.desk.workspace, "", utc_now) as outbox:
            since = newer_sendings(outbox, page.reading.sources, chosen.item.dispatch)
        return CardFacts(asks=ReporterError(since) if since else None, secret=_asked_secret(page, chosen))
    return NOTHING


def _of_approving(page: YearPage, found: ApprovalState, *, changed: bool) -> CardFacts:
    state = page.state
    changes, last = changes_since(page.reading, state.country.code, state.year) if changed else (), None
    # What that person approved before comes before what anybody else did.
    outdated = outdated_approvals(page.reading, state.country.code, state.year)
    for each in sorted(outdated, key=lambda each: folded_name(each.approval.by) == folded_name(page.person)):
        changes, last = each.changed, each
    return CardFacts(
        changes=changes,
        outdated=last,
        mine=tuple(each for each in found.valid if each not in found.by_others(page.person)),
    )


def _of_publishing(page: YearPage, *, changed: bool) -> CardFacts:
    country, year = page.state.country.code, page.state.year
    return CardFacts(
        changes=changes_since(page.reading, country, year) if changed else (),
        is_restricted=Audience.RESTRICTED in audiences_made(page.reading, country, year),
        stops=_unapproved(page),
    )


def _unapproved(page: YearPage) -> ReporterError | None:
    """Why who asks cannot publish; None where the name is not known."""
    found = page.state.progress.approval
    try:
        if found and page.person:
            require_approvals(found, page.person, page.desk.today().isoformat())
    except ReporterError as problem:
        return problem
    return None


def _of_packing(page: YearPage, chosen: RecipientState) -> CardFacts:
    state, recipient = page.state, chosen.recipient
    known = (page.desk.workspace, page.reading, state.country.code, state.year, recipient.code)
    ready, hidden, stops = readiness(*known)
    let_out = ready.let_out if ready else ()
    return CardFacts(
        cautions=tuple(permission_text(each, page.locale) for each in let_out),
        hidden=hidden if recipient.audience is Audience.RESTRICTED else 0,
        stops=stops,
    )


def _of_sending(page: YearPage, chosen: RecipientState, path: Path) -> CardFacts:
    sources, packed = page.reading.sources, _packed_files(page, chosen, path)
    try:
        sending = prepare_sending(page.desk.workspace, sources, chosen.recipient.code, path, utc_now(), package_for)
        stops = sending.refusal or replaced_package(sources, sending.parcel)
        asks = None if stops else why_refused(sending, "", utc_now)
    except ReporterError as problem:
        return CardFacts(packed=packed, stops=problem)
    return replace(
        _of_packing(page, chosen),
        stops=stops,
        asks=asks,
        message=sending.message,
        packed=packed,
        secret=_asked_secret(page, chosen),
    )


def _asked_secret(page: YearPage, chosen: RecipientState) -> str:
    """Whose password is asked for: the user at the server, or nobody's."""
    mail = page.state.dataset.settings.mail
    asked = mail and mail.user and chosen.recipient.channel is Channel.EMAIL
    return f"{mail.user}, {mail.host}" if mail and asked else ""


def _packed_files(page: YearPage, chosen: RecipientState, path: Path) -> tuple[int, int, list[str], list[str]]:
    state = page.state
    names = _names(path.read_bytes(), state.year)
    earlier = [
        each
        for each in page.reading.history.items
        if (each.country, each.recipient) == (state.country.code, chosen.recipient.code) and each.year < state.year
    ]
    if not earlier:
        return len(names), 0, [], []
    last = max(earlier, key=lambda each: (each.year, each.dispatch))
    with open_outbox(page.desk.workspace, "", utc_now) as outbox:
        before = _names(outbox.outgoing_file(last.dispatch).content, last.year)
    return len(names), last.year, sorted(names - before), sorted(before - names)


def few(names: Sequence[str], locale: Locale) -> str:
    more = [locale.text("{n} more", n=locale.number(len(names) - MOST_NAMED))] if len(names) > MOST_NAMED else []
    return locale.listed([*names[:MOST_NAMED], *more])


def _names(content: bytes, year: int) -> set[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = (each.partition("/")[2] for each in package.namelist())
            return {each.replace(str(year), "…") for each in names if each.startswith("data/")}
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return set()


def megabytes(size: int, locale: Locale) -> str:
    """A size in millions of bytes, with one decimal."""
    return locale.fixed(Decimal(max(size, 50_000)) / 1_000_000, 1)
