"""The overview of a year: next step, open items, deadlines, findings, deliveries."""

from dataclasses import dataclass, replace
from functools import partial

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reporter.data.errors import Finding, Severity, waiting_texts
from reporter.data.i18n import N_, NN_, Locale
from reporter.data.records import EditionStatus
from reporter.editions.checked import OF_TEXT, passage_at
from reporter.workbench.figures.figures import sheet_address
from reporter.workbench.findings.findings import place_of_finding
from reporter.workbench.findings.listed_findings import finding_name
from reporter.workbench.lists.listings import chapter_lists
from reporter.workbench.server.form_post import SEE_OTHER
from reporter.workbench.server.frame import YearPage, about_year, latest_year, without_dataset
from reporter.workbench.withheld.withheld_page import decision_state, judged
from reporter.workbench.year.year_state import ChapterState, TextState, YearState

FIGURES = NN_("{n} figure waits for an answer", "{n} figures wait for an answer")
SMALL = NN_(
    "{n} count could identify someone: withhold it or say why it is published",
    "{n} counts could identify someone: withhold them or say why they are published",
)
PROPOSED = NN_("{n} value should be withheld but is not yet", "{n} values should be withheld but are not yet")
SOURCES = NN_("{n} source of figures waits for an answer", "{n} sources of figures wait for an answer")
PLACES = NN_("{n} place is to be filled in", "{n} places are to be filled in")
TEXTS = NN_("{n} text waits for a decision", "{n} texts wait for a decision")
UNREAD = NN_("{n} error prevents a file from being read", "{n} errors prevent files from being read")
ERRORS = NN_("{n} error to correct", "{n} errors to correct")
RELEASE, WAITING = "release", ("unanswered", "left-unanswered")
SENT = NN_("Published and sent to {n} recipient", "Published and sent to all {n} recipients")
RECIPIENTS = NN_("{n} recipient waits for the report", "{n} recipients wait for the report")


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something to do in a year, in a `room` of it, or at its first `finding`."""

    title: str
    room: str = ""
    finding: Finding | None = None
    remedy: str = ""


def next_steps(state: YearState, locale: Locale, withheld: str = "done", proposed: int = 0) -> tuple[NextStep, ...]:
    """The obstacles to a final or published year, or else the one next step: before publication the values `proposed`
    to be withheld; nothing is decided while these are worked out."""
    step = _step_of_release(state, locale)
    if proposed:
        step = NextStep(locale.count(*PROPOSED, proposed), "withheld")
    elif withheld == "waits":
        step = replace(step, remedy=locale.text("Further values to withhold are still being worked out."))
    return left_to_do(state, locale) or (step,)


def _step_of_release(state: YearState, locale: Locale) -> NextStep:
    if state.progress.status is not EditionStatus.FINAL:
        title, remedy = N_("The year can be final"), N_("All figures are answered and all texts decided.")
    elif not state.progress.releases and state.progress.approval and state.progress.approval.missing:
        title = N_("The year can be approved")
        remedy = N_("The figures are final. Before publication, a second person must approve the year.")
    elif not state.progress.releases:
        title, remedy = (
            N_("The year can be published"),
            N_("The figures are final. A published edition does not change."),
        )
    elif state.changed:
        title, remedy = N_("Changed since publication"), N_("Publishing it again makes a corrigendum.")
    elif waiting := state.sending.wanted - state.sending.served:
        return NextStep(locale.count(*RECIPIENTS, waiting), RELEASE, remedy=locale.text("It is published."))
    elif state.sending.wanted:
        return NextStep(locale.count(*SENT, state.sending.wanted))
    else:
        title, remedy = N_("Published; no recipient in reporter.yaml"), ""
    return NextStep(locale.text(title), RELEASE, remedy=remedy and locale.text(remedy))


def left_to_do(state: YearState, locale: Locale) -> tuple[NextStep, ...]:
    """The obstacles to a final or published year, in the best order to do them."""
    # Unreadable files hide further steps.
    unread, file = state.unread, state.data.year(state.year)
    figures, sources = state.open_figures, file.open_sources if file else ()
    # An edit not yet checked counts as an answer, so the next item is open.
    waiting = [finding for finding in state.all_findings if finding.code in WAITING][:1]
    places = [finding for finding in state.findings if finding.severity is Severity.NOTE]
    found_errors = (item for item in state.findings if item.severity is Severity.ERROR and item not in unread)
    # Errors in a waiting text are settled by the decision on it: one step is enough.
    errors = [error for error in found_errors if not _is_in_waiting_text(state, error)]
    steps = (
        (UNREAD, len(unread), "findings", unread),
        (FIGURES, len(figures), "figures", [replace(finding, mark=figures[0]) for finding in waiting if figures]),
        (SOURCES, len(sources), "lists/about", [replace(finding, mark=sources[0]) for finding in waiting if sources]),
        (SMALL, len(state.small), "withheld", ()),
        (PLACES, len(places), "findings", places),
        (TEXTS, state.texts.count(TextState.UNDECIDED), "text", ()),
        (ERRORS, len(errors), "findings", errors),
    )
    open_steps = [NextStep(locale.count(*words, n), room, next(iter(of), None)) for words, n, room, of in steps if n]
    is_silent = all(passage.year > state.year for passage in state.data.passages)
    return (*open_steps, *([NextStep(locale.text("write the first text"), "text")] if is_silent else []))


def _is_in_waiting_text(state: YearState, finding: Finding) -> bool:
    passage = passage_at(finding, state.data.passages) if OF_TEXT.match(finding.mark.path) else None
    return passage is not None and not waiting_texts(state.all_findings).isdisjoint((passage.name, passage.section))


def step_address(page: YearPage, step: NextStep) -> str:
    """The page for a step: the field, form or text of its first finding, or else a page of the year."""
    place = place_of_finding(page, step.finding)[2] if step.finding else ""
    row = f"#f-{finding_name(step.finding)}" if step.finding and step.room == "findings" else ""
    return place or f"{page.base}/{step.room}{row}"


def first_page(request: Request) -> Response:
    reading = request.app.state.desk.reading
    if waiting := without_dataset(request, reading):
        return waiting
    country, year = latest_year(reading.sources)
    return RedirectResponse(f"/{country}/{year}" if country else "/new/country", SEE_OTHER)


@about_year
def show(page: YearPage) -> Response:
    state, locale = page.state, page.locale
    is_ready = not left_to_do(state, locale) and (state.changed or not state.progress.releases)
    return page.answer(
        "year/year.html",
        "year",
        steps=next_steps(state, locale, *(decision_state(page, judged(page)) if is_ready else ())),
        step_address=partial(step_address, page),
        settled=sum(_is_in_waiting_text(state, finding) for finding in state.findings if finding.stops),
        sheet=partial(_sheet, page),
    )


def _sheet(page: YearPage, chapter: ChapterState) -> str:
    """The page of a chapter's figures: sheet or list; empty without any."""
    if chapter.code in page.figure_chapters:
        return sheet_address(page, chapter.code)
    lists = chapter_lists(chapter.code, page.state.country.code, page.state.year) if chapter.figures else ()
    return next((address for _, address in lists), "")
