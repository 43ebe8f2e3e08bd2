"""The year: what comes next, what is open, due, found and sent."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reporter.context import Context
from reporter.delivery.edition_status import EditionProgress
from reporter.errors import Finding, Severity
from reporter.i18n import N_, NN_, Locale
from reporter.sections.finding_words import words_of
from reporter.web.agencies_view import OPEN_ANSWERS, days_left
from reporter.web.desk import Desk
from reporter.web.figure_sheet import chapters_with_figures
from reporter.web.figure_view import sheet_address
from reporter.web.finding_list import ELSEWHERE, ELSEWHERE_TITLE
from reporter.web.forms.listings import chapter_lists
from reporter.web.frame import YearPage, about_year, latest_year, without_dataset
from reporter.web.next_step import next_step
from reporter.web.year_state import ChapterState, SentState, TextState, YearState

FIRST = 6
OPEN = NN_("{n} of {total} open", "{n} of {total} open")
DECIDE = NN_("{n} to decide", "{n} to decide")
WRITE = NN_("{n} to write", "{n} to write")
ERRORS, WARNINGS = NN_("{n} error", "{n} errors"), NN_("{n} warning", "{n} warnings")
LEFT, OVER = NN_("{n} day left", "{n} days left"), NN_("{n} day over", "{n} days over")
SQUARES = {
    TextState.ANEW: N_("written anew: {n}"),
    TextState.HOLDS: N_("still holds: {n}"),
    TextState.UNDECIDED: N_("to decide: {n}"),
    TextState.UNWRITTEN: N_("not written: {n}"),
}
MARKS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


@dataclass(frozen=True, slots=True)
class Tile:
    """A number that says where the year stands, and its words."""

    number: str
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class ChapterRow:
    """A chapter in the table, a square for each figure and text. What is `heard` says in words what the squares show;
    `sheet` is where its figures are answered, empty without any."""

    title: str
    figures: str
    figure_squares: tuple[str, ...]
    figures_heard: str
    texts: str
    text_squares: tuple[str, ...]
    texts_heard: str
    texts_address: str
    findings: tuple[tuple[str, str], ...]
    address: str
    sheet: str


@dataclass(frozen=True, slots=True)
class KindRow:
    """What a rule found, and where or how often."""

    mark: str
    words: str
    place: str
    count: str


@dataclass(frozen=True, slots=True)
class DueRow:
    """A date on which something is due."""

    date: str
    title: str
    basis: str
    left: str
    state: str


@dataclass(frozen=True, slots=True)
class SentRow:
    """What was published of a year, and to whom it was sent. `files` are the PDFs that were published, those of the
    latest number first, each with its name and address."""

    year: int
    published: str
    sent: str = ""
    state: str = ""
    files: tuple[tuple[str, str], ...] = ()


def first_page(request: Request) -> Response:
    """Lead to the latest year of the country of the workspace."""
    desk: Desk = request.app.state.desk
    reading = desk.reading
    waiting = without_dataset(request, reading)
    if waiting:
        return waiting
    country, year = latest_year(reading.sources)
    return RedirectResponse(f"/{country}/{year}" if country else "/new/country", 303)


@about_year
def show(page: YearPage) -> Response:
    """The first page of a year."""
    state, locale = page.state, page.locale
    context = Context(page.vintage, locale)
    kinds = tuple(_kinds(state.findings, context))
    return page.answer(
        "year.html",
        "year",
        step=next_step(state, locale),
        tiles=tuple(_tiles(state, locale)),
        rows=tuple(_row(each, state, locale, page) for each in state.chapters),
        kinds=kinds[:FIRST],
        more=len(kinds) - FIRST,
        due=tuple(_due(state, locale)),
        agencies=tuple(_agencies(page)),
        sent=tuple(_sent(each, locale) for each in state.sent),
        others=[each for each in reversed(state.years) if each not in {one.progress.year for one in state.sent}],
    )


def _kinds(findings: Iterable[Finding], context: Context) -> Iterator[KindRow]:
    """The findings by what they find; one alone is told whole."""
    kinds: dict[tuple[Severity, str], list[Finding]] = {}
    for each in findings:
        kinds.setdefault((each.severity, each.code), []).append(each)
    for (severity, _), found in kinds.items():
        first, places = found[0], sorted({f"{each.mark.path}:{each.mark.line}" for each in found})
        alone = len(found) == 1 or not first.title
        words = words_of(first, context) if alone else context.text(first.title)
        count = context.locale.count(*(ERRORS if severity is Severity.ERROR else WARNINGS), len(found))
        yield KindRow(MARKS[severity], words, places[0] if len(places) == 1 else "", "" if len(found) == 1 else count)


def _findings_of(state: YearState, chapter: str = "") -> str:
    here = f"/{state.country.code}/{state.year}/findings"
    return f"{here}?show={chapter}" if chapter else here


def _tiles(state: YearState, locale: Locale) -> Iterator[Tile]:
    figures, texts = state.figures, state.texts
    open_texts = texts.count(TextState.UNDECIDED) + texts.count(TextState.UNWRITTEN)
    answered = locale.count(
        "of {total} figure answered", "of {total} figures answered", len(figures), total=len(figures)
    )
    yield Tile(locale.number(figures.count(True)), answered, "#chapters")
    decide = locale.count("of {total} text to decide", "of {total} texts to decide", len(texts), total=len(texts))
    yield Tile(locale.number(open_texts), decide, "#chapters")
    errors, warnings = (state.weighing(each) for each in (Severity.ERROR, Severity.WARNING))
    said = locale.count("error open", "errors open", errors)
    more = locale.count("and {n} warning", "and {n} warnings", warnings) if warnings else locale.text("and no warning")
    yield Tile(locale.number(errors), locale.joined(", ", (said, more)), _findings_of(state))
    due = state.next_due
    if due:
        days = locale.count("day to {date}", "days to {date}", due.days, date=locale.date(due.date))
        yield Tile(locale.number(due.days), days, "#due")


def _row(chapter: ChapterState, state: YearState, locale: Locale, page: YearPage) -> ChapterRow:
    counts = {each: chapter.count(each) for each in TextState}
    answered = len(chapter.figures) - chapter.open_figures
    known = state.dataset.settings.languages
    language = locale.language if locale.language in known else known[0]
    return ChapterRow(
        title=locale.text(chapter.title or ELSEWHERE_TITLE),
        figures=_figures(chapter, locale),
        figure_squares=tuple("full" if each else "open" for each in sorted(chapter.figures, reverse=True)),
        figures_heard=locale.text("answered: {n}, open: {open}", n=answered, open=chapter.open_figures),
        texts=_texts(chapter, locale),
        text_squares=tuple(each for each in TextState for _ in range(counts[each])),
        texts_heard=locale.joined(
            ", ", (locale.text(SQUARES[each], n=locale.number(number)) for each, number in counts.items() if number)
        ),
        texts_address=f"/{state.country.code}/{state.year}/text/{language}/{chapter.code}",
        findings=tuple(
            (MARKS[weight], locale.count(*words, number))
            for weight, words in ((Severity.ERROR, ERRORS), (Severity.WARNING, WARNINGS))
            if (number := chapter.weighing(weight))
        ),
        address=_findings_of(state, chapter.code or ELSEWHERE),
        sheet=_answers(page, chapter),
    )


def _answers(page: YearPage, chapter: ChapterState) -> str:
    """Where the figures of a chapter are answered: sheet or list."""
    if chapter.code in chapters_with_figures(page):
        return sheet_address(page, chapter.code)
    lists = chapter_lists(chapter.code, page.state.country.code, page.state.year) if chapter.figures else ()
    return next((address for _, address in lists), "")


def _figures(chapter: ChapterState, locale: Locale) -> str:
    if not chapter.figures:
        return ""
    if not chapter.open_figures:
        return locale.text("all answered")
    return locale.count(*OPEN, chapter.open_figures, total=locale.number(len(chapter.figures)))


def _texts(chapter: ChapterState, locale: Locale) -> str:
    if not chapter.texts:
        return ""
    counts = ((DECIDE, TextState.UNDECIDED), (WRITE, TextState.UNWRITTEN))
    told = [locale.count(*words, number) for words, state in counts if (number := chapter.count(state))]
    return locale.joined(", ", told) if told else locale.text("decided")


def _due(state: YearState, locale: Locale) -> Iterator[DueRow]:
    language = locale.language
    for each in state.due:
        if each.done:
            left, mark = locale.text("sent {date}", date=locale.date(each.done[:10])), "done"
        else:
            left = locale.count(*(OVER if each.days < 0 else LEFT), abs(each.days))
            mark = "warning" if each.days < 0 else ""
        title = locale.put("{}, {}", each.deadline.title.text(language), each.year)
        basis = each.deadline.basis.text(language)
        yield DueRow(date=locale.date(each.date), title=title, basis=basis, left=left, state=mark)


def _agencies(page: YearPage) -> Iterator[DueRow]:
    locale = page.locale
    for each in page.state.agencies:
        if each.is_publication and not each.waiting:
            continue
        if each.received:
            told = [locale.text("received {date}", date=locale.date(each.received[-1].received))]
            told += [locale.count(*OPEN_ANSWERS, len(each.waiting))] if each.waiting else []
        else:
            told = [
                locale.text("asked {date}", date=locale.date(each.asked))
                if each.asked
                else locale.text("not asked yet")
            ]
        yield DueRow(
            date=locale.date(each.due) if each.due else "",
            title=each.agency.name.text(locale.language),
            basis=locale.joined(", ", told),
            left=days_left(page, each),
            state="warning" if each.is_late else "",
        )


def _sent(each: SentState, locale: Locale) -> SentRow:
    progress = each.progress
    if not progress.releases:
        return SentRow(progress.year, locale.text("not published"))
    last = progress.releases[-1]
    published = locale.date(last.date)
    if last.number:
        published = locale.text("corrigendum {n}, {date}", n=locale.number(last.number), date=published)
    files = tuple(_published_files(progress, locale))
    if not each.wanted:
        return SentRow(progress.year, published, files=files)
    sent = locale.text("to {n} of {total}", n=locale.number(each.served), total=locale.number(each.wanted))
    back = locale.count("{n} receipt", "{n} receipts", each.receipts)
    return SentRow(
        year=progress.year,
        published=published,
        sent=locale.joined(", ", (sent, back)),
        state="done" if each.receipts == each.wanted else "",
        files=files,
    )


def _published_files(progress: EditionProgress, locale: Locale) -> Iterator[tuple[str, str]]:
    for release in reversed(progress.releases):
        where = f"/{progress.country}/{progress.year}/published/{release.number}"
        is_last = release is progress.releases[-1]
        for name, _ in release.files:
            if name.endswith(".pdf"):
                told = (
                    name if is_last else locale.text("{name}, number {n}", name=name, n=locale.number(release.number))
                )
                yield told, f"{where}/{name}"
