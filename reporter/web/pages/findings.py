"""The findings of a year: what, where, and what mends it."""

from dataclasses import dataclass

from starlette.responses import Response

from reporter.context import Context
from reporter.errors import Severity
from reporter.web.finding_words import words_of
from reporter.web.frame import YearPage, about_year
from reporter.web.pages.year import ELSEWHERE, ERRORS, WARNINGS

FIRST = list(Severity)


@dataclass(frozen=True, slots=True)
class ChapterFindings:
    """The findings of a chapter: weight, words, place and remedy of each."""

    code: str
    title: str
    counted: str
    findings: tuple[tuple[str, str, str, str], ...]


@about_year
def show(page: YearPage) -> Response:
    """Every error and warning that nobody has accepted, by chapter."""
    locale, state = page.locale, page.state
    context = Context(page.vintage, locale)
    chapters = tuple(
        ChapterFindings(
            code=chapter.code or "elsewhere",
            title=locale.text(chapter.title or ELSEWHERE),
            counted=locale.joined(
                ", ",
                (
                    locale.count(*words, number)
                    for words, weight in ((ERRORS, Severity.ERROR), (WARNINGS, Severity.WARNING))
                    if (number := chapter.weighing(weight))
                ),
            ),
            findings=tuple(
                (str(each.severity), words_of(each, context), f"{each.mark.path}:{each.mark.line}", each.hint)
                for each in sorted(chapter.findings, key=lambda each: (FIRST.index(each.severity), each.mark))
            ),
        )
        for chapter in state.chapters
        if chapter.findings
    )
    number = len(state.findings)
    title = locale.count("{n} finding", "{n} findings", number) if number else locale.text("Nothing is to be mended")
    return page.answer("findings.html", "findings", title=title, chapters=chapters)
