"""The findings of a year: what, where, and what mends them."""

from collections.abc import Mapping
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reporter.edit.written_steps import Step, step_of
from reporter.errors import Finding
from reporter.i18n import N_
from reporter.i18n.problem_words import said_problem
from reporter.model.observation import amount_text
from reporter.web.accepting import accepting, withdrawing
from reporter.web.amending import write
from reporter.web.desk import Desk
from reporter.web.finding_list import LostReason, accept_box, acceptance, findings_page
from reporter.web.form_fields import read_form
from reporter.web.frame import YearPage, about_year
from reporter.web.listed_findings import FindingKind, ListedFinding, findings_to_accept, listed_findings
from reporter.web.pages.remark_decisions import decide_remark
from reporter.web.person import ask_person, person_of, remember_person
from reporter.web.remedies import remedy_step

SEE_OTHER, CONFLICT, UNFIT = 303, 409, 422
CHANGED = (
    N_("The finding changed since you opened it"),
    N_("Nothing was written. These are its values now: read them, then accept it for them."),
)
GONE = (
    N_("This finding is not there any more"),
    N_("Nothing was written. What you typed stands here; copy it where you need it."),
)
NOT_ACCEPTED = (
    N_("This finding cannot be accepted"),
    N_("Nothing was written. It asks for nothing, or nothing of it is printed: mend it where it stands."),
)
TAKEN_OUT = (
    N_("This reason does not stand in the file any more"),
    N_("Nothing was written: somebody changed it or took it out meanwhile. Look at it as it is now."),
)
SAY_WHY = N_("Say why in every language of the report: each edition prints the reason in its own.")


@about_year
def show(page: YearPage) -> Response:
    asked = page.request.query_params
    wanted = asked.get("accept", "")
    found = _acceptable(page, wanted)
    if wanted and found is None:
        return findings_page(page, asked.get("show", ""), lost=_lost(page, _why_not(page, wanted), {}))
    box = accept_box(page, found, {}) if found else None
    return findings_page(page, asked.get("show", ""), box=box)


async def accept(request: Request) -> Response:
    """Do what a form of the page says: show, accept, or take back."""
    form = await read_form(request)
    desk: Desk = request.app.state.desk
    # It acts on the files as they are now. What is found in what was just written comes later.
    await run_in_threadpool(desk.read_if_changed)
    return await run_in_threadpool(about_year(partial(_act, form)), request)


def _act(form: Mapping[str, str], page: YearPage) -> Response:
    name = form.get("finding", "")
    is_old = page.desk.unsure or page.reading is not page.desk.reading
    if name and is_old and not _still_holds(page, name):
        page.desk.read_now()
        return about_year(partial(_act_on, form))(page.request)
    return _act_on(form, page)


def _still_holds(page: YearPage, name: str) -> bool:
    """Whether a finding is about values that are there still; of words nobody knows before they are checked."""
    found = next((each.finding for each in listed_findings(page) if each.name == name), None)
    if found is None or found.words or not found.values:
        return False
    seen = (page.vintage.observation(address, year or page.state.year) for year, address, _ in found.values)
    now = (amount_text(each.value, each.status, each.qualifier) if each else "" for each in seen)
    return all(text == value for text, (_, _, value) in zip(now, found.values, strict=True))


def _act_on(form: Mapping[str, str], page: YearPage) -> Response:
    if form.get("act") == "withdraw":
        return _withdraw(form, page)
    if form.get("act") == "remedy":
        return _remedy(form, page)
    if form.get("remark"):
        return decide_remark(form, page)
    chosen, found = form.get("show", ""), _acceptable(page, form.get("finding", ""))
    if found is None:
        return _not_found(form, page)
    if form.get("act") == "look":
        return findings_page(page, chosen, box=accept_box(page, found, form))
    wanted = acceptance(page, found, form)
    lacking = tuple(each for each, words in wanted.reasons.items() if not any(map(str.isalpha, words)))
    if lacking:
        box = accept_box(page, found, form, problem=(page.locale.text(SAY_WHY), ""), lacking=lacking)
        return findings_page(page, chosen, box=box, status=UNFIT)
    person = person_of(page.request, form)
    if not person:
        return ask_person(page.request, form)
    steps = [accepting(page.reading, page.state.data, wanted)]
    outcome = write(page.desk, person, steps, decides=wanted.comparable)
    if outcome.problem:
        told = said_problem(str(outcome.problem).partition("\n")[0], page.locale)
        box = accept_box(page, found, form, problem=(told, said_problem(outcome.problem.hint, page.locale)))
        response: Response = findings_page(page, chosen, box=box, status=UNFIT)
    elif outcome.conflict:
        response = about_year(partial(_not_found, form))(page.request)
    else:
        response = _back(page, chosen, found.name)
    return remember_person(page.request, response, person)


