"""What would happen in a step, told before somebody asks for it."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from reporter.delivery.approving import accepted_findings, open_warnings
from reporter.delivery.dispatching import newer_sendings, open_outbox, prepare_sending, why_refused
from reporter.delivery.packaging import permission_text
from reporter.delivery.recipients import package_for, replaced_package
from reporter.edition.approvals import ApprovalState, require_approvals
from reporter.errors import ReporterError
from reporter.i18n import N_, NN_, Locale
from reporter.model import Audience, Channel, folded_name
from reporter.web.frame import YearPage
from reporter.web.release_state import RecipientState, audiences_made, changes_since, outdated_approvals, readiness
from reporter.web.steps import utc_now

HIDDEN = NN_(
    "{n} small count is in it that the public may not have. This recipient is not the public.",
    "{n} small counts are in it that the public may not have. This recipient is not the public.",
)
BOTH = N_("everybody; and, as a restricted edition, the offices that may know what is withheld from the public")
MOST_NAMED = 6
# What a recipient gets.
EDITIONS = {Audience.PUBLIC: N_("public edition"), Audience.RESTRICTED: N_("restricted edition")}


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What the card of a step tells. `facts` are pairs of words; `english` those of them that the checks say in
    English. `cautions` are small counts. `stops` says why the step would be refused; `asks` what went before, where a
    reason is asked for; `own` that who asks has approved it. `changes` are since it was published, or what `since`
    says."""

    facts: tuple[tuple[str, str], ...] = ()
    changes: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    stops: ReporterError | None = None
    asks: ReporterError | None = None
    since: str = ""
    own: str = ""
    secret: str = ""
    languages: tuple[tuple[str, str], ...] = field(default=())


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
    state, locale, checked = page.state, page.locale, page.reading.checked
    files = locale.count("{n} file", "{n} files", len(found.files))
    whole = locale.put("{}, SHA-256 {}", files, found.sha256)
    facts = [(locale.text("What is approved"), whole)]
    if found.public != found.sha256:
        facts.append((locale.text("What the public gets of it"), locale.put("SHA-256 {}", found.public)))
    if checked:
        told = (
            locale.text("no error"),
            locale.count("{n} warning", "{n} warnings", open_warnings(checked, state.year)),
            locale.text("{n} accepted", n=locale.number(accepted_findings(checked, state.year))),
        )
        facts.append((locale.text("Findings"), locale.listed(told)))
    mine = [each for each in found.valid if each not in found.by_others(page.person)]
    changes, since = changes_since(page.reading, state.country.code, state.year) if changed else (), ""
    # What that person approved before comes before what anybody else did.
    outdated = outdated_approvals(page.reading, state.country.code, state.year)
    for each in sorted(outdated, key=lambda each: folded_name(each.approval.by) == folded_name(page.person)):
        who = {"name": each.approval.by, "date": locale.date(each.approval.date)}
        changes, since = each.changed, locale.text("Changed since {name} approved it on {date}", **who)
    own = [
        locale.text("You approved it on {date}; nothing changed since.", date=locale.date(each.date)) for each in mine
    ]
    return CardFacts(facts=tuple(facts), changes=tuple(map(str, changes)), since=since, own="".join(own))


