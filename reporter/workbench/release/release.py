"""The page of a release: each step is described first, then confirmed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache, partial
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from reporter.data.errors import ReporterError, counted
from reporter.data.files.workspace import Workspace
from reporter.data.i18n import N_
from reporter.data.read.yaml_tree import decode
from reporter.data.records import Audience, Channel, EditionStatus, Recipient, folded_name, vintage
from reporter.data.write.amendment import Amendment, slice_digest, slice_of
from reporter.data.write.applying import step_of
from reporter.editions.approvals import ApprovalState, audiences_of, require_approvals, with_reported_changes
from reporter.exchange.package.crate import permission_text
from reporter.exchange.package.packaging import place_of
from reporter.exchange.package.packing import ReadyEdition, ready_edition
from reporter.exchange.package.signable import CARD
from reporter.exchange.publish.approving import ApprovalRequest, approve, withdraw_approval
from reporter.exchange.send.dispatching import (
    accept_receipt,
    check_whole,
    newer_sendings,
    open_outbox,
    prepare_sending,
    why_refused,
)
from reporter.exchange.send.message import OutboxItem, State
from reporter.exchange.send.outgoing import edition_number, package_for, replaced_package
from reporter.exchange.send.receipt import receipt_of
from reporter.figures.analysis.small_counts import unpermitted
from reporter.formats.bagit.bag import signed_name
from reporter.workbench.release.steps import RunningStep, StepOrder, Stepper, utc_now
from reporter.workbench.server.amending import write
from reporter.workbench.server.form_post import CONFLICT, FIELD, SECRET, SEE_OTHER, UNFIT
from reporter.workbench.server.frame import YearPage, about_year, form_about_year
from reporter.workbench.server.workspace_reader import Reading
from reporter.workbench.withheld.withheld_page import decision_state, judged, judging_task
from reporter.workbench.year.year import SMALL, left_to_do, step_address
from reporter.workbench.year.year_state import YearState

# Withheld figures are decided on another page.
KNOWN = ("final", "approve", "publish", "package", "sign", "send", "receipt", "resend", "folder")
# Steps shown at the place of another.
ANCHORS = {"resend": "send", "folder": "send"}
NO_REASON = N_("Give the reason in {language}: the corrigendum prints it.")
STATUS = "status"


# The fields of a step's form, without the secret, so that no page shows it again.
Form = Mapping[str, str]
NO_FORM: Form = {}


def typed(form: Form, name: str) -> str:
    return " ".join(form.get(name, "").split())


RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class RecipientState:
    """How far a recipient is: its `package` and `signed` form, None for no such file; `item` is its last message."""

    recipient: Recipient
    package: Path | None
    signed: Path | None
    item: OutboxItem | None

    @property
    def outgoing(self) -> Path | None:
        """The file to send: the signed form, if there is one."""
        return self.signed or self.package

    @property
    def message(self) -> State | None:
        """The state of its message; None while there is none."""
        return self.item.state if self.item else None

    @property
    def reached(self) -> str:
        """How far it is with the last published number: the state of its message, or what comes before and after."""
        if self.message is not None:
            done = self.item and self.message is State.SENT and self.item.receipts
            return RECEIVED if done else str(self.message)
        return "signed" if self.signed else "packed" if self.package else "nothing"

    def folder_to_make(self, root: Path) -> Path | None:
        """The drop folder that does not exist yet, or None."""
        folder = root / self.recipient.address
        return folder if self.recipient.channel is Channel.FOLDER and not folder.exists() else None

    @property
    def packed_on(self) -> str:
        packed_at = self.package.stat().st_mtime if self.package else 0
        return datetime.fromtimestamp(packed_at).astimezone().date().isoformat()


def recipient_states(page: YearPage) -> tuple[RecipientState, ...]:
    return tuple(_recipient_state(page, recipient) for recipient in page.state.dataset.settings.recipients)


def _recipient_state(page: YearPage, recipient: Recipient) -> RecipientState:
    country, year, releases = page.state.country.code, page.state.year, page.state.progress.releases
    number = releases[-1].number if releases else 0
    place = place_of(page.desk.workspace, country, year, recipient.code, recipient.audience)
    signed = place.with_name(signed_name(place.name))
    mine = [
        item
        for item in page.reading.history
        if (item.country, item.year, item.recipient) == (country, year, recipient.code)
    ]
    now = [item for item in mine if item.edition == number and item.state != State.REPLACED]
    return RecipientState(
        recipient=recipient,
        package=place if edition_number(place) == number else None,
        signed=signed if edition_number(signed) == number else None,
        item=max(now, key=lambda item: item.dispatch, default=None),
    )


def chosen_recipient(states: Iterable[RecipientState], code: str) -> RecipientState | None:
    """The recipient of a code, or the first that waits, mail before folders. None where reporter.yaml has none."""
    all_states = tuple(states)
    waiting = [state for state in all_states if state.reached != RECEIVED]
    waiting.sort(key=lambda state: state.recipient.channel is not Channel.EMAIL)
    named = (state for state in all_states if state.recipient.code == code)
    return next(named, next(iter(waiting), next(iter(all_states), None)))


# The state of the step, by that of the message.
SENDING = {
    State.SENT: "done",
    State.QUEUED: "waits",
    State.SENDING: "waits",
    State.FAILED: "failed",
    State.UNKNOWN: "unknown",
}


def step_states(state: YearState, chosen: RecipientState | None, *, withheld: str, open_steps: bool) -> dict[str, str]:
    """The state of each step of a year and a recipient: done, would, later, failed, unknown or waits. `withheld` is
    that of the first one. With `open_steps`, the year cannot be final yet."""
    releases, approval = state.progress.releases, state.progress.approval
    is_final, is_published = state.progress.status is EditionStatus.FINAL, bool(releases) and not state.changed
    states = {"withheld": withheld, "final": "done" if is_final else "later" if open_steps else "would"}
    ready = "would" if is_final and not open_steps else "later"
    if state.dataset.settings.approvals:
        done = releases[-1].approved if is_published else approval and ready == "would" and approval.lacking <= 0
        states["approve"] = "done" if done else ready if approval and not is_published else "later"
    states["publish"] = "done" if is_published else "later" if approval and approval.missing else ready
    if chosen:
        states["package"] = "done" if chosen.package else "would" if is_published else "later"
        states["sign"] = "done" if chosen.signed else "later" if chosen.message or not chosen.package else "would"
        states["send"] = SENDING[chosen.message] if chosen.message else "would" if chosen.outgoing else "later"
        waits = chosen.message in (None, State.QUEUED, State.SENDING)
        states["receipt"] = "done" if chosen.reached == RECEIVED else "later" if waits else "would"
    return states


@lru_cache(maxsize=16)
def readiness(
    workspace: Workspace, reading: Reading, country: str, year: int, code: str
) -> tuple[ReadyEdition | None, int, ReporterError | None]:
    """An edition ready for a recipient and the number of small counts without permission, or the obstacle."""
    try:
        ready = ready_edition(workspace, reading.sources, country, year, code)
    except ReporterError as problem:
        return None, 0, problem
    return ready, len(unpermitted(vintage(ready.state.checked.dataset, country, year))), None


# The content of a step's card. `changes` are since publication, or since the `outdated` approval; `mine` are the user's
# approvals. `cautions` are permissions for small counts, `hidden` is the number of small counts without one. `stops` is
# why the step would be refused; `asks` what was sent before, where a reason is required; `secret` whose password is
# needed: the user at the server, or none.
CardFacts = dict[str, object]
NOTHING: CardFacts = {
    "changes": (),
    "outdated": None,
    "mine": (),
    "is_restricted": False,
    "cautions": (),
    "hidden": 0,
    "stops": None,
    "asks": None,
    "message": None,
    "secret": "",
}


def card_facts(page: YearPage, chosen: RecipientState | None, step: str) -> CardFacts:
    """The content of the open card; empty where none is open."""
    if step == "approve" and page.state.progress.approval:
        return _of_approving(page, page.state.progress.approval)
    if step == "publish":
        stops = None
        try:
            if page.state.progress.approval and page.person:
                require_approvals(page.state.progress.approval, page.person, page.desk.today().isoformat())
        except ReporterError as problem:
            stops = problem
        is_restricted = Audience.RESTRICTED in audiences_of(page.state.edition)
        return NOTHING | {"changes": page.state.edition.changes, "is_restricted": is_restricted, "stops": stops}
    if step == "package" and chosen:
        return _of_packing(page, chosen)
    if step == "send" and chosen and chosen.outgoing:
        return _of_sending(page, chosen, chosen.outgoing)
    if step == "resend" and chosen and chosen.item:
        with open_outbox(page.desk.workspace, "", utc_now) as outbox:
            since = newer_sendings(outbox, page.reading.sources, chosen.item.dispatch)
        return NOTHING | {"asks": ReporterError(since) if since else None, "secret": _asked_secret(page, chosen)}
    return NOTHING


def _of_approving(page: YearPage, approval_state: ApprovalState) -> CardFacts:
    state = page.state
    changes, last = state.edition.changes, None
    outdated = with_reported_changes(approval_state, state.edition, page.reading.sources).outdated
    # The user's own earlier approval takes precedence.
    for old_approval in sorted(outdated, key=lambda item: folded_name(item.approval.by) == folded_name(page.person)):
        changes, last = old_approval.changed, old_approval
    mine = tuple(approval for approval in approval_state.valid if approval not in approval_state.by_others(page.person))
    return NOTHING | {"changes": changes, "outdated": last, "mine": mine}


def _of_packing(page: YearPage, chosen: RecipientState) -> CardFacts:
    state, recipient = page.state, chosen.recipient
    ready, hidden, stops = readiness(page.desk.workspace, page.reading, state.country.code, state.year, recipient.code)
    let_out = ready.let_out if ready else ()
    cautions = [permission_text(permission, page.locale) for permission in let_out]
    is_restricted = recipient.audience is Audience.RESTRICTED
    return NOTHING | {"cautions": cautions, "hidden": hidden if is_restricted else 0, "stops": stops}


def _of_sending(page: YearPage, chosen: RecipientState, path: Path) -> CardFacts:
    sources = page.reading.sources
    try:
        sending = prepare_sending(page.desk.workspace, sources, chosen.recipient.code, path, utc_now(), package_for)
        stops = sending.refusal or replaced_package(sources, sending.parcel)
        asks = None if stops else why_refused(sending, "", utc_now)
    except ReporterError as problem:
        return NOTHING | {"stops": problem}
    facts = {"stops": stops, "asks": asks, "message": sending.message, "secret": _asked_secret(page, chosen)}
    return _of_packing(page, chosen) | facts


def _asked_secret(page: YearPage, chosen: RecipientState) -> str:
    mail = page.state.dataset.settings.mail
    asked = mail and mail.user and chosen.recipient.channel is Channel.EMAIL
    return f"{mail.user}, {mail.host}" if mail and asked else ""


class UnfitFieldError(ReporterError):
    """A field of the form that must be corrected; its words are translated."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(words)
        self.name = name


