"""What would happen in a step, told before somebody asks for it."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from reporter.delivery.approving import accepted_findings, open_warnings
from reporter.delivery.dispatching import newer_sendings, open_outbox, prepare_sending, why_refused
from reporter.delivery.packaging import permission_text
from reporter.delivery.recipients import package_for, replaced_package
from reporter.edition.approvals import ApprovalState, OutdatedApproval, require_approvals
from reporter.edition.changes import Departure
from reporter.errors import ReporterError
from reporter.i18n import Locale
from reporter.model import Approval, Audience, Channel, folded_name
from reporter.submission.message import Message
from reporter.web.frame import YearPage
from reporter.web.release_state import RecipientState, audiences_made, changes_since, outdated_approvals, readiness
from reporter.web.steps import utc_now

MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class PackedFiles:
    """How many files a package has, and which it has besides or no longer, beside that of an earlier year. `before` is
    that year, 0 for none."""

    number: int
    before: int = 0
    more: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What the card of a step tells. `changes` are since it was published, or since the `outdated` approval; `mine` are
    the approvals of who asks. `warnings` are open ones and `accepted` findings; None where nothing was read. `cautions`
    are permissions for small counts, `hidden` how many small counts no permission covers. `stops` says why the step
    would be refused; `asks` what went before, where a reason is asked for."""

    changes: tuple[Departure, ...] = ()
    outdated: OutdatedApproval | None = None
    mine: tuple[Approval, ...] = ()
    warnings: int | None = None
    accepted: int = 0
    is_restricted: bool = False
    cautions: tuple[str, ...] = ()
    hidden: int = 0
    stops: ReporterError | None = None
    asks: ReporterError | None = None
    messages: tuple[Message, ...] = ()
    packed: PackedFiles | None = None
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
    if step == "resend" and chosen and chosen.message:
        return _of_resending(page, chosen)
    return NOTHING


def _of_approving(page: YearPage, found: ApprovalState, *, changed: bool) -> CardFacts:
    state, checked = page.state, page.reading.checked
    changes, last = changes_since(page.reading, state.country.code, state.year) if changed else (), None
    # What that person approved before comes before what anybody else did.
    outdated = outdated_approvals(page.reading, state.country.code, state.year)
    for each in sorted(outdated, key=lambda each: folded_name(each.approval.by) == folded_name(page.person)):
        changes, last = each.changed, each
    return CardFacts(
        changes=changes,
        outdated=last,
        mine=tuple(each for each in found.valid if each not in found.by_others(page.person)),
        warnings=open_warnings(checked, state.year) if checked else None,
        accepted=accepted_findings(checked, state.year) if checked else 0,
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
    found = readiness(page.desk.workspace, page.reading, state.country.code, state.year, recipient.code)
    let_out = found.ready.let_out if found.ready else ()
    return CardFacts(
        cautions=tuple(permission_text(each, page.locale) for each in let_out),
        hidden=found.hidden if recipient.audience is Audience.RESTRICTED else 0,
        stops=found.problem,
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
        messages=tuple(sending.messages),
        packed=packed,
        secret=_asked_secret(page, chosen),
    )


def _of_resending(page: YearPage, chosen: RecipientState) -> CardFacts:
    with open_outbox(page.desk.workspace, "", utc_now) as outbox:
        since = newer_sendings(outbox, page.reading.sources, chosen.item.dispatch)
    return CardFacts(asks=ReporterError(since) if since else None, secret=_asked_secret(page, chosen))


def _asked_secret(page: YearPage, chosen: RecipientState) -> str:
    """Whose password is asked for: the user at the server, or nobody's."""
    mail = page.state.dataset.settings.mail
    asked = mail and mail.user and chosen.recipient.channel is Channel.EMAIL
    return f"{mail.user}, {mail.host}" if mail and asked else ""


def _packed_files(page: YearPage, chosen: RecipientState, path: Path) -> PackedFiles:
    state = page.state
    names = _names(path.read_bytes(), state.year)
    earlier = [
        each
        for each in page.reading.history.items
        if (each.country, each.recipient) == (state.country.code, chosen.recipient.code) and each.year < state.year
    ]
    if not earlier:
        return PackedFiles(len(names))
    last = max(earlier, key=lambda each: (each.year, each.dispatch))
    with open_outbox(page.desk.workspace, "", utc_now) as outbox:
        before = _names(outbox.outgoing_file(last.dispatch).content, last.year)
    return PackedFiles(len(names), last.year, tuple(sorted(names - before)), tuple(sorted(before - names)))


def few(names: Sequence[str], locale: Locale) -> str:
    more = [locale.text("{n} more", n=locale.number(len(names) - MOST_NAMED))] if len(names) > MOST_NAMED else []
    return locale.listed([*names[:MOST_NAMED], *more])


def _names(content: bytes, year: int) -> set[str]:
    """The names of a package's files, without the year in them."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = (each.partition("/")[2] for each in package.namelist())
            return {each.replace(str(year), "…") for each in names if each.startswith("data/")}
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return set()


def megabytes(size: int, locale: Locale) -> str:
    """A size in millions of bytes, with one decimal."""
    return locale.fixed(Decimal(max(size, 50_000)) / 1_000_000, 1)
