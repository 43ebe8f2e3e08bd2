"""Write texts of a year, and decide on those of earlier ones."""

from collections.abc import Mapping, Sequence
from functools import partial

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reporter.edit.written_steps import Step, WriteOutcome, step_of
from reporter.errors import ReporterError
from reporter.i18n import N_
from reporter.i18n.problem_words import said_problem
from reporter.web.amending import write
from reporter.web.frame import YearPage, about_year, find_year, form_about_year
from reporter.web.pages.text_page import SEE_OTHER, Unwritten, section_answer, text_page
from reporter.web.person import ask_person, person_of, remember_person
from reporter.web.section_state import TextPart, UnfitTextError, amendment_of, new_part, place_of, written_anew
from reporter.web.text_decisions import TextDecision, confirming, no_longer_needed, waiting_names, why_not, why_unsigned
from reporter.web.text_view import TextPage, address_of

CONFLICT, UNFIT = 409, 422
AGAIN = N_("Look at the page again.")


class RefusedTextError(ReporterError):
    """A reason in the language of who asks; others speak English."""


@form_about_year
def write_text_form(form: Mapping[str, str], page: YearPage) -> Response:
    own = (each.texts for each in page.state.data.still_holds if each.year == page.state.year)
    if form.get("act") == "holds":
        if page.desk.unsure or any(form.get("name") in each for each in own):
            # What was written since the files were checked may make a sentence untrue.
            page.desk.read_now()
        if page.reading is not page.desk.reading:
            return about_year(partial(_write, form))(page.request)
    return _write(form, page)


def _write(form: Mapping[str, str], page: YearPage) -> Response:
    asked, person = text_page(page), person_of(page.request, form)
    if not person:
        return ask_person(page.request, form)
    try:
        outcome = write(page.desk, person, _steps(asked, form, person), decides=form.get("act") == "holds")
    except ReporterError as problem:
        outcome = WriteOutcome(problem=problem)
    if outcome.conflict or outcome.problem:
        # Shown as the files are now, with what others wrote.
        response = about_year(partial(_stopped, form, outcome))(page.request)
    else:
        beside, anchor = form.get("beside", ""), form.get("anchor", "")
        query = f"?beside={beside}" if beside.isalnum() else ""
        target, address = f"#part-{anchor}" if anchor.isdecimal() else "", asked.address
        if form.get("path.next") in {each.part.code for each in asked.states}:
            address = address_of(page, asked.language, form["path.next"])
        is_decided = any(each.year == asked.year for each in page.state.data.still_holds)
        tidy = BackgroundTask(_tidy, person, page.request) if is_decided and form.get("act") != "holds" else None
        response = RedirectResponse(f"{address}{query}{target}", SEE_OTHER, background=tidy)
    return remember_person(page.request, response, person)


def _steps(asked: TextPage, form: Mapping[str, str], person: str) -> Sequence[Step]:
    """What a form changes; raises ReporterError for what cannot be written."""
    parts, path = asked.parts, tuple(form.get("path", "").split("/"))
    if path[0] in asked.here.over:
        return _over(asked, place_of(asked.over, path[:1]), form)
    if path[0] != asked.here.part.code:
        path = (asked.here.part.code,)
    part, seen = place_of(parts, path), form.get("seen", "")
    match form.get("act"):
        case "holds":
            return [_confirmation(asked, form.get("name", ""), " ".join(form.get("by", person).split()))]
        case "anew":
            if not part.is_carried(asked.year):
                raise UnfitTextError(N_("This is written already."), AGAIN)
            path, words = written_anew(parts, part)
            return [step_of(amendment_of(asked.file, path, words, place_of(parts, path).seen, parts))]
        case "part":
            path, words = new_part(parts, form.get("code", "").strip(), form.get("head", ""), form.get("body", ""))
            if place_of(parts, path).body:
                raise UnfitTextError(
                    N_("There is a part {code} already."), N_("Give this one another code."), code=path[-1]
                )
            return [step_of(amendment_of(asked.file, path, words, place_of(parts, path).seen, parts))]
        case "remove":
            return [step_of(amendment_of(asked.file, path, None, seen, parts))]
    words = part.with_words(form.get("head", ""), form.get("body", ""))
    return [step_of(amendment_of(asked.file, path, words, seen, parts))]


def _over(asked: TextPage, part: TextPart, form: Mapping[str, str]) -> Sequence[Step]:
    match form.get("act"):
        case "anew":
            words = part.with_words(asked.earlier_headline(part.path[0]), part.body)
            return [step_of(amendment_of(asked.file, part.path, words, part.seen, ()))]
        case "remove":
            return [step_of(amendment_of(asked.file, part.path, None, form.get("seen", ""), ()))]
    words = part.with_words(form.get("head", ""), part.body)
    return [step_of(amendment_of(asked.file, part.path, words, form.get("seen", ""), ()))]


def _confirmation(asked: TextPage, name: str, by: str) -> Step:
    """The step that says of a text that it still holds. Raises ReporterError with the reason why that cannot be
    said."""
    page, today = asked.page, asked.page.desk.today()
    if name not in waiting_names(asked.here):
        raise UnfitTextError(N_("This text does not wait for a decision."), AGAIN)
    decision = TextDecision(name, by, today)
    reason = why_not(asked.here, name, asked.year, today, asked.context)
    reason = reason or why_unsigned(page.state.data, asked.year, decision, asked.context)
    if reason:
        raise RefusedTextError(reason)
    return step_of(confirming(page.reading.sources, page.state.data, asked.year, decision))


def _tidy(person: str, request: Request) -> None:
    """Take out, once the files were checked, what was decided on words that are not there any more."""
    request.app.state.desk.read_now()
    page = find_year(request)
    if isinstance(page, YearPage):
        section = request.path_params["section"]
        for each in no_longer_needed(page.reading, page.state.data, page.state.year, section):
            write(page.desk, person, [step_of(each)])


def _stopped(form: Mapping[str, str], outcome: WriteOutcome, page: YearPage) -> Response:
    problem = _told(outcome.problem, page) if outcome.problem else None
    status = CONFLICT if outcome.conflict else UNFIT
    return section_answer(text_page(page), Unwritten(form, problem, outcome.conflict), status=status)


def _told(problem: ReporterError, page: YearPage) -> tuple[str, str]:
    message, locale = str(problem).partition("\n")[0], page.locale
    if isinstance(problem, UnfitTextError):
        return locale.text(problem.fact, **problem.values), locale.text(problem.remedy, **problem.values)
    words = message if isinstance(problem, RefusedTextError) else said_problem(message, locale)
    return words, said_problem(problem.hint, locale)