@about_year
def show(page: YearPage) -> Response:
    # Free what an ended process was sending, as `outbox` does.
    sending = any(item.state == "sending" for item in page.reading.history)
    if sending and not page.shell.read_only and not page.request.app.state.stepper.running:
        with open_outbox(page.desk.workspace, page.person or "reporter serve", utc_now) as outbox:
            outbox.recover()
        page.desk.look_again()
    step = page.request.query_params.get("step", "")
    return _answer(page, step if step in KNOWN else "")


async def progress(request: Request) -> Response:
    stepper: Stepper = request.app.state.stepper
    last = stepper.last
    summary = f"{last.order.step} {astuple(last.news)}" if last else "none"
    return JSONResponse([("release", summary)])


def _take(form: Form, page: YearPage) -> Response:
    step, secret, person = page.request.path_params["step"], page.request.scope["secret"], page.person
    if step not in KNOWN:
        raise HTTPException(404)
    try:
        if not person:
            raise UnfitFieldError(FIELD, page.locale.text("Enter your name: it is recorded in the log."))
        busy = _begin(page, step, form, person)
    except ReporterError as problem:
        return _answer(page, "send" if step == "folder" else step, form, problem)
    finally:
        secret[:] = bytes(len(secret))
    if busy:
        return _answer(page, step, form, busy=busy)
    to = typed(form, "to")
    query = f"?to={to}" if to.isidentifier() else ""
    address = f"{page.base}/release{query}#{ANCHORS.get(step, step)}"
    if step == "folder":
        address = address.replace("#", "&step=send#")
    return RedirectResponse(address, SEE_OTHER)