def _not_found(form: Mapping[str, str], page: YearPage) -> Response:
    """Say what became of a finding that somebody wanted to accept. Where it has other values now, it can be accepted
    for these."""
    chosen, name = form.get("show", ""), form.get("finding", "")
    named = (form.get("rule", ""), form.get("figure", ""), form.get("of", ""))
    known = findings_to_accept(page)
    now = [each for each in known if (each.finding.code, each.finding.figure, str(each.finding.year or "")) == named]
    if now:
        words = tuple(map(page.locale.text, CHANGED))
        box = accept_box(page, now[0], form, problem=(words[0], words[1]))
        return findings_page(page, chosen, box=box, status=CONFLICT)
    why = _why_not(page, name)
    status = UNFIT if why is NOT_ACCEPTED else CONFLICT
    return findings_page(page, chosen, lost=_lost(page, why, form), status=status)


def _withdraw(form: Mapping[str, str], page: YearPage) -> Response:
    chosen, seen = form.get("show", ""), form.get("seen", "")
    own = next((each for each in listed_findings(page) if each.reason and each.reason.seen == seen), None)
    wanted = withdrawing(page.reading.sources, own.reason.entry.mark.path, seen) if own and own.reason else None
    if own is None or wanted is None:
        return findings_page(page, chosen, lost=_lost(page, TAKEN_OUT, {}), status=CONFLICT)
    return _written(form, page, step_of(wanted), own.name)


def _remedy(form: Mapping[str, str], page: YearPage) -> Response:
    """Write what a finding advises."""
    found = next((each for each in listed_findings(page) if each.name == form.get("finding")), None)
    step = remedy_step(page.reading, found.finding, page.vintage.catalogue) if found else None
    if found is None or step is None:
        return findings_page(page, form.get("show", ""), lost=_lost(page, GONE, {}), status=CONFLICT)
    return _written(form, page, step, found.name, remedied=found.finding)


def _written(
    form: Mapping[str, str], page: YearPage, step: Step, name: str, *, remedied: Finding | None = None
) -> Response:
    person, chosen = person_of(page.request, form), form.get("show", "")
    if not person:
        return ask_person(page.request, form)
    outcome = write(page.desk, person, [step])
    if outcome.conflict:
        response: Response = findings_page(page, chosen, lost=_lost(page, TAKEN_OUT, {}), status=CONFLICT)
    elif outcome.problem:
        told = said_problem(str(outcome.problem).partition("\n")[0], page.locale)
        lost = LostReason(told, said_problem(outcome.problem.hint, page.locale))
        response = findings_page(page, chosen, lost=lost, status=UNFIT)
    else:
        if remedied:
            page.desk.forget(remedied)
        sheets = f"/{page.state.country.code}/{page.state.year}/figures/"
        back = form.get("back", "")
        response = RedirectResponse(back, SEE_OTHER) if back.startswith(sheets) else _back(page, chosen, name)
    return remember_person(page.request, response, person)


def _acceptable(page: YearPage, name: str) -> ListedFinding | None:
    return next((each for each in findings_to_accept(page) if each.name == name), None)


def _why_not(page: YearPage, name: str) -> tuple[str, str]:
    return NOT_ACCEPTED if any(each.name == name for each in listed_findings(page)) else GONE


def _lost(page: YearPage, why: tuple[str, str], form: Mapping[str, str]) -> LostReason:
    languages = page.state.dataset.settings.languages
    typed = tuple((each, form[f"reason.{each}"]) for each in languages if form.get(f"reason.{each}", "").strip())
    return LostReason(page.locale.text(why[0]), page.locale.text(why[1]), typed)


def _back(page: YearPage, chosen: str, name: str) -> Response:
    kinds = {str(each) for each in FindingKind}
    query = f"?show={chosen}" if chosen and chosen not in kinds and chosen.replace("_", "").isalnum() else ""
    return RedirectResponse(f"/{page.state.country.code}/{page.state.year}/findings{query}#f-{name}", SEE_OTHER)
