"""The texts of a year, section by section: compared with another text, edited, decided on."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain

from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from reporter.check.texts import NOBODY
from reporter.data.errors import Mark, ReporterError, WordedError
from reporter.data.files.sources import DATA
from reporter.data.i18n import N_, form_examples
from reporter.data.i18n.refresh import translated_problem
from reporter.data.languages import known_language
from reporter.data.read.yaml_tree import Keys, decode
from reporter.data.records import CountryData, Passage, Status, StillHolds, is_given
from reporter.data.write.amendment import NOTHING, Amendment, slice_digest, slice_of
from reporter.data.write.applying import Step, WriteOutcome, step_of
from reporter.data.write.yaml_format import Value
from reporter.report.context import Context
from reporter.report.document.document import Figure
from reporter.report.sections.quality import words_of
from reporter.text.evaluation import TIMELESS
from reporter.text.markdown import has_words
from reporter.workbench.findings.listed_findings import plain_hint
from reporter.workbench.server.amending import write
from reporter.workbench.server.form_post import CONFLICT, SEE_OTHER, UNFIT, ask_person
from reporter.workbench.server.frame import YearPage, about_year, find_year, form_about_year
from reporter.workbench.server.shell import BESIDE, CLOSED
from reporter.workbench.server.workspace_reader import Reading
from reporter.workbench.texts.live_edition import editions_of
from reporter.workbench.texts.preview import FIGURE, TABLE, PreviewMaker
from reporter.workbench.texts.text_view import (
    SectionMark,
    SectionState,
    TextPage,
    TextPart,
    address_of,
    amendment_of,
    blocks_over,
    is_untrue,
    new_part,
    part_titles,
    place_of,
    printer_of,
    rewritten_text,
    section_states,
    shown_headlines,
    shown_parts,
)
from reporter.workbench.year.year_state import chapter_of_section

HOLDS, IN_VAIN = "still_holds", "decision-not-needed"


def waiting_names(state: SectionState) -> tuple[str, ...]:
    """What can be confirmed in a section: the whole first (all its texts from earlier years), or its only text."""
    inside = [passage.name for passage in (state.printed.passages if state.printed else ()) if has_words(passage)]
    waiting = {finding.undecided for _, finding in state.findings}
    names = [name for name in dict.fromkeys(inside) if name in waiting]
    if state.part.code in waiting or len(names) > 1:
        return (state.part.code, *(name for name in names if name != state.part.code))
    return tuple(names)


def why_not(state: SectionState, name: str, year: int, today: date, context: Context) -> WordedError | None:
    """Why a text cannot be confirmed now, or None. A decision covers all languages: one untrue sentence prevents it."""
    locale, end = context.locale, date(year, 12, 31)
    for passage, finding in state.findings:
        if is_untrue(finding) and name in (passage.name, passage.section):
            words = N_("Not while a sentence is untrue ({language}): {words}")
            language = locale.language_name(passage.language)
            return WordedError(words, "", language=language, words=words_of(finding, context))
    if today < end:
        words = N_("Not before {date}: until then the situation at the end of {year} is unknown.")
        return WordedError(words, "", date=locale.date(end.isoformat()), year=year)
    return None


def no_longer_needed(reading: Reading, data: CountryData, year: int, section: str) -> Iterator[Amendment]:
    """Confirmations in the file of the year without a text, since it was rewritten; the checks report them."""
    file = f"{DATA}/{data.country.code}/{year}.yaml"
    vain = [finding for finding in reading.findings if finding.code == IN_VAIN and finding.mark.path == file]
    own = [confirmation for confirmation in data.still_holds if confirmation.year == year]
    # From the end, so that the numbers of the others stay.
    for number, entry in reversed(list(enumerate(own))):
        messages = [finding.message for finding in vain if finding.mark == entry.mark]
        idle = [
            name
            for name in entry.texts
            if name.partition(".")[0] == section and any(f" {name} " in f" {one} " for one in messages)
        ]
        paths: list[Keys] = [(HOLDS, str(number), "texts", str(entry.texts.index(name))) for name in reversed(idle)]
        if idle and len(idle) == len(entry.texts):
            paths = [(HOLDS,) if len(own) == 1 else (HOLDS, str(number))]
        text = decode(reading.sources[file].content, file) if paths else ""
        yield from (Amendment(file, path, None, slice_digest(slice_of(text, file, path))) for path in paths)


def picks(context: Context) -> Iterator[tuple[str, str, str]]:
    """For each figure that a text can print: the expression, its label and value (… while a draft waits for it)."""
    vintage, locale = context.vintage, context.locale
    for (address, year), observation in vintage.index.items():
        is_open = observation.status is Status.UNANSWERED
        if (is_open or is_given(observation)) and (year == vintage.year or address.partition(".")[0] in TIMELESS):
            label = locale.label_of(observation, vintage.catalogue) or address
            yield f"{{{{ {address} }}}}", label, locale.text("no value yet") if is_open else locale.value(observation)


def references(asked: TextPage) -> Iterator[tuple[str, str, str]]:
    """For each chart and table of the year: the reference, its caption and number."""
    anchors, names = printer_of(asked, asked.language, asked.year).anchors, (state.over for state in asked.states)
    for name, block in blocks_over(asked, chain.from_iterable(names), asked.page.context):
        kind, _, code = name.partition("-")
        words = FIGURE if isinstance(block, Figure) else TABLE
        if block:
            number = asked.page.context.locale.text(words, n=anchors.get(name, "…"))
            yield f'{{{{ {kind}("{code}") }}}}', str(block.caption), number


# Parts of an expression sent to a browser, so that it can be shown in words and written again.
PARTS_OF_EXPRESSION = ("call", "argument", "address", "filter", "year", "base", "words", "digits")


def expressions_of(asked: TextPage, text: str) -> Iterator[dict[str, object]]:
    """Each expression of a text being written: as typed, what it prints, its error, its parts."""
    passage = Passage(asked.here.part.code, asked.language, asked.year, text, Mark(asked.file.path))
    maker, locale = PreviewMaker(printer_of(asked, asked.language, asked.year)), asked.page.context.locale
    for piece, printed, kind, problem in maker.expressions(passage):
        words = (asked.page.words_of(problem), translated_problem(problem.hint, locale)) if problem else ("", "")
        yield {
            "source": piece.text,
            "printed": printed,
            "kind": kind,
            "problem": ". ".join(locale.opened(sentence) for sentence in words if sentence),
            **{name: getattr(piece.expression, name, "") for name in PARTS_OF_EXPRESSION},
        }


FOLD_FROM = 3
AGAIN = N_("Review the page.")
NO_FORM: Mapping[str, str] = {}
WRITTEN = WriteOutcome()


def text_page(page: YearPage) -> TextPage:
    """The page at an address. Raises HTTPException for an unknown language or section."""
    language, section = page.request.path_params["language"], page.request.path_params["section"]
    if language not in page.state.dataset.settings.languages:
        raise HTTPException(404)
    states = section_states(page.reading, page.state.country.code, page.state.year, language)
    here = next((state for state in states if state.part.code == section), None)
    if here is None:
        raise HTTPException(404)
    earlier = [str(year) for year in page.state.years if year < page.state.year][-1:]
    choices = (*earlier, *(code for code in page.state.dataset.settings.languages if code != language))
    wanted = page.request.query_params.get("beside", "")
    return TextPage(page, language, states, here, choices, wanted if wanted in choices else next(iter(choices), ""))


@about_year
def show_first(page: YearPage) -> Response:
    languages = page.state.dataset.settings.languages
    own = page.locale.language
    language = page.request.path_params.get("language", own if own in languages else languages[0])
    if language not in languages:
        raise HTTPException(404)
    states = section_states(page.reading, page.state.country.code, page.state.year, language)
    first = min(states, key=lambda state: list(SectionMark).index(state.mark))
    return RedirectResponse(address_of(page, language, first.part.code), SEE_OTHER)


@about_year
def show(page: YearPage) -> Response:
    """A section: its text in the middle, another one next to it."""
    return section_answer(text_page(page))


def section_answer(asked: TextPage, form: Mapping[str, str] = NO_FORM, outcome: WriteOutcome = WRITTEN) -> Response:
    page, here = asked.page, asked.here
    parts, conflict, problem = asked.parts, outcome.conflict, outcome.problem
    own = [confirmation.by for confirmation in asked.page.state.data.still_holds if confirmation.year == asked.year]
    # The page next to the text, if open. Its frame requests it: this neither waits for it nor makes it.
    attempt = None if page.request.cookies.get(BESIDE) == CLOSED else editions_of(page.request).last(asked.wanted)
    return page.answer(
        "texts/texts.html",
        "texts",
        status=CONFLICT if conflict else UNFIT if problem else 200,
        asked=asked,
        is_read=bool(known_language(asked.language).claims),
        parts=tuple(shown_parts(asked, parts)),
        over=tuple(shown_headlines(asked, len(parts))),
        beside=asked.comparison,
        titles={part.passage.name: title for part, title in part_titles(parts) if part.passage},
        plain_hint=partial(plain_hint, asked.page),
        waiting=waiting_names(here),
        why_not=lambda name: why_not(here, name, asked.year, page.desk.today(), asked.page.context),
        picks=tuple(picks(asked.page.context)),
        forms=form_examples(asked.language),
        fold=FOLD_FROM - 1,
        reader=own[-1] if own else page.person,
        made=attempt,
        chapter=chapter_of_section(here.part.code),
        page_address=f"/{page.state.country.code}/{asked.year}/page/{asked.language}#section-{here.part.code}",
        form=form,
        problem=problem,
        conflict=conflict,
        again={**form, "seen": slice_digest(conflict.theirs)} if conflict else {},
    )


@form_about_year
def write_text_form(form: Mapping[str, str], page: YearPage) -> Response:
    if form.get("act") == "expressions":
        return JSONResponse([*expressions_of(text_page(page), form.get("body", ""))])
    if form.get("act") == "picks":
        asked = text_page(page)
        return JSONResponse([*picks(asked.page.context), *references(asked)])
    own = (confirmation.texts for confirmation in page.state.data.still_holds if confirmation.year == page.state.year)
    if form.get("act") == "holds":
        if page.desk.unsure or any(form.get("name") in texts for texts in own):
            # Edits since the last check may make a sentence untrue.
            page.desk.read_now()
        if page.reading is not page.desk.reading:
            return about_year(partial(_write, form))(page.request)
    return _write(form, page)


def _write(form: Mapping[str, str], page: YearPage) -> Response:
    asked, person = text_page(page), page.person
    if not person:
        return ask_person(page.request, form)
    try:
        outcome = write(page.desk, person, _steps(asked, form, person), decides=form.get("act") == "holds")
    except ReporterError as problem:
        outcome = WriteOutcome(problem=problem)
    if outcome.conflict or outcome.problem:
        # With the present files, including others' edits.
        return about_year(lambda now: section_answer(text_page(now), form, outcome))(page.request)
    compared_text, anchor = form.get("beside", ""), form.get("anchor", "")
    query = f"?beside={compared_text}" if compared_text.isalnum() else ""
    target, address = f"#part-{anchor}" if anchor.isdecimal() else "", asked.address
    if form.get("path.next") in {state.part.code for state in asked.states}:
        address = address_of(page, asked.language, form["path.next"])
    is_decided = any(confirmation.year == asked.year for confirmation in page.state.data.still_holds)
    tidy = BackgroundTask(_tidy, person, page.request) if is_decided and form.get("act") != "holds" else None
    return RedirectResponse(f"{address}{query}{target}", SEE_OTHER, background=tidy)


def _steps(asked: TextPage, form: Mapping[str, str], person: str) -> Sequence[Step]:
    """The changes in a form; raises ReporterError if they cannot be written."""
    parts, path = asked.parts, tuple(form.get("path", "").split("/"))
    if path[0] in asked.here.over:
        return _over(asked, place_of(asked.over, path[:1]), form)
    if path[0] != asked.here.part.code:
        path = (asked.here.part.code,)
    part, digest = place_of(parts, path), form.get("seen", "")
    match form.get("act"):
        case "holds":
            return [_confirmation(asked, form.get("name", ""), " ".join(form.get("by", person).split()))]
        case "anew":
            if not part.is_carried(asked.year):
                raise WordedError(N_("This is already written."), AGAIN)
            path, words = rewritten_text(parts, part)
            return [step_of(amendment_of(asked.file, path, words, place_of(parts, path).digest, parts))]
        case "part":
            path, words = new_part(parts, form.get("code", "").strip(), form.get("head", ""), form.get("body", ""))
            if place_of(parts, path).body:
                raise WordedError(N_("Part {code} already exists."), N_("Choose another code."), code=path[-1])
            return [step_of(amendment_of(asked.file, path, words, place_of(parts, path).digest, parts))]
        case "remove":
            return [step_of(amendment_of(asked.file, path, None, digest, parts))]
    words = part.with_words(form.get("head", ""), form.get("body", ""))
    return [step_of(amendment_of(asked.file, path, words, digest, parts))]


def _over(asked: TextPage, part: TextPart, form: Mapping[str, str]) -> Sequence[Step]:
    digest, words = form.get("seen", ""), form.get("head", "")
    if form.get("act") == "remove":
        return [step_of(amendment_of(asked.file, part.path, None, digest, ()))]
    if form.get("act") == "anew":
        digest, words = part.digest, asked.earlier_headline(part.path[0])
    return [step_of(amendment_of(asked.file, part.path, part.with_words(words, part.body), digest, ()))]


def _confirmation(asked: TextPage, name: str, by: str) -> Step:
    """The step that confirms a text in the file of the year, in the entry of the same person and day if there is one.
    Raises ReporterError, with the reason, if it cannot be confirmed."""
    data, sources, year, today = asked.page.state.data, asked.page.reading.sources, asked.year, asked.page.desk.today()
    if name not in waiting_names(asked.here):
        raise WordedError(N_("This text needs no decision."), AGAIN)
    if reason := why_not(asked.here, name, year, today, asked.page.context):
        raise reason
    if NOBODY.fullmatch(by):
        raise WordedError(N_("Enter who read the text: a name or an office."), "")
    day, own = today.isoformat(), [confirmation for confirmation in data.still_holds if confirmation.year == year]
    entry = next((confirmation for confirmation in own if (confirmation.by, confirmation.day) == (by, day)), None)
    new = StillHolds(year=year, texts=(*(entry.texts if entry else ()), name), by=by, day=day, mark=data.years[0].mark)
    if copied := next(filter(new.is_copy_of, data.still_holds), None):
        words = N_(
            "{name} confirmed the same texts for {year} on that day, so this would count as a copy. Decide on "
            "another day."
        )
        raise WordedError(words, "", name=copied.by, year=copied.year)
    file = f"{DATA}/{data.country.code}/{year}.yaml"
    if entry:
        return step_of(Amendment(file, (HOLDS, str(own.index(entry)), "texts", "-"), name, digest=NOTHING))
    value: Value = {"texts": [name], "by": by, "day": day}
    has_some = slice_of(decode(sources[file].content, file), file, (HOLDS,))
    return step_of(Amendment(file, (HOLDS, "-") if has_some else (HOLDS,), value if has_some else [value], NOTHING))


def _tidy(person: str, request: Request) -> None:
    """After the check, remove decisions on words that no longer exist."""
    request.app.state.desk.read_now()
    page = find_year(request)
    if isinstance(page, YearPage):
        for step in no_longer_needed(page.reading, page.state.data, page.state.year, request.path_params["section"]):
            write(page.desk, person, [step_of(step)])
