"""What comes next in a year, in one line."""

from dataclasses import dataclass

from reporter.check import RULES
from reporter.errors import Severity
from reporter.i18n import N_, NN_, Locale
from reporter.model import EditionStatus
from reporter.web.year_state import TextState, YearState

FIGURES = NN_("{n} figure waits for an answer", "{n} figures wait for an answer")
SMALL = NN_(
    "{n} count could identify someone: withhold it or say why it is published",
    "{n} counts could identify someone: withhold them or say why they are published",
)
TEXTS = NN_("{n} text waits for a decision", "{n} texts wait for a decision")
UNWRITTEN = NN_("{n} section has no text, and is not printed.", "{n} sections have no text, and are not printed.")
UNREAD = NN_("{n} error keeps a file from being read", "{n} errors keep files from being read")
ERRORS = NN_("{n} error is to be mended", "{n} errors are to be mended")
CODES = frozenset(each.code for each in RULES)
RECIPIENTS = NN_("{n} recipient waits for the report", "{n} recipients wait for the report")


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next in a year. `after` says what else there is before the year goes a step further, `remedy` what
    that step does. One that `leaves` the office is taken on the page To the Commission."""

    title: str
    after: str = ""
    remedy: str = ""
    leaves: bool = False


def next_step(state: YearState, locale: Locale) -> NextStep:
    open_steps = left_to_do(state, locale)
    status = state.progress.status
    if open_steps:
        later = locale.listed(open_steps[1:])
        after = locale.text("After that: {things}.", things=later) if later else ""
        then = "" if status is EditionStatus.FINAL else locale.text("Then the year can be final.")
        return NextStep(open_steps[0], after, locale.joined(" ", filter(None, (then, told_unwritten(state, locale)))))
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


def left_to_do(state: YearState, locale: Locale) -> tuple[str, ...]:
    # What nobody can read hides what would come next.
    unread = sum(each.severity is Severity.ERROR and each.code not in CODES for each in state.findings)
    counts = (
        (UNREAD, unread),
        (FIGURES, state.figures.count(False)),
        (SMALL, len(state.small)),
        (TEXTS, state.texts.count(TextState.UNDECIDED)),
        (ERRORS, state.weighing(Severity.ERROR) - unread),
    )
    return tuple(locale.count(*words, number) for words, number in counts if number)
