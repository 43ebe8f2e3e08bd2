"""What a workbook says, and what would come of it."""

from collections import Counter
from collections.abc import Iterator

from starlette.responses import Response

from reporter.context import Context
from reporter.edit.amendment import Conflict
from reporter.edit.written_steps import laid_over
from reporter.edition.checked import load_checked
from reporter.errors import Finding, ReporterError, Severity
from reporter.intake.agency_proposals import Proposal, Reception, accepting_steps
from reporter.model import vintage
from reporter.sections.finding_words import plain_words_of, problem_words
from reporter.web.agencies_view import PLACE
from reporter.web.answer_rows import answer_row
from reporter.web.editions import Editions
from reporter.web.frame import YearPage
from reporter.web.live_edition import Wanted
from reporter.web.printed_places import places_of

TEMPLATE = "agency_book.html"
TOLD = (Severity.ERROR, Severity.WARNING)
MARKS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def book_page(page: YearPage, taken: Reception, name: str, day: str, problem: ReporterError | None) -> Response:
    locale = page.locale
    # Of another year than this page's nothing can be said of the report.
    is_here = (taken.received.country, taken.received.year) == (page.state.country.code, page.state.year)
    return page.answer(
        TEMPLATE,
        PLACE,
        came=taken.received,
        agency=taken.asked.agency,
        file_name=name,
        day=day,
        rows=tuple(answer_row(page, each.said, each.now) for each in taken.proposals),
        problems=taken.problems,
        empty=tuple(taken.places.get(each, each) for each in taken.open),
        found=tuple(_findings_then(page, taken.proposals)) if is_here else (),
        printed=_printed(page, taken.proposals) if is_here else {},
        new=sum(page.vintage.observation(each.figure) is None for each in taken.proposals) if is_here else 0,
        trouble=problem_words(problem, locale) if problem else None,
    )


def _findings_then(page: YearPage, found: tuple[Proposal, ...]) -> Iterator[tuple[str, str, bool]]:
    """What the checks would say, and what no more. That is if all of it were accepted."""
    state, sources = page.state, page.reading.sources
    country, catalogue = state.country.code, page.vintage.catalogue
    after = laid_over(sources, accepting_steps(found, [each.agency for each in state.agencies], catalogue))
    if isinstance(after, Conflict):
        return
    before, then = load_checked(sources, country), load_checked(after, country)
    known, new = ({_name(each) for each in checked.findings} for checked in (before, then))
    sides = ((then, known, True), (before, new, False))
    for checked, others, comes in sides:
        context = Context(vintage(checked.dataset, country, state.year), page.locale)
        for each in checked.findings:
            if each.severity in TOLD and each.year == state.year and _name(each) not in others and not each.accepted:
                words = page.locale.opened(plain_words_of(each, context))
                yield MARKS[each.severity] if comes else "done", words, comes


def _name(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.figure, finding.message


def _printed(page: YearPage, found: tuple[Proposal, ...]) -> Counter[str]:
    state, locale = page.state, page.locale
    languages = state.dataset.settings.languages
    language = locale.language if locale.language in languages else languages[0]
    editions: Editions = page.request.app.state.editions
    made = editions.wait(Wanted(state.country.code, state.year, language))
    seen = (each for one in found if (each := page.vintage.observation(one.figure)))
    printed = (places_of(made.edition.volumes, each, locale) if made.edition else () for each in seen)
    return Counter(section for places in printed for section in dict.fromkeys(place.section for place in places))
