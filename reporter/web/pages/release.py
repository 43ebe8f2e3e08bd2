"""The page of a release: its steps, shown first, then asked for."""

from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass, field, replace
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from reporter.delivery.approving import ApprovalRequest, approve, withdraw_approval
from reporter.delivery.dispatching import open_outbox
from reporter.delivery.signable import CARD
from reporter.edit.amendment import Amendment, slice_digest, slice_of
from reporter.edit.written_steps import step_of
from reporter.edition.approvals import require_approvals
from reporter.errors import ReporterError, counted
from reporter.i18n import N_
from reporter.load.yaml_tree import decode
from reporter.model import Audience, Channel, EditionStatus
from reporter.submission.receipt import receipt_of
from reporter.submission.sending import accept_receipt, check_whole
from reporter.web.amending import write
from reporter.web.form_fields import read_parts
from reporter.web.frame import YearPage, about_year
from reporter.web.kept_form import FIELD, person_of, remember_person
from reporter.web.pages.year import SMALL, left_to_do, step_address, told_unwritten
from reporter.web.release_facts import (
    STEPS,
    RecipientState,
    card_facts,
    changes_since,
    chosen_recipient,
    few,
    megabytes,
    recipient_states,
    step_states,
)
from reporter.web.steps import RunningStep, StepOrder, Stepper, utc_now

SEE_OTHER, BUSY, UNFIT = 303, 409, 422
SECRET = "passphrase"  # noqa: S105 - the name of a field
# What is withheld is decided on a page of its own.
KNOWN = (*STEPS[1:], "resend", "folder")
# The step whose place on the page is that of another.
ANCHORS = {"resend": "send", "folder": "send"}
NOBODY = N_("Say who does it: your name stands in the log.")
NO_KEY = N_("Choose the file of the key, or write the address of a card.")
NO_SECRET = N_("Type the password of the mail server. It is not kept.")
NO_REASON = N_("Say why in {language}: it is printed in the corrigendum.")
NO_WORD = N_("Say why it goes again: the log keeps it.")
NO_RECEIPT = N_("Choose the file that came back, or write what was said.")
STATUS = "status"


@dataclass(frozen=True, slots=True)
class StepForm:
    """What somebody wrote into the form of a step. The secret is not among the fields, so that no page can show it
    again."""

    step: str
    fields: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    secret: bytearray = field(default_factory=bytearray, repr=False)

    def said(self, name: str) -> str:
        return " ".join(self.fields.get(name, "").split())


