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
    displayed_value,
    field_path,
    holder_of,
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
    def rows(self) -> tuple[FieldRow, ...]:
        return (self.total, *(row for _, rows, _ in self.breakdowns for row in rows))


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
            value.address: value for value in state.data.observations if value.mark.path == self.file
        }
        own = [item for item in page.yearly_figures if chapter_of_address(item.code, state.data) == chapter]
        groups = [self._group(indicator) for indicator in own]
        self.groups = tuple(group for group in groups if everything or any(row.is_used for row in group.rows))
        self.hidden += len(groups) - len(self.groups)
        self.rows = tuple(row for group in self.groups for row in group.rows)

    def row(self, address: str) -> FieldRow | None:
        return next((row for row in self.rows if row.field.address == address), None)

    def group(self, address: str) -> FigureGroup | None:
        return next((group for group in self.groups if any(row.field.address == address for row in group.rows)), None)

    def _group(self, indicator: Indicator) -> FigureGroup:
        language, breakdowns = self.page.locale.language, list[FieldBreakdown]()
        for axis in self.page.vintage.catalogue.axes(indicator):
            fields = ((FigureField(self.file, indicator.code, axis.code, code.code), code.label) for code in axis.codes)
            rows = [self._row(field, label.text(language)) for field, label in fields]
            visible_rows = tuple(row for row in rows if self.everything or row.is_used)
            self.hidden += len(rows) - len(visible_rows)
            breakdowns.append((axis.label.text(language), visible_rows, self._rest(indicator, axis)))
        # One code of an indicator may be the beginning of another's.
        findings = (
            item for item in self.page.state.findings if indicator.code in (item.figure, item.figure.rpartition(".")[0])
        )
        total = self._row(FigureField(self.file, indicator.code), indicator.label.text(language))
        return FigureGroup(indicator, total, tuple(breakdowns), tuple(findings))

    def _row(self, field: FigureField, title: str) -> FieldRow:
        now, holder = self.now.get(field.address), holder_of(self.figures, field)
        marks = sorted(str(flag) for flag in (now.flags if now else ()))
        if isinstance(holder, Mapping) and NOTE in holder:
            marks.append("n")
        earlier = [self.page.vintage.observation(field.address, year) for year in self.years]
        old = tuple(value if value and value.dimension == field.dimension else None for value in earlier)
        return FieldRow(field, title, old, now, written_value(self.figures, field), tuple(marks))

    def _rest(self, indicator: Indicator, axis: Dimension) -> tuple[Decimal, Decimal] | None:
        """The remainder of the total. None where parts need not add up, any is inexact, or none is known yet."""
        total = self.now.get(indicator.code)
        if axis.subset or total is None or not is_exact(total) or axis.code in total.incomplete:
            return None
        parts = [each for each in self.now.values() if each.indicator == indicator.code and each.dimension == axis.code]
        addends = [part for part in top_parts(parts, axis) if not part.part_of and part.status is not Status.UNANSWERED]
        parts_total = total_of(addends) if addends else None
        return None if parts_total is None or total.value is None else (total.value - parts_total, total.value)


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
                return Conflict(field.file, (*field_path(field), *keys), mine, theirs=now, base=base)
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
    targets = [*[None] * above, *rows, *[None] * len(lines)]
    return tuple(
        _line(catalogue, number, line, row) for number, (line, row) in enumerate(zip(lines, targets, strict=False), 1)
    )


def _is_heading(catalogue: Catalogue, row: FieldRow, text: str) -> bool:
    problem = _line(catalogue, 1, text, row).problem
    return problem is not None and problem.hint != NOTHING and not any(map(str.isdecimal, text))


def _named_lines(page: YearPage, sheet: FigureSheet, first: FieldRow, lines: Sequence[str]) -> Iterator[PastedLine]:
    group, breakdown, done = sheet.group(first.field.address), first.field.dimension, set[str]()
    for number, line in enumerate(lines, 1):
        name, *values = (" ".join(cell.split()) for cell in line.rstrip("\t").split("\t"))
        fitting = [row for row in sheet.rows if name.casefold() in _names(page, row)]
        near = [row for row in fitting if group and row in group.rows]
        rows = [row for row in near if row.field.dimension == breakdown] or near or fitting
        is_doubtful = name.casefold() in REMAINDERS and any(row.field.dimension != breakdown for row in rows)
        at = rows[0].field.address if len(rows) == 1 and not is_doubtful else ""
        group = sheet.group(at) if at and not rows[0].field.code else group
        breakdown = rows[0].field.dimension if at and rows[0].field.code else breakdown
        pasted_line = _line(page.vintage.catalogue, number, values[0] if values else "", rows[0] if rows else first)
        # The first line is the heading of a table.
        is_year = pasted_line.value == str(page.state.year)
        is_head = number == 1 and not rows and (is_year or _is_heading(page.vintage.catalogue, first, pasted_line.text))
        unclear = WHICH if is_doubtful else TWO if rows else NO_ROW
        wrong = MANY if values[1:] else TWICE if at and at in done else "" if at else unclear
        problem = WordedError(wrong, LEFT_OUT, name=name) if pasted_line.text and not is_head else None
        done.add(at if pasted_line.text else "")
        text = line.strip().replace("\t", " · ")
        yield PastedLine(number, text, None, "", problem) if wrong else replace(pasted_line, text=text)


