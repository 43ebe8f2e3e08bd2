"""What keeps a year from being final, in order, and what comes next."""

from dataclasses import dataclass

from reporter.errors import Finding, Severity
from reporter.i18n import N_, NN_, Locale
from reporter.model import EditionStatus
from reporter.web.finding_list import place_of_finding
from reporter.web.frame import YearPage
from reporter.web.listed_findings import finding_name
from reporter.web.year_state import TextState, YearState

FIGURES = NN_("{n} figure waits for an answer", "{n} figures wait for an answer")
SMALL = NN_(
    "{n} count could identify someone: withhold it or say why it is published",
    "{n} counts could identify someone: withhold them or say why they are published",
)
PLACES = NN_("{n} place is to be filled in", "{n} places are to be filled in")
TEXTS = NN_("{n} text waits for a decision", "{n} texts wait for a decision")
NO_TEXT = N_("a first text is to be written")
UNWRITTEN = NN_("{n} section has no text, and is not printed.", "{n} sections have no text, and are not printed.")
UNREAD = NN_("{n} error keeps a file from being read", "{n} errors keep files from being read")
ERRORS = NN_("{n} error is to be mended", "{n} errors are to be mended")
WAITING = ("unanswered", "left-unanswered")
RECIPIENTS = NN_("{n} recipient waits for the report", "{n} recipients wait for the report")


@dataclass(frozen=True, slots=True)
class OpenStep:
    """Something that keeps a year from being final, in words. It is done in a `room` of the year, or where its first
    `finding` is."""

    words: str
    room: str = ""
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next in a year. `left` is what there is before the year goes a step further, with this first; `remedy`
    says what that step does. One that `leaves` the office is taken on the page To the Commission."""

    title: str
    left: tuple[OpenStep, ...] = ()
    remedy: str = ""
    leaves: bool = False


def next_step(state: YearState, locale: Locale) -> NextStep:
    open_steps = left_to_do(state, locale)
    status = state.progress.status
    if open_steps:
        then = "" if status is EditionStatus.FINAL else locale.text("Then the year can be final.")
        remedy = locale.joined(" ", filter(None, (then, told_unwritten(state, locale))))
        return NextStep(locale.opened(open_steps[0].words), open_steps, remedy)
    if status is not EditionStatus.FINAL:
        title, remedy = N_("The year can be final"), N_("Everything is answered and decided.")
    elif not state.progress.releases and state.progress.approval and state.progress.approval.missing:
        title = N_("The year can be approved")
        remedy = N_("It is final. Somebody else than who publishes it looks at it and approves it.")
    elif not state.progress.releases:
        title, remedy = N_("The year can be published"), N_("It is final. What is published stays as it is.")
    elif state.changed:
        title, remedy = N_("Something has changed since it was published"), N_("Published again, it is a corrigendum.")
    elif waiting := state.sending.wanted - state.sending.served:
        return NextStep(locale.count(*RECIPIENTS, waiting), remedy=locale.text("It is published."), leaves=True)
    else:
        return NextStep(locale.text("Published, and sent to everybody"))
    words = (locale.text(remedy), told_unwritten(state, locale))
    return NextStep(locale.text(title), remedy=locale.joined(" ", filter(None, words)), leaves=True)


def told_unwritten(state: YearState, locale: Locale) -> str:
    """How many sections of a draft have no text, in words. It can be final without them."""
    number = state.texts.count(TextState.UNWRITTEN)
    is_draft = state.progress.status is EditionStatus.DRAFT
    return locale.count(*UNWRITTEN, number) if is_draft and number else ""


def left_to_do(state: YearState, locale: Locale) -> tuple[OpenStep, ...]:
    """What keeps a year from being final or published, in the order in which it is best done."""
    # What cannot be read hides what would come next.
    unread, open_figures = state.unread, [each for each in state.found if each.code in WAITING]
    places = [each for each in state.findings if each.severity is Severity.NOTE]
    errors = [each for each in state.findings if each.severity is Severity.ERROR and each not in unread]
    steps = (
        (UNREAD, len(unread), "findings", unread),
        (FIGURES, state.figures.count(False), "figures", open_figures),
        (SMALL, len(state.small), "withheld", ()),
        (PLACES, len(places), "findings", places),
        (TEXTS, state.texts.count(TextState.UNDECIDED), "text", ()),
        (ERRORS, len(errors), "findings", errors),
    )
    found = [OpenStep(locale.count(*words, n), room, next(iter(of), None)) for words, n, room, of in steps if n]
    return (*found, *(() if state.has_text else (OpenStep(locale.text(NO_TEXT), "text"),)))


def step_address(page: YearPage, step: OpenStep) -> str:
    """Where a step is done: the field, form or text of its first finding, or else a page of the year."""
    base = f"/{page.state.country.code}/{page.state.year}"
    place = place_of_finding(page, step.finding).address if step.finding else ""
    row = f"#f-{finding_name(step.finding)}" if step.finding and step.room == "findings" else ""
    return place or f"{base}/{step.room}{row}"
