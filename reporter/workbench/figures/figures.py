"""The figures of a chapter: show, type, paste."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from reporter.data.errors import Finding, ReporterError, WordedError
from reporter.data.files.sources import Sources
from reporter.data.i18n import N_
from reporter.data.outline import CHAPTERS
from reporter.data.read.amount import NOTHING
from reporter.data.read.yaml_tree import Keys
from reporter.data.records import (
    Catalogue,
    Confidentiality,
    Dimension,
    Flag,
    Indicator,
    Label,
    Observation,
    Status,
    is_hidden,
    is_withheld,
)
from reporter.data.records.label import ENGLISH
from reporter.data.write.amendment import Amendment, Conflict
from reporter.data.write.applying import Step, WriteOutcome
from reporter.data.write.figure_fields import (
    NOTE,
    FigureField,
    Plain,
    detail_step,
    field_path,
    holder_of,
    shown_value,
    typed_figure,
    value_step,
    written_value,
    year_figures,
    year_file,
)
from reporter.data.write.yaml_format import Value
from reporter.exchange.agencies.agency_proposals import origin_of
from reporter.figures.analysis import arithmetic
from reporter.figures.analysis.arithmetic import is_exact, top_parts, total_of
from reporter.figures.withhold.primary_suppression import weight_of
from reporter.report.context import Context
from reporter.report.sections.quality import words_of
from reporter.workbench.agencies.agency_page import answer_words, disputed_figures
from reporter.workbench.findings.listed_findings import finding_name, plain_hint, remedy_buttons
from reporter.workbench.lists.listings import chapter_lists, figure_label
from reporter.workbench.server.amending import write, write_each
from reporter.workbench.server.form_post import CONFLICT, SEE_OTHER, UNFIT, ask_person
from reporter.workbench.server.frame import YearPage, about_year, form_about_year
from reporter.workbench.withheld.withheld_page import Withholding, decision_name
from reporter.workbench.year.year_state import chapter_of_address

YEARS = 4


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A row of the sheet: a figure or part and its field. `old` are the values of earlier years (None for none), `seen`
    is the text in the file and `now` its meaning; `marks` belong to this year's value."""

    field: FigureField
    title: str
    old: tuple[Observation | None, ...]
    now: Observation | None
    seen: str
    marks: tuple[str, ...]

    @property
    def state(self) -> str:
        return "open" if self.seen == str(Status.UNANSWERED) else "answered" if self.seen else "absent"

    @property
    def name(self) -> str:
        return f"f-{self.field.address}"

    @property
    def is_used(self) -> bool:
        return bool(self.seen) or any(self.old)


# A breakdown of a figure: title, rows, and what they leave of the total, with the total; None where that is unknown.
FieldBreakdown = tuple[str, tuple[FieldRow, ...], tuple[Decimal, Decimal] | None]


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """A figure with its parts and findings."""

    indicator: Indicator
    total: FieldRow
    breakdowns: tuple[FieldBreakdown, ...]
    findings: tuple[Finding, ...]

    @property
    def rows(self) -> Iterator[FieldRow]:
        yield self.total
        for _, rows, _ in self.breakdowns:
            yield from rows


