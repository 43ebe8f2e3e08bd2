"""The figures of a chapter: show, type, paste."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import dropwhile

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from reporter.data.errors import ReporterError, WordedError
from reporter.data.files.sources import Sources
from reporter.data.i18n import N_
from reporter.data.i18n.territories import country_codes
from reporter.data.outline import CHAPTERS
from reporter.data.read.countries import country_code, country_of
from reporter.data.read.yaml_tree import Keys
from reporter.data.records import Catalogue, Confidentiality, Flag, Indicator, Label, Status, is_hidden, is_withheld
from reporter.data.write.amendment import Amendment, Conflict
from reporter.data.write.applying import Step, WriteOutcome
from reporter.data.write.figure_fields import (
    REMARKS,
    FigureField,
    detail_step,
    displayed_value,
    field_path,
    figure_of_path,
    holder_of,
    typed_figure,
    value_step,
    written_value,
    year_figures,
    year_file,
)
from reporter.data.write.yaml_format import Value
from reporter.exchange.agencies.agency_proposals import UnknownFigureError, field_of, origin_of
from reporter.figures.analysis import arithmetic
from reporter.figures.withhold.primary_suppression import weight_of
from reporter.workbench.agencies.agency_page import answer_words, disputed_figures
from reporter.workbench.figures.sheet import FieldRow, FigureSheet, PastedLine, pasted_lines
from reporter.workbench.findings.listed_findings import finding_name, plain_hint, remedy_buttons
from reporter.workbench.lists.listings import chapter_lists, figure_label
from reporter.workbench.server.amending import write, write_each
from reporter.workbench.server.form_post import CONFLICT, SEE_OTHER, UNFIT, ask_person
from reporter.workbench.server.frame import YearPage, about_year, form_about_year
from reporter.workbench.withheld.withheld_page import Withholding, decision_name

FLAG, NOTE_IN, WAS = "flag.", "note.", "was."
FLAGS, SOURCE, WITHHELD = "flags", "source", "confidentiality"


def said_of(sources: Sources, field: FigureField, languages: Sequence[str]) -> Mapping[str, str]:
    holder = holder_of(year_figures(sources, field.file), field)
    details = holder if isinstance(holder, Mapping) else {}
    note, flags = details.get("note"), details.get(FLAGS)
    words = note if isinstance(note, Mapping) else {}
    text_by_name = {f"{NOTE_IN}{language}": _text(words.get(language)) for language in languages}
    text_by_name[FLAGS] = " ".join(_text(flag) for flag in flags) if isinstance(flags, list) else _text(flags)
    text_by_name[WITHHELD] = _text(details.get(WITHHELD)) or str(Confidentiality.FREE)
    return text_by_name if field.code else text_by_name | {SOURCE: _text(details.get(SOURCE))}


def pane_steps(page: YearPage, field: FigureField, form: Mapping[str, str]) -> Iterator[Step]:
    languages, catalogue = page.state.dataset.settings.languages, page.vintage.catalogue

    def remark(name: str, mine: str, base: str) -> Step:
        keys: Keys = tuple(name.split(".", 1))
        value: Value | None = mine.split() if name == FLAGS else mine

        def step(sources: Sources) -> Amendment | Conflict | None:
            now = said_of(sources, field, languages)[name]
            if now == mine:
                return None
            if now != base:
                path = field_path(field, year_figures(sources, field.file))
                return Conflict(field.file, (*path, *keys), mine, theirs=now, base=base)
            is_free = name == WITHHELD and mine == Confidentiality.FREE
            return detail_step(field, catalogue, keys, None if is_free else value or None)(sources)

        return step

    for name in said_of(page.reading.sources, field, languages):
        base_text = form.get(f"{WAS}{name}")
        mine = " ".join(form.get(name, "").split())
        if name == FLAGS:
            mine = " ".join(str(flag) for flag in Flag if f"{FLAG}{flag}" in form)
        if base_text is not None and mine != base_text and (name == FLAGS or name in form):
            yield remark(name, mine, base_text)


def _text(data: object) -> str:
    return " ".join(data.split()) if isinstance(data, str) else ""


NO_FORM: Mapping[str, str] = {}
WRITTEN = WriteOutcome()


def asked_sheet(page: YearPage, form: Mapping[str, str]) -> FigureSheet:
    """The sheet asked for; other chapters have no page."""
    chapter = page.request.path_params["chapter"]
    if chapter not in page.figure_chapters:
        raise HTTPException(404)
    return FigureSheet(page, chapter, everything=form.get("all") == "1", at=form.get("figure") or form.get("at") or "")


def sheet_address(
    page: YearPage, chapter: str, form: Mapping[str, str] = NO_FORM, *, at: str = "", place: str = ""
) -> str:
    whole = "all=1" if form.get("all") == "1" else ""
    query = "&".join(filter(None, (whole, f"at={at}" if at else "")))
    here = f"{page.base}/figures/{chapter}"
    anchor = f"#{place or f'f-{at}'}" if at else ""
    return f"{here}?{query}{anchor}" if query else here


def sheet_page(
    page: YearPage, form: Mapping[str, str], outcome: WriteOutcome = WRITTEN, pasted: tuple[PastedLine, ...] = ()
) -> Response:
    """The sheet of a form, with the `outcome` of writing and the lines `pasted`."""
    sheet, locale, state, vintage = asked_sheet(page, form), page.locale, page.state, page.vintage
    languages = state.dataset.settings.languages
    # The row named in the form, else the first open one, else the first.
    first = next((row for row in sheet.rows if row.state == "open"), next(iter(sheet.rows), None))
    row = sheet.row(form.get("figure") or form.get("at") or "") or first
    group = sheet.group(row.field.address) if row else None
    at = row.field.address if row else ""
    return page.answer(
        "figures/figures.html",
        "figures",
        status=CONFLICT if outcome.conflict else UNFIT if outcome.problem else 200,
        titles={chapter.code: chapter.title for chapter in CHAPTERS},
        sheet=sheet,
        chapters=page.figure_chapters,
        open_figures={chapter.code: chapter.open_figures for chapter in state.chapters},
        address_of=lambda chapter, form=NO_FORM: sheet_address(page, chapter, form),
        group=group,
        row=row,
        label=lambda address: figure_label(address, page.vintage, locale),
        remarks=said_of(page.reading.sources, row.field, languages) if row else {},
        definition=_definition(sheet, group.indicator).text(locale.language) if group else "",
        withholding=Withholding(page.vintage, state.data.protections, locale),
        change_of=lambda field: arithmetic.change(vintage.series(field.indicator, field.code), state.year).difference,
        small={count.values[0].address for count in state.small if count.year == state.year},
        form=form,
        everything=form.get("all") == "1",
        outcome=outcome,
        pasted_lines=pasted,
        at=at,
        answers=[waiting for agency in state.agencies for waiting in agency.waiting],
        disputed=disputed_figures(page, at) if at else (),
        origin=origin_of(page.reading.sources, page.vintage.catalogue, state.country.code, state.year, at).came,
        base=lambda at, place="": sheet_address(page, sheet.chapter, form, at=at, place=place),
        lists=chapter_lists(sheet.chapter, state.country.code, state.year),
        is_withheld=is_withheld,
        is_hidden=is_hidden,
        cost=lambda observation: weight_of(observation, vintage),
        decision_name=decision_name,
        plain_hint=lambda finding: plain_hint(page, finding),
        remedy_buttons=lambda finding: remedy_buttons(page.reading, finding),
        finding_name=finding_name,
        countries=[*map(locale.country, locale.ordered(country_codes() - {state.country.code}))],
        contradiction=_contradiction(page, form, outcome.conflict, sheet, row) if row and outcome.conflict else None,
        **answer_words(page),
    )


def _definition(sheet: FigureSheet, indicator: Indicator) -> Label:
    """The definition that the file of the year names, else the usual one."""
    own = sheet.figures.get(indicator.code)
    named = str(own.get("definition", "")) if isinstance(own, Mapping) else ""
    return dict(indicator.definitions).get(named, indicator.definition)


def _contradiction(
    page: YearPage, form: Mapping[str, str], conflict: Conflict, sheet: FigureSheet, row: FieldRow
) -> Mapping[str, object]:
    rest = [*dropwhile(lambda key: key not in REMARKS, conflict.path)]
    with suppress(UnknownFigureError):
        field = field_of(page.vintage.catalogue, conflict.file, figure_of_path(conflict.path))
        row = (field and sheet.row(field.address)) or row
    address = row.field.address
    name = f"was.{'.'.join(rest)}" if "pane" in form else f"seen.{address}" if "column" in form else "seen"
    mine = conflict.mine if isinstance(conflict.mine, str) else ""
    again = {**form, name: conflict.theirs}
    again.pop("person", None)
    return {
        "title": figure_label(address, page.vintage, page.locale),
        "mine": displayed_value(mine),
        "theirs": displayed_value(conflict.theirs),
        "base": displayed_value(conflict.base),
        "again": again,
    }


TYPED = "value."
SAME, OTHERS = N_("A breakdown cannot be crossed with itself"), N_("Choose different breakdowns.")
NO_COUNTRY, NAME_COUNTRY = N_("{name} is not known as the name of a country"), N_("Choose a name from the list.")
HOME, OWN_ROW = N_("{country} is the country of this report"), N_("It has a row of its own, without a name.")


@about_year
def first_sheet(page: YearPage) -> Response:
    chapters = page.figure_chapters
    if not chapters:
        raise HTTPException(404)
    is_open = (chapter.code for chapter in page.state.chapters if chapter.open_figures and chapter.code in chapters)
    return RedirectResponse(sheet_address(page, next(is_open, chapters[0])), SEE_OTHER)


@about_year
def show(page: YearPage) -> Response:
    form = page.request.query_params
    if "by" not in form:
        return sheet_page(page, form)
    try:
        at = _new_part(page, form)
    except WordedError as problem:
        return sheet_page(page, form, WriteOutcome(problem=problem))
    return RedirectResponse(sheet_address(page, page.request.path_params["chapter"], form, at=at), SEE_OTHER)


def _new_part(page: YearPage, form: QueryParams) -> str:
    """The address of the first cell of the cross asked for, or of the country; raises WordedError for another."""
    catalogue, home, names = page.vintage.catalogue, page.state.country.code, [*filter(None, form.getlist("by"))]
    indicator, _, _ = catalogue.split(form.get("figure", ""))
    axis = catalogue.dimension(catalogue.cross(indicator, names)) if indicator else None
    if indicator is None or (axis is None and len({*names}) == len(names)):
        raise HTTPException(404)
    if axis is None:
        raise WordedError(SAME, OTHERS)
    if "country" not in form:
        return f"{indicator.code}.{axis.codes[0].code}"
    words = form["country"]
    country, _ = country_of(words)
    if not country or not axis.countries:
        raise WordedError(NO_COUNTRY, NAME_COUNTRY, name=words)
    if country == home:
        raise WordedError(HOME, OWN_ROW, country=page.locale.country(home))
    return f"{indicator.code}.{country_code(axis, country)}"


@form_about_year
def change(form: Mapping[str, str], page: YearPage) -> Response:
    if "typed" in form:
        return _write_typed(form, page)
    sheet, person = asked_sheet(page, form), page.person
    row = sheet.row(form.get("figure", ""))
    if row is None:
        raise HTTPException(404)
    if "column" in form and "write" not in form:
        return sheet_page(page, form, pasted=pasted_lines(page, sheet, row, form["column"]))
    if not person:
        return ask_person(page.request, form)
    try:
        steps = _steps(page, sheet, row, form)
    except ReporterError as problem:
        return sheet_page(page, form, WriteOutcome(problem=problem))
    outcome = write(page.desk, person, steps)
    again = pasted_lines(page, sheet, row, form["column"]) if "column" in form and outcome.problem else ()
    if outcome.conflict or outcome.problem:
        # With the present files, including others' edits.
        return about_year(lambda now: sheet_page(now, form, outcome, again))(page.request)
    return RedirectResponse(sheet_address(page, sheet.chapter, form, at=row.field.address), SEE_OTHER)


def _steps(page: YearPage, sheet: FigureSheet, row: FieldRow, form: Mapping[str, str]) -> list[Step]:
    """The changes in a form; raises ReporterError for an invalid value."""
    catalogue = page.vintage.catalogue
    if "column" in form:
        lines = pasted_lines(page, sheet, row, form["column"])
        rows = [(line.row.field, line.value, line.row.text) for line in lines if line.row and line.value]
        return [value_step(at, catalogue, value, form.get(f"seen.{at.address}", base)) for at, value, base in rows]
    if "pane" in form:
        return [*pane_steps(page, row.field, form)]
    return [_typed_step(row.field, catalogue, form.get("value", ""), form.get("seen", ""), row.text)]


def _typed_step(field: FigureField, catalogue: Catalogue, typed: str, earlier_texts: str, now: str) -> Step:
    """Write the text typed in a field. `earlier_texts` are, line by line, the text shown and what the same person sent
    before, whose arrival is not always confirmed. Raises ReporterError for an invalid value."""
    first, *own = earlier_texts.split("\n")
    known_values = {first}
    for text in own:
        with suppress(ReporterError):
            known_values.add(_value(text, first, field, catalogue))
    return value_step(field, catalogue, _value(typed, first, field, catalogue), now if now in known_values else first)


def _value(typed: str, base: str, field: FigureField, catalogue: Catalogue) -> str:
    # An open field shows an ellipsis that the user did not type.
    empty = base if base == str(Status.UNANSWERED) else ""
    return typed_figure(typed, field, catalogue) if typed.strip() else empty


def _write_typed(form: Mapping[str, str], page: YearPage) -> Response:
    """Write the text typed in several fields, and return the new content of each. Invalid values and conflicts are left
    to the form of the field. The files are checked afterwards."""
    file = year_file(page.state.country.code, page.state.year)
    before, own = year_figures(page.reading.sources, file), {indicator.code for indicator in page.yearly_figures}
    steps: dict[FigureField, Step] = {}
    for address in (name.removeprefix(TYPED) for name in form if page.person and name.startswith(TYPED)):
        with suppress(ReporterError):
            field = field_of(page.vintage.catalogue, file, address)
            if field and field.indicator in own:
                now, earlier_texts = written_value(before, field), form.get(f"seen.{address}", "")
                steps[field] = _typed_step(field, page.vintage.catalogue, form[f"{TYPED}{address}"], earlier_texts, now)
    outcomes = zip(steps, write_each(page.desk, page.person, list(steps.values())), strict=True)
    after = year_figures(page.desk.reading.sources, file)
    texts = {at.address: written_value(after, at) for at, item in outcomes if not (item.problem or item.conflict)}
    return JSONResponse({at: {"seen": text, "shown": displayed_value(text)} for at, text in texts.items()})