class UnfitFieldError(ReporterError):
    """A field of the form that must be mended. Its words are translated."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(words)
        self.name = name


@about_year
def show(page: YearPage) -> Response:
    _recover(page)
    step = page.request.query_params.get("step", "")
    return _answer(page, StepForm(step if step in KNOWN else ""))


async def take(request: Request) -> Response:
    fields, files = await read_parts(request)
    secret = bytearray(fields.pop(SECRET, "").encode())
    form = StepForm(request.path_params["step"], fields, files, secret)
    # It acts on the files as they are now. What a step must have checked, it checks itself.
    await run_in_threadpool(request.app.state.desk.read_if_changed)
    return await run_in_threadpool(about_year(partial(_take, form)), request)


async def progress(request: Request) -> Response:
    stepper: Stepper = request.app.state.stepper
    last = stepper.last
    told = f"{last.order.step} {astuple(last.told)}" if last else "none"
    return JSONResponse([("release", told)])


def _take(form: StepForm, page: YearPage) -> Response:
    if form.step not in KNOWN:
        raise HTTPException(404)
    person = person_of(page.request, form.fields)
    try:
        if not person:
            raise UnfitFieldError(FIELD, page.locale.text(NOBODY))
        busy = _begin(page, form, person)
    except ReporterError as problem:
        asked = form if form.step != "folder" else replace(form, step="send")
        return _answer(page, asked, problem)
    finally:
        form.secret[:] = bytes(len(form.secret))
    if busy:
        return _answer(page, form, busy=busy)
    query = f"?to={form.said('to')}" if form.said("to").isidentifier() else ""
    address = f"/{page.state.country.code}/{page.state.year}/release{query}#{ANCHORS.get(form.step, form.step)}"
    if form.step == "folder":
        address = address.replace("#", "&step=send#")
    return remember_person(page.request, RedirectResponse(address, SEE_OTHER), person)


def _begin(page: YearPage, form: StepForm, person: str) -> RunningStep | None:
    """Do a step that takes a moment, begin one that takes longer. Gives the step that runs already, if one does. Raises
    ReporterError for what cannot be done."""
    stepper = _stepper(page)
    if form.step in AT_ONCE:
        if stepper.running:
            return stepper.running
        stepper.forget()
        try:
            AT_ONCE[form.step](page, form, person)
        finally:
            page.desk.take_in(decides=True)
        return None
    return stepper.begin(_order(page, form, person), form.secret)


def _order(page: YearPage, form: StepForm, person: str) -> StepOrder:
    """The order of a step; raises UnfitFieldError for a field to mend."""
    locale, state = page.locale, page.state
    chosen = _chosen(page, form.said("to"))
    recipient = chosen.recipient if chosen else None
    reason: tuple[tuple[str, str], ...] = ()
    if form.step == "publish" and state.progress.approval:
        require_approvals(state.progress.approval, person, page.desk.today().isoformat())
    if form.step == "publish" and state.progress.releases and state.changed:
        for code in state.dataset.settings.languages:
            if not form.said(f"reason.{code}"):
                raise UnfitFieldError(f"reason.{code}", locale.text(NO_REASON, language=locale.language_name(code)))
            reason += ((code, form.said(f"reason.{code}")),)
    name, key = form.files.get("key", ("", b""))
    source = name or form.said("card")
    if form.step == "sign" and not (source.startswith(CARD) if not key else name):
        raise UnfitFieldError("key", locale.text(NO_KEY))
    if form.step in ("send", "resend") and recipient and recipient.channel is Channel.EMAIL:
        mail = state.dataset.settings.mail
        if mail and mail.user and not form.secret:
            raise UnfitFieldError(SECRET, locale.text(NO_SECRET))
    if (form.step == "resend" or "again" in form.fields) and not form.said("again"):
        raise UnfitFieldError("again", locale.text(NO_WORD))
    return StepOrder(
        step=form.step,
        workspace=page.desk.workspace,
        country=state.country.code,
        year=state.year,
        person=person,
        today=page.desk.today().isoformat(),
        recipient=recipient.code if recipient else "",
        audience=recipient.audience if recipient else Audience.PUBLIC,
        reason=reason,
        again=form.said("again"),
        number=chosen.item.dispatch if chosen and chosen.item else 0,
        older="older" in form.fields,
        source=source,
        key=key,
    )


def _make_final(page: YearPage, _: StepForm, person: str) -> None:
    file = f"data/{page.state.country.code}/{page.state.year}.yaml"
    if page.state.progress.status is EditionStatus.FINAL:
        return
    if page.state.small:
        raise UnfitFieldError("final", page.locale.count(*SMALL, len(page.state.small)))
    seen = slice_of(decode(page.reading.sources[file].content, file), file, (STATUS,))
    wanted = Amendment(file, (STATUS,), EditionStatus.FINAL.value, slice_digest(seen), order=("year", "source"))
    outcome = write(page.desk, person, [step_of(wanted)])
    if outcome.problem:
        raise outcome.problem
    if outcome.conflict:
        raise ReporterError(f"{file} was changed meanwhile", hint="look at the page again; nothing was written")


def _approve(page: YearPage, form: StepForm, person: str) -> None:
    asked = ApprovalRequest(
        country=page.state.country.code,
        year=page.state.year,
        by=person,
        date=page.desk.today().isoformat(),
        note=form.said("note"),
        seen=form.said("seen") or "nothing",
    )
    if "withdraw" in form.fields:
        withdraw_approval(page.desk.workspace, asked)
    else:
        approve(page.desk.workspace, asked, page.desk.memory)


def _file_receipt(page: YearPage, form: StepForm, person: str) -> None:
    chosen = _chosen(page, form.said("to"))
    if not chosen or not chosen.item:
        raise ReporterError("nothing was sent yet", hint="a receipt answers what was sent")
    name, content = form.files.get("file", ("", b""))
    note = form.fields.get("note", "").strip()
    if not name and not note:
        raise UnfitFieldError("file", page.locale.text(NO_RECEIPT))
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
            f"{receipt.name} is filed, but proves nothing: {receipt.doubt}", hint=f"ask {name} whether it arrived"
        )


def _make_folder(page: YearPage, form: StepForm, _: str) -> None:
    """Make the folder in which packages for a recipient are laid."""
    chosen = _chosen(page, form.said("to"))
    target = chosen.folder_to_make(page.desk.workspace.root) if chosen else None
    try:
        if target:
            target.mkdir(parents=True)
    except OSError as problem:
        hint = "name a folder you may write to"
        raise ReporterError(f"{target} cannot be made: {problem.strerror}", hint=hint) from None


# Steps that take a moment.
AT_ONCE: Mapping[str, Callable[[YearPage, StepForm, str], None]] = {
    "final": _make_final,
    "approve": _approve,
    "receipt": _file_receipt,
    "folder": _make_folder,
}


def _recover(page: YearPage) -> None:
    """Free what a process that has ended was sending, as `outbox` does."""
    sending = any(each.state == "sending" for each in page.reading.history.items)
    if sending and not page.shell.read_only and not _stepper(page).running:
        with open_outbox(page.desk.workspace, person_of(page.request) or "reporter serve", utc_now) as outbox:
            outbox.recover()
        page.desk.look_again()


def _answer(
    page: YearPage, form: StepForm, problem: ReporterError | None = None, busy: RunningStep | None = None
) -> Response:
    # What was written a moment ago is shown, too.
    show = partial(_page, form, problem, busy)
    return about_year(show)(page.request) if problem else show(page)


def _page(form: StepForm, problem: ReporterError | None, busy: RunningStep | None, page: YearPage) -> Response:
    state, locale, stepper = page.state, page.locale, _stepper(page)
    states = recipient_states(page.desk.workspace, page.reading, state)
    chosen = chosen_recipient(states, form.said("to") or page.request.query_params.get("to", ""))
    changed = bool(changes_since(page.reading, state.country.code, state.year)) if state.progress.releases else False
    left = left_to_do(state, locale)
    last = stepper.last
    mine = last if last and (last.order.country, last.order.year) == (state.country.code, state.year) else None
    running = stepper.running
    failed = mine if mine and mine.told.ended and mine.told.problem else None
    if failed and not form.step and chosen and failed.order.recipient in ("", chosen.recipient.code):
        # The form of the step that failed, with all but the secret.
        order = failed.order
        fields = {f"reason.{code}": words for code, words in order.reason}
        fields |= {"card": order.source if order.source.startswith(CARD) else "", "again": order.again}
        form = StepForm(order.step, {**fields, "to": order.recipient})
    open_step = "" if page.shell.read_only or (running and not busy) else form.step
    return page.answer(
        "release.html",
        "release",
        status=UNFIT if problem else BUSY if busy else 200,
        steps=step_states(state, chosen, changed=changed, open_steps=bool(left)),
        left=[each.title for each in left],
        counts=counted(state.found),
        next_address=step_address(page, left[0]) if left else "",
        unwritten=told_unwritten(state, locale),
        changed=changed,
        chosen=chosen,
        lacks_folder=bool(chosen and chosen.folder_to_make(page.desk.workspace.root)),
        recipients=states,
        few=lambda names: few(names, locale),
        megabytes=lambda size: megabytes(size, locale),
        names={each.recipient.code: each.recipient.name.text(locale.language) for each in states},
        form=form,
        open_step=open_step,
        facts=card_facts(page, chosen, open_step, changed=changed),
        problem=problem,
        unfit=problem.name if isinstance(problem, UnfitFieldError) else "",
        busy=busy,
        running=running,
        failed=failed,
        due=state.next_due,
    )


def _chosen(page: YearPage, code: str) -> RecipientState | None:
    return chosen_recipient(recipient_states(page.desk.workspace, page.reading, page.state), code)


def _stepper(page: YearPage) -> Stepper:
    stepper: Stepper = page.request.app.state.stepper
    return stepper
