"""What the steps of a release say: what was, what would be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from reporter.edition.approvals import OutdatedApproval
from reporter.i18n import N_, NN_, Locale
from reporter.model import Approval, Approved, Audience, Channel, EditionStatus, Release
from reporter.submission.message_state import State
from reporter.web.next_step import left_to_do, told_unwritten
from reporter.web.release_state import Reached, RecipientState
from reporter.web.year_state import YearState

TITLES = {
    "final": N_("Final"),
    "approve": N_("Approval"),
    "publish": N_("Publish"),
    "package": N_("Package"),
    "sign": N_("Signature"),
    "send": N_("Send"),
    "receipt": N_("Receipt"),
}
LACKING = NN_(
    "{n} person is to approve exactly these files, another one than who publishes them.",
    "{n} persons are to approve exactly these files, others than who publishes them.",
)
# What is going on while a step runs.
DOING = {
    "publish": N_("Publishing"),
    "package": N_("Packing"),
    "sign": N_("Signing"),
    "send": N_("Sending"),
    "resend": N_("Sending"),
}
REACHED = {
    Reached.NOTHING: N_("not packed"),
    Reached.PACKED: N_("packed, not sent"),
    Reached.SIGNED: N_("signed, not sent"),
    Reached.QUEUED: N_("waits to be sent again"),
    Reached.SENDING: N_("is being sent"),
    Reached.FAILED: N_("refused"),
    Reached.UNKNOWN: N_("unknown: ask"),
    Reached.SENT: N_("sent, no receipt yet"),
    Reached.RECEIVED: N_("sent, receipt filed"),
}
# What a recipient gets.
EDITIONS = {Audience.PUBLIC: N_("public edition"), Audience.RESTRICTED: N_("restricted edition")}
LAID = N_("lies there to be uploaded")
MARKS = {
    Reached.FAILED: "error",
    Reached.UNKNOWN: "warning",
    Reached.QUEUED: "warning",
    Reached.SENT: "done",
    Reached.RECEIVED: "done",
}


@dataclass(frozen=True, slots=True)
class StepView:
    """A step as the page shows it. `state` is done, would, later, failed, unknown or waits; `button` asks for it,
    `again` does it once more."""

    code: str
    title: str
    state: str
    words: str
    answer: str = ""
    remedy: str = ""
    button: str = ""
    again: str = ""


def step_views(
    state: YearState, chosen: RecipientState | None, locale: Locale, *, changed: bool
) -> tuple[StepView, ...]:
    """The steps of a year, and of one recipient."""
    approving = [_approve(state, locale, changed=changed)] if state.dataset.settings.approvals else []
    steps = [_final(state, locale), *approving, _publish(state, locale, changed=changed)]
    if chosen:
        is_ready = bool(state.progress.releases) and not changed
        steps += [_package(chosen, locale, is_ready=is_ready), _sign(chosen, locale)]
        steps += [_send(chosen, locale), _receipt(chosen, locale)]
    return tuple(steps)


def _view(code: str, state: str, words: str, locale: Locale, **more: str) -> StepView:
    return StepView(code, locale.text(TITLES[code]), state, words, **more)


def _final(state: YearState, locale: Locale) -> StepView:
    file = f"data/{state.country.code}/{state.year}.yaml"
    if state.progress.status is EditionStatus.FINAL:
        return _view("final", "done", locale.text("Done: {file} says {line}.", file=file, line="status: final"), locale)
    if left := left_to_do(state, locale):
        words = locale.text("Not yet: {things}.", things=locale.listed(left))
        return _view("final", "later", words, locale)
    would = locale.text("Would write {line} in {file}.", line="status: final", file=file)
    words = locale.joined(" ", filter(None, (would, told_unwritten(state, locale))))
    return _view("final", "would", words, locale, button=locale.text("Make it final…"))


def _approve(state: YearState, locale: Locale, *, changed: bool) -> StepView:
    releases, found = state.progress.releases, state.progress.approval
    if releases and not changed:
        if not releases[-1].approved:
            return _view("approve", "later", locale.text("It was published without one."), locale)
        words = locale.text("Approved by {names}.", names=_persons(releases[-1].approved, locale))
        return _view("approve", "done", words, locale)
    if state.progress.status is not EditionStatus.FINAL or found is None:
        return _view("approve", "later", locale.text("When it is final."), locale)
    if left := left_to_do(state, locale):
        return _view("approve", "later", locale.text("Not yet: {things}.", things=locale.listed(left)), locale)
    told = [locale.text("Approved by {names}.", names=_persons(found.valid, locale))] if found.valid else []
    if found.lacking <= 0:
        again = locale.text("Approve it, too…")
        return _view("approve", "done", locale.joined(" ", told), locale, again=again)
    told.append(locale.count(*LACKING, found.lacking))
    remedy = locale.joined(" ", [_outdated(each, locale) for each in found.outdated])
    words = locale.joined(" ", told)
    return _view("approve", "would", words, locale, remedy=remedy, button=locale.text("Approve it…"))


def _persons(approvals: Iterable[Approval | Approved], locale: Locale) -> str:
    return locale.listed(locale.put("{}, {}", each.by, locale.date(each.date)) for each in approvals)


def _outdated(each: OutdatedApproval, locale: Locale) -> str:
    who = {"name": each.approval.by, "date": locale.date(each.approval.date)}
    if not each.changed:
        return locale.text(
            "{name} approved it on {date}; since then it is another thing that the public gets of it.", **who
        )
    files = locale.listed(one.name for one in each.changed)
    return locale.text("{name} approved it on {date}; since then changed: {files}.", files=files, **who)


def _publish(state: YearState, locale: Locale, *, changed: bool) -> StepView:
    releases = state.progress.releases
    if releases and not changed:
        return _view("publish", "done", _published(releases[-1], locale), locale)
    if state.progress.status is not EditionStatus.FINAL:
        return _view("publish", "later", locale.text("When it is final."), locale)
    if left := left_to_do(state, locale):
        return _view("publish", "later", locale.text("Not yet: {things}.", things=locale.listed(left)), locale)
    if state.progress.approval and state.progress.approval.missing:
        return _view("publish", "later", locale.text("When somebody else than who publishes it approved it."), locale)
    if releases:
        number = locale.number(len(releases))
        words = locale.text("Would publish corrigendum {n}: files changed since it was published.", n=number)
        return _view("publish", "would", words, locale, button=locale.text("Publish corrigendum {n}…", n=number))
    words = locale.text("Would make its files in each language, check every PDF, and freeze them as number 0.")
    return _view("publish", "would", words, locale, button=locale.text("Publish number 0…"))


def _published(last: Release, locale: Locale) -> str:
    number = locale.number(last.number)
    what = locale.text("corrigendum {n}", n=number) if last.number else locale.text("number 0")
    files = locale.count("{n} file", "{n} files", len(last.files))
    return locale.text(
        "Done by {name}, {date}: {what}, {files}. From here it changes only by corrigendum.",
        name=last.by,
        date=locale.date(last.date),
        what=what,
        files=files,
    )


def _package(chosen: RecipientState, locale: Locale, *, is_ready: bool) -> StepView:
    name = chosen.recipient.name.text(locale.language)
    if chosen.package:
        known = chosen.package.stat()
        when = datetime.fromtimestamp(known.st_mtime).astimezone()
        words = locale.text(
            "Done on {date}: {file}, {size} MB.",
            date=locale.date(when.date().isoformat()),
            file=chosen.package.name,
            size=megabytes(known.st_size, locale),
        )
        again = "" if chosen.message else locale.text("Pack it anew…")
        return _view("package", "done", words, locale, again=again)
    if not is_ready:
        return _view("package", "later", locale.text("When it is published."), locale)
    words = locale.text("Would pack for {name}: {parts}.", name=name, parts=", ".join(map(str, chosen.recipient.gets)))
    return _view("package", "would", words, locale, button=locale.text("Pack it…"))


def _sign(chosen: RecipientState, locale: Locale) -> StepView:
    if chosen.signed:
        return _view("sign", "done", locale.text("Done: {file}.", file=chosen.signed.name), locale)
    if chosen.message:
        return _view("sign", "later", locale.text("It went without a signature."), locale)
    if not chosen.package:
        return _view("sign", "later", locale.text("When it is packed."), locale)
    words = locale.text(
        "Would sign {file} with the key of your office. Its passphrase is asked for and not kept.",
        file=chosen.package.name,
    )
    return _view("sign", "would", words, locale, button=locale.text("Sign it…"))


def _send(chosen: RecipientState, locale: Locale) -> StepView:
    recipient, by_mail = chosen.recipient, chosen.recipient.channel is Channel.EMAIL
    if chosen.message is None:
        if chosen.outgoing is None:
            return _view("send", "later", locale.text("When it is packed."), locale)
        frame = (
            N_("Would send {file} to {address}: looked at first, then sent once, never twice.")
            if by_mail
            else N_("Would lay {file} in {address}, from where a person uploads it.")
        )
        words = locale.text(frame, file=chosen.outgoing.name, address=recipient.address)
        return _view("send", "would", words, locale, button=locale.text("Look at it…"))
    item = chosen.item
    told = {"date": locale.date(item.changed[:10]), "address": item.address, "n": str(item.dispatch)}
    name = recipient.name.text(locale.language)
    match chosen.reached:
        case Reached.SENT | Reached.RECEIVED:
            frame = N_("Done on {date}: sent to {address}, number {n} of the outbox.")
            if not by_mail:
                frame = N_("Done on {date}: it lies in {address}, number {n} of the outbox. A person uploads it.")
            return _view("send", "done", locale.text(frame, **told), locale, again=locale.text("Send it again…"))
        case Reached.QUEUED:
            words = locale.text("Not sent: it waits in the outbox as number {n}.", **told)
            due = item.due.replace("T", " ")[:16]
            remedy = locale.text("Try again after {time} (UTC).", time=due) if due else ""
            again = locale.text("Try it again…")
            return _view("send", "waits", words, locale, answer=item.answer, remedy=remedy, button=again)
        case Reached.SENDING:
            return _view("send", "waits", locale.text("Number {n} is being sent.", **told), locale)
        case Reached.FAILED:
            words = locale.text("Refused on {date}: {address} did not get number {n}.", **told)
            remedy = locale.text("Mend what is said, then send it again.")
            again = locale.text("Send it again…")
            return _view("send", "failed", words, locale, answer=item.answer, remedy=remedy, button=again)
    words = locale.text("Nobody knows whether number {n} arrived.", **told)
    remedy = locale.text(
        "Ask {name}. If it arrived, file the answer below. If it did not, send it again and say why.", name=name
    )
    again = locale.text("It did not arrive…")
    return _view("send", "unknown", words, locale, answer=item.answer, remedy=remedy, again=again)


def _receipt(chosen: RecipientState, locale: Locale) -> StepView:
    if chosen.receipts and chosen.reached is Reached.RECEIVED:
        last = chosen.receipts[-1]
        words = locale.text("Done on {date}: {file}.", date=locale.date(last.filed[:10]), file=last.name)
        return _view("receipt", "done", words, locale, again=locale.text("File another one…"))
    if chosen.message in (None, State.QUEUED, State.SENDING):
        return _view("receipt", "later", locale.text("When it is sent."), locale)
    words = locale.text("Would file the answer with its checksum, and write into the log what it proves.")
    return _view("receipt", "would", words, locale, button=locale.text("File one…"))


def headline(steps: tuple[StepView, ...], locale: Locale, *, changed: bool) -> str:
    """What comes next, as the heading of the page."""
    found = {each.code: each.state for each in steps}
    heads = (
        ("send", "unknown", N_("Nobody knows whether it arrived")),
        ("send", "failed", N_("It was refused")),
        ("send", "waits", N_("It waits in the outbox")),
        ("receipt", "done", N_("Sent, and received")),
        ("send", "done", N_("Sent; the receipt is to come")),
        ("sign", "done", N_("Signed; then it is sent")),
        ("package", "done", N_("Packed; then it is signed and sent")),
    )
    reached = next((words for code, state, words in heads if found.get(code) == state), "")
    if found["final"] != "done":
        return locale.text("First the year is made final")
    if changed:
        return locale.text("Something has changed since it was published")
    if found.get("approve") == "would":
        return locale.text("Then somebody else approves it")
    if reached:
        return locale.text(reached)
    if found["publish"] != "done":
        return locale.text("Then it is published; after that nobody changes it unseen")
    if "package" not in found:
        return locale.text("Published; reporter.yaml names nobody to send it to")
    return locale.text("Published; then it is packed, signed and sent")


def megabytes(size: int, locale: Locale) -> str:
    """A size in millions of bytes, with one decimal."""
    return locale.fixed(Decimal(max(size, 50_000)) / 1_000_000, 1)
