"""What the public does not get: decided, proposed, and whether it holds."""

from collections.abc import Mapping
from datetime import UTC, datetime

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from reporter.disclosure.decision_file import WITHHELD
from reporter.edit.applying import Writer, rewrite
from reporter.edit.handwriting import Value
from reporter.edit.written_steps import Step, WriteOutcome
from reporter.errors import ReporterError
from reporter.i18n import N_
from reporter.i18n.problem_words import said_problem
from reporter.model import Because
from reporter.model.seen import Key
from reporter.web.amending import write
from reporter.web.decision_steps import chosen_step, reason_step, removal_step
from reporter.web.frame import YearPage, about_year, form_about_year
from reporter.web.person import ask_person, person_of, remember_person
from reporter.web.withheld_figures import decision_name
from reporter.web.withheld_view import AskedWithheld, JudgedEdition, judged, judging_task, withheld_page

SEE_OTHER, CONFLICT, UNFIT = 303, 409, 422
OTHER = (
    N_("The files changed since this was proposed"),
    N_("Nothing was written. The proposal is worked out anew; look at it, then write it."),
)
MEANWHILE = (
    N_("Somebody changed this decision meanwhile"),
    N_("Nothing was written. What you typed stands here; look at what is decided now."),
)
NO_FIGURE = (N_("Choose a value that the public gets now."), "")


@about_year
def show(page: YearPage) -> Response:
    return withheld_page(page, AskedWithheld())


@form_about_year
def change(form: Mapping[str, str], page: YearPage) -> Response:
    act, person = form.get("act", ""), person_of(page.request, form)
    if act not in ("propose", "choose", "reason", "remove"):
        raise HTTPException(404)
    # A value that is chosen has its year with it.
    figure, _, of = form.get("figure", "").partition(" ")
    year = form.get("of") or of or str(page.state.year)
    key_key = (figure, int(year) if year.isdecimal() and year.isascii() else 0)
    key = key_key if key_key in page.vintage.index else None
    if act != "propose" and key is None:
        return _told(page, form, NO_FIGURE, UNFIT)
    if not person:
        return ask_person(page.request, form)
    if act == "propose":
        made = _judgement(page, form)
        if made is None:
            return _told(page, form, OTHER, CONFLICT)
        outcome = _write_proposal(page, made, person)
    else:
        outcome = write(page.desk, person, [_step(page, form, key)] if key else [])
    if outcome.conflict:
        response = about_year(lambda now: _told(now, form, MEANWHILE, CONFLICT))(page.request)
    elif outcome.problem:
        problem = outcome.problem
        response = about_year(
            lambda now: withheld_page(
                now,
                AskedWithheld(
                    form,
                    (
                        said_problem(problem.message.partition("\n")[0], now.locale),
                        said_problem(problem.hint, now.locale),
                    ),
                ),
                status=UNFIT,
            )
        )(page.request)
    else:
        at = f"#{decision_name(*key)}" if key and act != "remove" else ""
        response = RedirectResponse(f"/{page.state.country.code}/{page.state.year}/withheld{at}", SEE_OTHER)
    return remember_person(page.request, response, person)


def _judgement(page: YearPage, form: Mapping[str, str]) -> JudgedEdition | None:
    """The proposal that somebody saw; None when the files are others now."""
    task = judging_task(page.reading, page.state.country.code, page.state.year)
    finished = judged(page) if task.digest == form.get("digest") else None
    made: JudgedEdition | None = finished.made if finished else None
    return made


def _write_proposal(page: YearPage, made: JudgedEdition, person: str) -> WriteOutcome:
    """Write a proposal as `reporter protect` does; it is one edit."""
    writer = Writer(person, datetime.now(UTC))
    try:
        if made.text != (made.before or ""):
            rewrite(page.desk.workspace, made.path, (WITHHELD,), made.before, made.text, writer)
    except ReporterError as problem:
        return WriteOutcome(problem=problem)
    finally:
        page.desk.take_in()
    return WriteOutcome()


def _step(page: YearPage, form: Mapping[str, str], key: Key) -> Step:
    country, edition = page.state.country.code, page.state.year
    reason = {
        each: words
        for each in page.state.dataset.settings.languages
        if (words := " ".join(form.get(f"reason.{each}", "").split()))
    }
    if form["act"] == "remove":
        return removal_step(country, edition, key, form.get("seen", ""))
    if form["act"] == "reason":
        return reason_step(country, edition, key, reason, form.get("was", ""))
    value: dict[str, Value] = {"because": str(Because.CHOSEN)}
    order = tuple(dict.fromkeys(address for address, _ in page.vintage.index))
    return chosen_step(country, edition, key, value | ({"reason": dict(reason)} if reason else {}), order)


def _told(page: YearPage, form: Mapping[str, str], why: tuple[str, str], status: int) -> Response:
    words = (page.locale.text(why[0]), page.locale.text(why[1]) if why[1] else "")
    return withheld_page(page, AskedWithheld(form, words), status=status)