# Each step runs its own checks.
take = form_about_year(_take, fresh=True)


def _begin(page: YearPage, step: str, form: Form, person: str) -> RunningStep | None:
    """Do a quick step, or start a longer one; return the step already running, if any. Raises ReporterError."""
    stepper: Stepper = page.request.app.state.stepper
    if step in AT_ONCE:
        if stepper.running:
            return stepper.running
        stepper.forget()
        try:
            AT_ONCE[step](page, form, person)
        finally:
            page.desk.take_in(decides=True)
        return None
    return stepper.begin(_order(page, step, form, person), page.request.scope["secret"])


def _order(page: YearPage, step: str, form: Form, person: str) -> StepOrder:
    """The order of a step; raises UnfitFieldError for a field to correct."""
    locale, state = page.locale, page.state
    chosen = chosen_recipient(recipient_states(page), typed(form, "to"))
    recipient = chosen.recipient if chosen else None
    reason: tuple[tuple[str, str], ...] = ()
    if step == "publish" and state.progress.approval:
        require_approvals(state.progress.approval, person, page.desk.today().isoformat())
    if step == "publish" and state.progress.releases and state.changed:
        for code in state.dataset.settings.languages:
            if not typed(form, f"reason.{code}"):
                raise UnfitFieldError(f"reason.{code}", locale.text(NO_REASON, language=locale.language_name(code)))
            reason += ((code, typed(form, f"reason.{code}")),)
    name, key = page.files.get("key", ("", b""))
    source = name or typed(form, "card")
    if step == "sign" and not (source.startswith(CARD) if not key else name):
        raise UnfitFieldError("key", locale.text("Choose the key file, or enter the address of a card."))
    if step in ("send", "resend") and recipient and recipient.channel is Channel.EMAIL:
        mail = state.dataset.settings.mail
        if mail and mail.user and not page.request.scope["secret"]:
            raise UnfitFieldError(SECRET, locale.text("Enter the password of the mail server. It is not stored."))
    if (step == "resend" or "again" in form) and not typed(form, "again"):
        raise UnfitFieldError("again", locale.text("Give the reason for sending it again, for the log."))
    return StepOrder(
        step=step,
        workspace=page.desk.workspace,
        country=state.country.code,
        year=state.year,
        person=person,
        today=page.desk.today().isoformat(),
        recipient=recipient.code if recipient else "",
        audience=recipient.audience if recipient else Audience.PUBLIC,
        reason=reason,
        again=typed(form, "again"),
        number=chosen.item.dispatch if chosen and chosen.item else 0,
        older="older" in form,
        source=source,
        key=key,
    )