class FigureSheet:
    """The sheet of a chapter; `everything`: all figures. `hidden` counts figures and parts that no year has."""

    def __init__(self, page: YearPage, chapter: str, *, everything: bool) -> None:
        self.page, self.chapter, self.everything, self.hidden = page, chapter, everything, 0
        state = page.state
        self.file = year_file(state.country.code, state.year)
        self.figures: Plain = year_figures(page.reading.sources, self.file) or {}
        first = state.data.years[0].year if state.data.years else state.year
        self.years = tuple(range(max(first, state.year - YEARS), state.year))
        self.now: Mapping[str, Observation] = {
            each.address: each for each in state.data.observations if each.mark.path == self.file
        }
        own = [each for each in page.yearly_figures if chapter_of_address(each.code, state.data) == chapter]
        groups = [self._group(each) for each in own]
        self.groups = tuple(each for each in groups if everything or any(row.is_used for row in each.rows))
        self.hidden += len(groups) - len(self.groups)
        self.rows = tuple(row for group in self.groups for row in group.rows)

    def row(self, address: str) -> FieldRow | None:
        return next((each for each in self.rows if each.field.address == address), None)

    def group(self, address: str) -> FigureGroup | None:
        return next((each for each in self.groups if any(row.field.address == address for row in each.rows)), None)

    def _group(self, indicator: Indicator) -> FigureGroup:
        language, breakdowns = self.page.locale.language, list[FieldBreakdown]()
        for axis in self.page.vintage.catalogue.axes(indicator):
            fields = ((FigureField(self.file, indicator.code, axis.code, each.code), each.label) for each in axis.codes)
            rows = [self._row(field, label.text(language)) for field, label in fields]
            shown = tuple(each for each in rows if self.everything or each.is_used)
            self.hidden += len(rows) - len(shown)
            breakdowns.append((axis.label.text(language), shown, self._rest(indicator, axis)))
        # One code of an indicator may be the beginning of another's.
        findings = (
            each for each in self.page.state.findings if indicator.code in (each.figure, each.figure.rpartition(".")[0])
        )
        total = self._row(FigureField(self.file, indicator.code), indicator.label.text(language))
        return FigureGroup(indicator, total, tuple(breakdowns), tuple(findings))

    def _row(self, field: FigureField, title: str) -> FieldRow:
        now, holder = self.now.get(field.address), holder_of(self.figures, field)
        marks = sorted(str(each) for each in (now.flags if now else ()))
        if isinstance(holder, Mapping) and NOTE in holder:
            marks.append("n")
        earlier = [self.page.vintage.observation(field.address, year) for year in self.years]
        old = tuple(each if each and each.dimension == field.dimension else None for each in earlier)
        return FieldRow(field, title, old, now, written_value(self.figures, field), tuple(marks))

    def _rest(self, indicator: Indicator, axis: Dimension) -> tuple[Decimal, Decimal] | None:
        """The remainder of the total. None where parts need not add up, any is inexact, or none is known yet."""
        total = self.now.get(indicator.code)
        if axis.subset or total is None or not is_exact(total) or axis.code in total.incomplete:
            return None
        parts = [each for each in self.now.values() if each.indicator == indicator.code and each.dimension == axis.code]
        given = [each for each in top_parts(parts, axis) if not each.part_of and each.status is not Status.UNANSWERED]
        made = total_of(given) if given else None
        if made is None or total.value is None:
            return None
        return total.value - made, total.value


FLAG, NOTE_IN, WAS = "flag.", "note.", "was."
NO_ROW, TWO = N_("No row of the sheet is named {name}"), N_("Several rows are named {name}")
TWICE, MANY = N_("{name} is in an earlier line, too"), N_("There are several values for {name}")
LEFT_OUT = N_("This line is not written: type its value into the field.")
WHICH = N_("{name} may belong to another breakdown than the lines above it")
# Meaningful only with the other codes of their breakdown.
REMAINDERS = {"other", "unknown"}
FLAGS, SOURCE, WITHHELD = "flags", "source", "confidentiality"


def said_of(sources: Sources, field: FigureField, languages: Sequence[str]) -> Mapping[str, str]:
    holder = holder_of(year_figures(sources, field.file), field)
    known = holder if isinstance(holder, Mapping) else {}
    note, flags = known.get("note"), known.get(FLAGS)
    words = note if isinstance(note, Mapping) else {}
    said = {f"{NOTE_IN}{each}": _text(words.get(each)) for each in languages}
    said[FLAGS] = " ".join(_text(each) for each in flags) if isinstance(flags, list) else _text(flags)
    said[WITHHELD] = _text(known.get(WITHHELD)) or str(Confidentiality.FREE)
    return said if field.code else said | {SOURCE: _text(known.get(SOURCE))}


