"""The texts of a year, section by section. Its parts, what is found in them, and another text beside."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from reporter.edit.amendment import Conflict, slice_digest
from reporter.sections.finding_words import words_of
from reporter.web.chapter_places import chapter_of_section
from reporter.web.editions import Editions
from reporter.web.figure_picker import picks
from reporter.web.frame import YearPage, about_year
from reporter.web.person import person_of
from reporter.web.section_state import SectionMark, part_titles, section_states
from reporter.web.shell import BESIDE, CLOSED
from reporter.web.text_decisions import waiting_names, why_not
from reporter.web.text_view import TextPage, address_of, shown_headlines, shown_parts

SEE_OTHER = 303
FOLD_FROM = 3


@dataclass(frozen=True, slots=True)
class Unwritten:
    """Why nothing was written, and the form with what was typed. Of a `conflict` it says what the other wrote and what
    stood there before."""

    form: Mapping[str, str] = field(default_factory=dict)
    problem: tuple[str, str] | None = None
    conflict: Conflict | None = None


ALL_WRITTEN = Unwritten()


def text_page(page: YearPage) -> TextPage:
    """The page that an address means. Raises HTTPException where there is no such language or section."""
    language, section = page.request.path_params["language"], page.request.path_params["section"]
    if language not in page.state.dataset.settings.languages:
        raise HTTPException(404)
    states = section_states(page.reading, page.state.country.code, page.state.year, language)
    here = next((each for each in states if each.part.code == section), None)
    if here is None:
        raise HTTPException(404)
    return TextPage(page, language, states, here)


@about_year
def show_first(page: YearPage) -> Response:
    languages = page.state.dataset.settings.languages
    own = page.locale.language
    language = page.request.path_params.get("language", own if own in languages else languages[0])
    if language not in languages:
        raise HTTPException(404)
    states = section_states(page.reading, page.state.country.code, page.state.year, language)
    first = min(states, key=lambda each: list(SectionMark).index(each.mark))
    return RedirectResponse(address_of(page, language, first.part.code), SEE_OTHER)


@about_year
def show(page: YearPage) -> Response:
    """A section: its text in the middle, another one beside."""
    return section_answer(text_page(page))


def section_answer(asked: TextPage, unwritten: Unwritten = ALL_WRITTEN, *, status: int = 200) -> Response:
    page, here = asked.page, asked.here
    parts, conflict = asked.parts, unwritten.conflict
    besides = tuple(_besides(asked))
    wanted = page.request.query_params.get("beside", "")
    beside = wanted if wanted in {each for each, _ in besides} else next(iter(besides), ("", ""))[0]
    own = [each.by for each in asked.page.state.data.still_holds if each.year == asked.year]
    codes = [code for code, _ in besides]
    # The page beside the text, unless somebody closed it. Its frame asks for it: this neither waits for nor makes it.
    editions: Editions = page.request.app.state.editions
    made = None if page.request.cookies.get(BESIDE) == CLOSED else editions.last(asked.wanted)
    return page.answer(
        "texts.html",
        "texts",
        status=status,
        asked=asked,
        parts=tuple(shown_parts(asked, parts, beside)),
        over=tuple(shown_headlines(asked, len(parts), beside)),
        besides=besides,
        beside=beside,
        other_beside=codes[(codes.index(beside) + 1) % len(codes)] if len(codes) > 1 else "",
        beside_language=beside if not beside.isdecimal() else asked.language,
        titles={each.passage.name: title for each, title in part_titles(parts) if each.passage},
        words_of=lambda finding: words_of(finding, asked.context),
        waiting=waiting_names(here),
        why_not=lambda name: why_not(here, name, asked.year, page.desk.today(), asked.context),
        picks=tuple(picks(asked.context)),
        fold=FOLD_FROM - 1,
        reader=own[-1] if own else person_of(asked.page.request),
        made=made,
        chapter=chapter_of_section(here.part.code),
        page_address=f"/{page.state.country.code}/{asked.year}/page/{asked.language}#section-{here.part.code}",
        form=unwritten.form,
        problem=unwritten.problem,
        conflict=conflict,
        again={**unwritten.form, "seen": slice_digest(conflict.theirs)} if conflict else {},
    )


def _besides(asked: TextPage) -> Iterator[tuple[str, str]]:
    """What may stand beside: the other languages, and the year before."""
    page, locale = asked.page, asked.page.locale
    earlier = [each for each in page.state.years if each < asked.year]
    if earlier:
        yield str(earlier[-1]), str(earlier[-1])
    for each in page.state.dataset.settings.languages:
        if each != asked.language:
            yield each, locale.language_name(each)