def _make_final(page: YearPage, _: Form, person: str) -> None:
    file = f"data/{page.state.country.code}/{page.state.year}.yaml"
    if page.state.progress.status is EditionStatus.FINAL:
        return
    if page.state.small:
        raise UnfitFieldError("final", page.locale.count(*SMALL, len(page.state.small)))
    status_line = slice_of(decode(page.reading.sources[file].content, file), file, (STATUS,))
    wanted = Amendment(file, (STATUS,), EditionStatus.FINAL.value, slice_digest(status_line), order=("year", "source"))
    outcome = write(page.desk, person, [step_of(wanted)])
    if outcome.problem:
        raise outcome.problem
    if outcome.conflict:
        raise ReporterError(f"{file} was changed meanwhile", hint="review the page again; nothing was written")


def _approve(page: YearPage, form: Form, person: str) -> None:
    asked = ApprovalRequest(
        country=page.state.country.code,
        year=page.state.year,
        by=person,
        date=page.desk.today().isoformat(),
        note=typed(form, "note"),
        sha256=typed(form, "seen") or "nothing",
    )
    if "withdraw" in form:
        withdraw_approval(page.desk.workspace, asked)
    else:
        approve(page.desk.workspace, asked, page.desk.memory)


def _file_receipt(page: YearPage, form: Form, person: str) -> None:
    chosen = chosen_recipient(recipient_states(page), typed(form, "to"))
    if not chosen or not chosen.item:
        raise ReporterError("nothing was sent yet", hint="receipts are for packages that were sent")
    name, content = page.files.get("file", ("", b""))
    note = form.get("note", "").strip()
    if not name and not note:
        raise UnfitFieldError("file", page.locale.text("Choose the receipt file, or enter the answer."))
    if not name:
        name, content = f"note-{page.desk.today().isoformat()}.txt", f"{note}\n".encode()
    receipt = receipt_of(name, content)
    with open_outbox(page.desk.workspace, person, utc_now) as outbox:
        check_whole(outbox)
        outbox.recover()
        _, _, receipt = accept_receipt(outbox, receipt, chosen.item.dispatch)
    if receipt.answer is None:
        name = chosen.recipient.name.text(page.locale.language)
        raise ReporterError(
            f"{receipt.name} is filed but proves nothing: {receipt.doubt}", hint=f"ask {name} whether it arrived"
        )