def pane_steps(page: YearPage, field: FigureField, form: Mapping[str, str]) -> Iterator[Step]:
    languages, catalogue = page.state.dataset.settings.languages, page.vintage.catalogue

    def remark(name: str, mine: str, seen: str) -> Step:
        keys: Keys = tuple(name.split(".", 1))
        value: Value | None = mine.split() if name == FLAGS else mine

        def step(sources: Sources) -> Amendment | Conflict | None:
            now = said_of(sources, field, languages)[name]
            if now == mine:
                return None
            if now != seen:
                return Conflict(field.file, (*field_path(field), *keys), mine, theirs=now, base=seen)
            is_free = name == WITHHELD and mine == Confidentiality.FREE
            return detail_step(field, catalogue, keys, None if is_free else value or None)(sources)

        return step

    for name in said_of(page.reading.sources, field, languages):
        seen = form.get(f"{WAS}{name}")
        mine = " ".join(form.get(name, "").split())
        if name == FLAGS:
            mine = " ".join(str(each) for each in Flag if f"{FLAG}{each}" in form)
        if seen is not None and mine != seen and (name == FLAGS or name in form):
            yield remark(name, mine, seen)


def _text(data: object) -> str:
    return " ".join(data.split()) if isinstance(data, str) else ""


@dataclass(frozen=True, slots=True)
class PastedLine:
    """A line of a pasted column: its row and value. `value` is empty where it is not written, for the reason in
    `problem`; `row` is None below the last field."""

    number: int
    text: str
    row: FieldRow | None
    value: str = ""
    problem: ReporterError | None = None


def pasted_lines(page: YearPage, sheet: FigureSheet, first: FieldRow, text: str) -> tuple[PastedLine, ...]:
    """Match a pasted column with the fields from one row down. The first of two columns has names of rows: of the
    figure pasted into, or of one named in a line. Empty lines and a heading leave their fields unchanged."""
    # Spreadsheets end the last line too.
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    if "\t" in text:
        return tuple(_named_lines(page, sheet, first, lines))
    catalogue, rows = page.vintage.catalogue, sheet.rows[sheet.rows.index(first) :]
    above = int(len(lines) > 1 and any(map(str.isalpha, lines[0])) and _is_heading(catalogue, first, lines[0]))
    beside = [*[None] * above, *rows, *[None] * len(lines)]
    return tuple(
        _line(catalogue, number, each, row) for number, (each, row) in enumerate(zip(lines, beside, strict=False), 1)
    )


def _is_heading(catalogue: Catalogue, row: FieldRow, text: str) -> bool:
    problem = _line(catalogue, 1, text, row).problem
    return problem is not None and problem.hint != NOTHING and not any(map(str.isdecimal, text))


def _named_lines(page: YearPage, sheet: FigureSheet, first: FieldRow, lines: Sequence[str]) -> Iterator[PastedLine]:
    group, breakdown, taken = sheet.group(first.field.address), first.field.dimension, set[str]()
    for number, line in enumerate(lines, 1):
        name, *values = (" ".join(each.split()) for each in line.rstrip("\t").split("\t"))
        fitting = [each for each in sheet.rows if name.casefold() in _names(page, each)]
        near = [each for each in fitting if group and each in group.rows]
        found = [each for each in near if each.field.dimension == breakdown] or near or fitting
        is_doubtful = name.casefold() in REMAINDERS and any(each.field.dimension != breakdown for each in found)
        at = found[0].field.address if len(found) == 1 and not is_doubtful else ""
        group = sheet.group(at) if at and not found[0].field.code else group
        breakdown = found[0].field.dimension if at and found[0].field.code else breakdown
        made = _line(page.vintage.catalogue, number, values[0] if values else "", found[0] if found else first)
        # The first line is the heading of a table.
        is_year = made.value == str(page.state.year)
        is_head = number == 1 and not found and (is_year or _is_heading(page.vintage.catalogue, first, made.text))
        unclear = WHICH if is_doubtful else TWO if found else NO_ROW
        wrong = MANY if values[1:] else TWICE if at and at in taken else "" if at else unclear
        problem = WordedError(wrong, LEFT_OUT, name=name) if made.text and not is_head else None
        taken.add(at if made.text else "")
        text = line.strip().replace("\t", " · ")
        yield PastedLine(number, text, None, "", problem) if wrong else replace(made, text=text)