def _of_publishing(page: YearPage, *, changed: bool) -> CardFacts:
    state, locale = page.state, page.locale
    languages = state.dataset.settings.languages
    names = locale.listed(locale.language_name(each) for each in languages)
    audiences = audiences_made(page.reading, state.country.code, state.year)
    changes = changes_since(page.reading, state.country.code, state.year) if changed else ()
    return CardFacts(
        facts=(
            (locale.text("What is made"), locale.text("PDF, web page and workbook in {languages}", languages=names)),
            *([(locale.text("For whom"), locale.text(BOTH))] if Audience.RESTRICTED in audiences else []),
            (locale.text("Checked"), locale.text("every PDF by PDF/UA-1 and PDF/A-3a")),
            (locale.text("Kept"), f"data/{state.country.code}/editions/"),
        ),
        changes=tuple(map(str, changes)),
        stops=_unapproved(page),
        languages=tuple((each, locale.language_name(each)) for each in languages) if changed else (),
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
    state, locale, recipient = page.state, page.locale, chosen.recipient
    found = readiness(page.desk.workspace, page.reading, state.country.code, state.year, recipient.code)
    facts = ((locale.text("What goes"), ", ".join(map(str, recipient.gets))), *_whither(chosen, locale))
    return CardFacts(facts=facts, cautions=tuple(_cautions(page, chosen)), stops=found.problem)


def _whither(chosen: RecipientState, locale: Locale) -> Iterator[tuple[str, str]]:
    recipient = chosen.recipient
    name = recipient.name.text(locale.language)
    yield locale.text("To whom"), f"{name}, {recipient.address}"
    said = locale.text(EDITIONS[recipient.audience]), locale.text(recipient.audience.meaning)
    yield locale.text("For whom"), locale.put("{}: {}", *said)


def _cautions(page: YearPage, chosen: RecipientState) -> Iterator[str]:
    state, locale, recipient = page.state, page.locale, chosen.recipient
    found = readiness(page.desk.workspace, page.reading, state.country.code, state.year, recipient.code)
    for each in found.ready.let_out if found.ready else ():
        yield permission_text(each, locale)
    if found.hidden and recipient.audience is Audience.RESTRICTED:
        yield locale.count(*HIDDEN, found.hidden)


def _of_sending(page: YearPage, chosen: RecipientState, path: Path) -> CardFacts:
    locale, sources = page.locale, page.reading.sources
    facts = [*_whither(chosen, locale), *_contents(page, chosen, path)]
    try:
        sending = prepare_sending(page.desk.workspace, sources, chosen.recipient.code, path, utc_now(), package_for)
        stops = sending.refusal or replaced_package(sources, sending.parcel)
        asks = None if stops else why_refused(sending, "", utc_now)
    except ReporterError as problem:
        return CardFacts(facts=tuple(facts), stops=problem)
    size = megabytes(sum(len(each.raw) for each in sending.messages), locale)
    if chosen.recipient.channel is Channel.EMAIL:
        words = locale.count("{n} message of {size} MB", "{n} messages of {size} MB", len(sending.messages), size=size)
        facts.insert(1, (locale.text("As"), words))
    return CardFacts(
        facts=tuple(facts),
        cautions=tuple(_cautions(page, chosen)),
        stops=stops,
        asks=asks,
        secret=_asked_secret(page, chosen),
    )


def _of_resending(page: YearPage, chosen: RecipientState) -> CardFacts:
    with open_outbox(page.desk.workspace, "", utc_now) as outbox:
        since = newer_sendings(outbox, page.reading.sources, chosen.item.dispatch)
    asks = ReporterError(since) if since else None
    return CardFacts(facts=tuple(_whither(chosen, page.locale)), asks=asks, secret=_asked_secret(page, chosen))


def _asked_secret(page: YearPage, chosen: RecipientState) -> str:
    """Whose password is asked for: the user at the server, or nobody's."""
    mail = page.state.dataset.settings.mail
    asked = mail and mail.user and chosen.recipient.channel is Channel.EMAIL
    return f"{mail.user}, {mail.host}" if mail and asked else ""


def _contents(page: YearPage, chosen: RecipientState, path: Path) -> Iterator[tuple[str, str]]:
    locale, state = page.locale, page.state
    names = _names(path.read_bytes(), state.year)
    files = locale.count("{n} file", "{n} files", len(names))
    yield locale.text("What goes"), f"{path.name}: {files}, {megabytes(path.stat().st_size, locale)} MB"
    earlier = [
        each
        for each in page.reading.history.items
        if (each.country, each.recipient) == (state.country.code, chosen.recipient.code) and each.year < state.year
    ]
    if not earlier:
        return
    last = max(earlier, key=lambda each: (each.year, each.dispatch))
    with open_outbox(page.desk.workspace, "", utc_now) as outbox:
        before = _names(outbox.outgoing_file(last.dispatch).content, last.year)
    told = [locale.text("more: {files}", files=_few(names - before, locale)) if names - before else ""]
    told += [locale.text("no longer: {files}", files=_few(before - names, locale)) if before - names else ""]
    words = locale.joined("; ", filter(None, told)) if any(told) else locale.text("files of the same names")
    yield locale.text("Other than for {year}", year=str(last.year)), words


def _few(names: set[str], locale: Locale) -> str:
    found = sorted(names)
    more = [locale.text("{n} more", n=locale.number(len(found) - MOST_NAMED))] if len(found) > MOST_NAMED else []
    return locale.listed([*found[:MOST_NAMED], *more])


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