def _make_folder(page: YearPage, form: Form, _: str) -> None:
    chosen = chosen_recipient(recipient_states(page), typed(form, "to"))
    target = chosen.folder_to_make(page.desk.workspace.root) if chosen else None
    try:
        if target:
            target.mkdir(parents=True)
    except OSError as problem:
        hint = "choose a folder to which you can write"
        raise ReporterError(f"{target} cannot be created: {problem.strerror}", hint=hint) from None


# Steps done within the request.
AT_ONCE: Mapping[str, Callable[[YearPage, Form, str], None]] = {
    "final": _make_final,
    "approve": _approve,
    "receipt": _file_receipt,
    "folder": _make_folder,
}


def _answer(
    page: YearPage,
    step: str,
    form: Form = NO_FORM,
    problem: ReporterError | None = None,
    busy: RunningStep | None = None,
) -> Response:
    # Including the latest edits.
    show = partial(_page, step, form, problem, busy)
    return about_year(show)(page.request) if problem else show(page)


def _page(step: str, form: Form, problem: ReporterError | None, busy: RunningStep | None, page: YearPage) -> Response:
    state, locale, states = page.state, page.locale, recipient_states(page)
    stepper: Stepper = page.request.app.state.stepper
    chosen = chosen_recipient(states, typed(form, "to") or page.request.query_params.get("to", ""))
    left = left_to_do(state, locale)
    withheld, proposed = decision_state(page, judged(page))
    last = stepper.last
    mine = last if last and (last.order.country, last.order.year) == (state.country.code, state.year) else None
    running = stepper.running
    failed = mine if mine and mine.news.ended and mine.news.problem else None
    if failed and not step and chosen and failed.order.recipient in ("", chosen.recipient.code):
        # The form of the failed step, without the secret.
        order = failed.order
        fields = {f"reason.{code}": words for code, words in order.reason}
        fields |= {"card": order.source if order.source.startswith(CARD) else "", "again": order.again}
        step, form = order.step, {**fields, "to": order.recipient}
    open_step = "" if page.shell.read_only or (running and not busy) else step
    return page.answer(
        "release/release.html",
        "release",
        status=UNFIT if problem else CONFLICT if busy else 200,
        steps=step_states(state, chosen, withheld=withheld, open_steps=bool(left)),
        proposed=proposed,
        digest=judging_task(page.reading, state.country.code, state.year).digest,
        left=[next_step.title for next_step in left],
        counts=counted(state.all_findings),
        next_address=step_address(page, left[0]) if left else "",
        changed=state.changed,
        chosen=chosen,
        lacks_folder=bool(chosen and chosen.folder_to_make(page.desk.workspace.root)),
        recipients=states,
        megabytes=lambda size: locale.fixed(Decimal(max(size, 50_000)) / 1_000_000, 1),
        names={row.recipient.code: row.recipient.name.text(locale.language) for row in states},
        form=form,
        typed=partial(typed, form),
        open_step=open_step,
        facts=card_facts(page, chosen, open_step),
        problem=problem,
        unfit=problem.name if isinstance(problem, UnfitFieldError) else "",
        busy=busy,
        running=running,
        failed=failed,
        due=state.next_due,
    )