def _names(page: YearPage, row: FieldRow) -> set[str]:
    """The names of a row: as in the sheet, in English, by code."""
    catalogue, field = page.vintage.catalogue, row.field
    axis, indicator = catalogue.dimension(field.dimension), catalogue.indicator(field.indicator)
    part = next((each for each in axis.codes if each.code == field.code), None) if axis else None
    label = part.label if part else indicator.label if indicator else None
    names = (row.title, label.text(ENGLISH) if label else "", field.code, field.address)
    return {" ".join(each.split()).casefold() for each in names if each}


def _line(catalogue: Catalogue, number: int, text: str, row: FieldRow | None) -> PastedLine:
    if not text.strip() or row is None:
        return PastedLine(number, text.strip(), row)
    try:
        return PastedLine(number, text.strip(), row, typed_figure(text, row.field, catalogue))
    except ReporterError as problem:
        return PastedLine(number, text.strip(), row, problem=problem)


NO_FORM: Mapping[str, str] = {}
WRITTEN = WriteOutcome()


def asked_sheet(page: YearPage, form: Mapping[str, str]) -> FigureSheet:
    """The sheet asked for; other chapters have no page."""
    chapter = page.request.path_params["chapter"]
    if chapter not in page.figure_chapters:
        raise HTTPException(404)
    return FigureSheet(page, chapter, everything=form.get("all") == "1")


def sheet_address(
    page: YearPage, chapter: str, form: Mapping[str, str] = NO_FORM, *, at: str = "", place: str = ""
) -> str:
    whole = "all=1" if form.get("all") == "1" else ""
    query = "&".join(filter(None, (whole, f"at={at}" if at else "")))
    here = f"{page.base}/figures/{chapter}"
    anchor = f"#{place or f'f-{at}'}" if at else ""
    return f"{here}?{query}{anchor}" if query else here


def _chosen_row(sheet: FigureSheet, form: Mapping[str, str]) -> FieldRow | None:
    """The row named in a form, else the first open one, else the first."""
    return (
        sheet.row(form.get("figure") or form.get("at") or "")
        or next((each for each in sheet.rows if each.state == "open"), None)
        or next(iter(sheet.rows), None)
    )


def sheet_page(
    page: YearPage, form: Mapping[str, str], outcome: WriteOutcome = WRITTEN, pasted: tuple[PastedLine, ...] = ()
) -> Response:
    """The sheet of a form, with the `outcome` of writing and the lines `pasted`."""
    sheet, locale, state, known = asked_sheet(page, form), page.locale, page.state, page.vintage
    languages = state.dataset.settings.languages
    context = Context(page.vintage, locale)
    row = _chosen_row(sheet, form)
    group = sheet.group(row.field.address) if row else None
    at = row.field.address if row else ""
    return page.answer(
        "figures/figures.html",
        "figures",
        status=CONFLICT if outcome.conflict else UNFIT if outcome.problem else 200,
        titles={each.code: each.title for each in CHAPTERS},
        sheet=sheet,
        chapters=page.figure_chapters,
        open_figures={each.code: each.open_figures for each in state.chapters},
        address_of=lambda chapter, form=NO_FORM: sheet_address(page, chapter, form),
        group=group,
        row=row,
        label=lambda address: figure_label(address, page.vintage, locale),
        remarks=said_of(page.reading.sources, row.field, languages) if row else {},
        definition=_definition(sheet, group.indicator).text(locale.language) if group else "",
        withholding=Withholding(page.vintage, state.data.protections, locale),
        change_of=lambda field: arithmetic.change(known.series(field.indicator, field.code), state.year).difference,
        small={each.values[0].address for each in state.small if each.year == state.year},
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
        cost=lambda seen: weight_of(seen, known),
        decision_name=decision_name,
        words_of=lambda finding: words_of(finding, context),
        plain_hint=lambda finding: plain_hint(page, finding),
        remedy_buttons=lambda finding: remedy_buttons(page.reading, finding),
        finding_name=finding_name,
        contradiction=_contradiction(page, form, outcome.conflict, sheet, row) if row and outcome.conflict else None,
        **answer_words(page),
    )


def _definition(sheet: FigureSheet, indicator: Indicator) -> Label:
    """The definition that the file of the year names, else the usual one."""
    own = sheet.figures.get(indicator.code)
    named = str(own.get("definition", "")) if isinstance(own, Mapping) else ""
    return dict(indicator.definitions).get(named, indicator.definition)