def _names(page: YearPage, row: FieldRow) -> set[str]:
    """The names of a row: as in the sheet, in English, by code."""
    catalogue, field = page.vintage.catalogue, row.field
    axis, indicator = catalogue.dimension(field.dimension), catalogue.indicator(field.indicator)
    part = next((code for code in axis.codes if code.code == field.code), None) if axis else None
    label = part.label if part else indicator.label if indicator else None
    names = (row.title, label.text(ENGLISH) if label else "", field.code, field.address)
    return {" ".join(name.split()).casefold() for name in names if name}


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


def sheet_page(
    page: YearPage, form: Mapping[str, str], outcome: WriteOutcome = WRITTEN, pasted: tuple[PastedLine, ...] = ()
) -> Response:
    """The sheet of a form, with the `outcome` of writing and the lines `pasted`."""
    sheet, locale, state, vintage = asked_sheet(page, form), page.locale, page.state, page.vintage
    languages = state.dataset.settings.languages
    context = Context(page.vintage, locale)
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
    page: YearPage, form: Mapping[str, str], conflict: Conflict, sheet: FigureSheet, row: FieldRow
) -> Mapping[str, object]:
    part, rest = conflict.path[2:4], conflict.path[4:]
    if not (part and part[0].startswith("by ")):
        part, rest = (), conflict.path[2:]
    address = ".".join((conflict.path[1], *part[1:])) if len(conflict.path) > 1 else row.field.address
    at = sheet.row(address) or row
    name = f"was.{'.'.join(rest)}" if "pane" in form else f"seen.{address}" if "column" in form else "seen"
    mine = conflict.mine if isinstance(conflict.mine, str) else ""
    again = {**form, name: conflict.theirs}
    again.pop("person", None)
    return {
        "title": figure_label(at.field.address, page.vintage, page.locale),
        "mine": displayed_value(mine),
        "theirs": displayed_value(conflict.theirs),
        "base": displayed_value(conflict.base),
        "again": again,
    }


TYPED = "value."


@about_year
def first_sheet(page: YearPage) -> Response:
    chapters = page.figure_chapters
    if not chapters:
        raise HTTPException(404)
    is_open = (chapter.code for chapter in page.state.chapters if chapter.open_figures and chapter.code in chapters)
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
        fields = [(line.row.field, line.value, line.row.seen) for line in lines if line.row and line.value]
        return [
            value_step(field, catalogue, value, form.get(f"seen.{field.address}", base))
            for field, value, base in fields
        ]
    if "pane" in form:
        return [*pane_steps(page, row.field, form)]
    return [_typed_step(row.field, catalogue, form.get("value", ""), form.get("seen", ""), row.seen)]


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
    before, fields = year_figures(page.reading.sources, file), dict[str, FigureField]()
    for indicator in page.yearly_figures:
        parts = ((axis.code, code.code) for axis in page.vintage.catalogue.axes(indicator) for code in axis.codes)
        for field in (FigureField(file, indicator.code, *part) for part in ((), *parts)):
            fields[field.address] = field
    steps: dict[FigureField, Step] = {}
    for address in (name.removeprefix(TYPED) for name in form if page.person and name.startswith(TYPED)):
        if address in fields:
            field, earlier_texts = fields[address], form.get(f"seen.{address}", "")
            with suppress(ReporterError):
                now = written_value(before, field)
                steps[field] = _typed_step(field, page.vintage.catalogue, form[f"{TYPED}{address}"], earlier_texts, now)
    outcomes = zip(steps, write_each(page.desk, page.person, list(steps.values())), strict=True)
    after = year_figures(page.desk.reading.sources, file)
    written = {field: written_value(after, field) for field, item in outcomes if not (item.problem or item.conflict)}
    return JSONResponse(
        {each.address: {"seen": value, "shown": displayed_value(value)} for each, value in written.items()}
    )
