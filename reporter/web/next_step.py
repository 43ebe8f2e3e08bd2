"""What comes next in a year, in one line."""

from dataclasses import dataclass

from reporter.check import RULES
from reporter.errors import Severity
from reporter.i18n import NN_, Locale
from reporter.model import EditionStatus
from reporter.web.year_state import TextState, YearState

FIGURES = NN_("{n} figure waits for an answer", "{n} figures wait for an answer")
TEXTS = NN_("{n} text waits for a decision", "{n} texts wait for a decision")
UNWRITTEN = NN_("{n} section has no text yet", "{n} sections have no text yet")
UNREAD = NN_("{n} error keeps a file from being read", "{n} errors keep files from being read")
ERRORS = NN_("{n} error is to be mended", "{n} errors are to be mended")
CODES = frozenset(each.code for each in RULES)
RECIPIENTS = NN_("{n} recipient waits for the report", "{n} recipients wait for the report")


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next in a year.

    `after` says what else there is before the year goes a step further, `remedy` how that step is taken.
    """

    title: str
    after: str = ""
    remedy: str = ""


def next_step(state: YearState, locale: Locale) -> NextStep:
    """What comes next, and what is to be done after it."""
    open_steps = left_to_do(state, locale)
    status, path = state.progress.status, f"data/{state.country.code}/{state.year}.yaml"
    if open_steps:
        later = locale.listed(open_steps[1:])
        after = locale.text("After that: {things}.", things=later) if later else ""
        then = "" if status is EditionStatus.FINAL else locale.text("Then the year can be final.")
        return NextStep(open_steps[0], after, then)
    if status is not EditionStatus.FINAL:
        remedy = locale.text(
            "Everything is answered and decided. Write {line} in {file}.", line="status: final", file=path
        )
        return NextStep(locale.text("The year can be final"), remedy=remedy)
    number = f"{state.country.code} {state.year}"
    if not state.progress.releases:
        remedy = locale.text("It is final. {command} freezes it.", command=f"reporter publish {number}")
        return NextStep(locale.text("The year can be published"), remedy=remedy)
    if state.changed:
        remedy = locale.text("{command} makes it a corrigendum.", command=f"reporter publish {number}")
        return NextStep(locale.text("Something has changed since it was published"), remedy=remedy)
    waiting = state.sending.wanted - state.sending.served
    if waiting:
        remedy = locale.text("It is published. {command} sends it.", command="reporter send")
        return NextStep(locale.count(*RECIPIENTS, waiting), remedy=remedy)
    return NextStep(locale.text("Published, and sent to everybody"))


def left_to_do(state: YearState, locale: Locale) -> tuple[str, ...]:
    """What keeps the year from its next step, the first thing first."""
    # What nobody can read hides what would come next.
    unread = sum(each.severity is Severity.ERROR and each.code not in CODES for each in state.findings)
    counts = (
        (UNREAD, unread),
        (FIGURES, state.figures.count(False)),
        (TEXTS, state.texts.count(TextState.UNDECIDED)),
        (UNWRITTEN, state.texts.count(TextState.UNWRITTEN) if state.progress.status is EditionStatus.DRAFT else 0),
        (ERRORS, state.weighing(Severity.ERROR) - unread),
    )
    return tuple(locale.count(*words, number) for words, number in counts if number)