def _contradiction(
    page: YearPage, form: Mapping[str, str], found: Conflict, sheet: FigureSheet, row: FieldRow
) -> Mapping[str, object]:
    part, rest = found.path[2:4], found.path[4:]
    if not (part and part[0].startswith("by ")):
        part, rest = (), found.path[2:]
    address = ".".join((found.path[1], *part[1:])) if len(found.path) > 1 else row.field.address
    at = sheet.row(address) or row
    name = f"was.{'.'.join(rest)}" if "pane" in form else f"seen.{address}" if "column" in form else "seen"
    mine = found.mine if isinstance(found.mine, str) else ""
    again = {**form, name: found.theirs}
    again.pop("person", None)
    return {
        "title": figure_label(at.field.address, page.vintage, page.locale),
        "mine": shown_value(mine),
        "theirs": shown_value(found.theirs),
        "base": shown_value(found.base),
        "again": again,
    }


TYPED = "value."


@about_year
def first_sheet(page: YearPage) -> Response:
    chapters = page.figure_chapters
    if not chapters:
        raise HTTPException(404)
    is_open = (each.code for each in page.state.chapters if each.open_figures and each.code in chapters)
    return RedirectResponse(sheet_address(page, next(is_open, chapters[0])), SEE_OTHER)


@about_year
def show(page: YearPage) -> Response:
    return sheet_page(page, page.request.query_params)


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
        fields = [(each.row.field, each.value, each.row.seen) for each in lines if each.row and each.value]
        return [
            value_step(field, catalogue, value, form.get(f"seen.{field.address}", seen))
            for field, value, seen in fields
        ]
    if "pane" in form:
        return [*pane_steps(page, row.field, form)]
    return [_typed_step(row.field, catalogue, form.get("value", ""), form.get("seen", ""), row.seen)]


def _typed_step(field: FigureField, catalogue: Catalogue, typed: str, seen: str, now: str) -> Step:
    """Write the text typed in a field. `seen` are, line by line, the text shown and what the same person sent before,
    whose arrival is not always confirmed. Raises ReporterError for an invalid value."""
    first, *own = seen.split("\n")
    known = {first}
    for each in own:
        with suppress(ReporterError):
            known.add(_value(each, first, field, catalogue))
    return value_step(field, catalogue, _value(typed, first, field, catalogue), now if now in known else first)


def _value(typed: str, seen: str, field: FigureField, catalogue: Catalogue) -> str:
    # An open field shows an ellipsis that the user did not type.
    empty = seen if seen == str(Status.UNANSWERED) else ""
    return typed_figure(typed, field, catalogue) if typed.strip() else empty


def _write_typed(form: Mapping[str, str], page: YearPage) -> Response:
    """Write the text typed in several fields, and return the new content of each. Invalid values and conflicts are left
    to the form of the field. The files are checked afterwards."""
    file = year_file(page.state.country.code, page.state.year)
    before, fields = year_figures(page.reading.sources, file), dict[str, FigureField]()
    for indicator in page.yearly_figures:
        parts = ((axis.code, each.code) for axis in page.vintage.catalogue.axes(indicator) for each in axis.codes)
        for field in (FigureField(file, indicator.code, *part) for part in ((), *parts)):
            fields[field.address] = field
    steps: dict[FigureField, Step] = {}
    for address in (name.removeprefix(TYPED) for name in form if page.person and name.startswith(TYPED)):
        if address in fields:
            field, seen = fields[address], form.get(f"seen.{address}", "")
            with suppress(ReporterError):
                now = written_value(before, field)
                steps[field] = _typed_step(field, page.vintage.catalogue, form[f"{TYPED}{address}"], seen, now)
    outcomes = zip(steps, write_each(page.desk, page.person, list(steps.values())), strict=True)
    after = year_figures(page.desk.reading.sources, file)
    written = {field: written_value(after, field) for field, each in outcomes if not (each.problem or each.conflict)}
    return JSONResponse({each.address: {"seen": value, "shown": shown_value(value)} for each, value in written.items()})
