"""Import a workbook: read it, check it, record its answers."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from io import BytesIO
from itertools import product
from typing import Any
from warnings import catch_warnings
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reporter.data.errors import Mark, ReporterError, Severity, UsageError, one_line
from reporter.data.files.processes import run_limited
from reporter.data.files.received import forms_folder
from reporter.data.files.sources import Sources, checksum, known_countries
from reporter.data.files.workspace import Workspace
from reporter.data.files.writing import write_together
from reporter.data.i18n import Locale
from reporter.data.i18n.locale import offered_words, understood_words
from reporter.data.i18n.words import N_
from reporter.data.read.countries import country_of
from reporter.data.read.dataset import load_dataset
from reporter.data.read.received import place_of, read_asked, read_received, received_text
from reporter.data.records import Dataset, Received, ReceivedAnswer, is_withheld, vintage
from reporter.data.records.catalogue import COUNTRY
from reporter.data.records.message import Told, tell
from reporter.data.write.amendment import Conflict
from reporter.data.write.applying import laid_over
from reporter.data.write.figure_fields import UNANSWERED, typed_value
from reporter.editions.checked import load_checked
from reporter.editions.resources import locale_of
from reporter.exchange.agencies.agency_proposals import (
    AgencyAnswer,
    CellProblem,
    Proposal,
    Reception,
    accepting_steps,
    proposals,
    value_in_year,
)
from reporter.exchange.agencies.asking import LACKING, agency_mail, questionnaire_of
from reporter.exchange.agencies.safe_office import refuse_unsafe
from reporter.report.context import Context
from reporter.report.document.questionnaire import (
    ANSWER,
    CODE,
    GRID_ANSWER,
    IDENTITY,
    KNOWN,
    LIST,
    REMARK,
    SOURCE,
    WORDS,
    AskedLine,
    Questionnaire,
)
from reporter.report.sections.quality import words_of

ROLES = (CODE, WORDS, ANSWER, REMARK, SOURCE)
# Begins the code of a line in which the agency names a country.
OPEN_ROW = ".?"
# The row of column roles is among the first; a form with more rows added above it has no table.
ROLE_ROWS = 200


@dataclass(frozen=True, slots=True)
class CellPlace:
    """The place of a cell: `Victims!C7`."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        return f"{self.sheet}!{get_column_letter(self.column)}{self.row}"


@dataclass(frozen=True)
class FormSheet:
    """A sheet as received: its filled cells."""

    sheet: Worksheet
    values: Mapping[tuple[int, int], object]

    @cached_property
    def roles(self) -> tuple[int, Mapping[str, tuple[int, ...]]]:
        """The row that names the roles of columns, and the columns of each role; a copied column appears twice."""
        roles_by_row: dict[int, dict[str, tuple[int, ...]]] = {}
        for (row, column), value in sorted(self.values.items(), key=lambda item: item[0]):
            role = ANSWER if GRID_ANSWER.fullmatch(str(value)) else str(value)
            if row <= ROLE_ROWS and role in ROLES:
                columns = roles_by_row.setdefault(row, {})
                columns[role] = (*columns.get(role, ()), column)
        return next(((row, roles) for row, roles in roles_by_row.items() if ANSWER in roles), (0, {}))

    @cached_property
    def codes(self) -> Mapping[int, frozenset[str]]:
        first, columns = self.roles
        wanted = columns.get(CODE, ())
        codes_by_row: dict[int, set[str]] = {}
        for (row, column), value in self.values.items():
            if column in wanted and row > first and isinstance(value, str) and value.strip():
                codes_by_row.setdefault(row, set()).add(value)
        return {row: frozenset(codes) for row, codes in codes_by_row.items()}

    def head_of(self, column: int) -> tuple[str, str]:
        """What the cells of a column of a grid add to the codes of their rows, and its head; empty for a plain one."""
        match = GRID_ANSWER.fullmatch(str(self.values.get((self.roles[0], column))))
        return (f".{match['code']}", plain_line(match["label"])) if match else ("", "")

    def column_of(self, role: str) -> int | None:
        columns = self.roles[1].get(role, ())
        return columns[0] if len(columns) == 1 else None

    def words_at(self, row: int, column: int | None) -> str:
        return plain_line(self.values.get((row, column)) if column else None)


def plain_line(value: object) -> str:
    """A value as text on one line, empty for none."""
    return " ".join(str(value).split()) if value is not None else ""


def sheets_of(book: Workbook) -> Mapping[str, FormSheet]:
    """The sheets of a workbook by name, filled cells only: one stray cell makes a sheet a million rows long."""
    return {
        sheet.title: FormSheet(
            sheet, {place: cell.value for place, cell in sheet._cells.items() if cell.value is not None}
        )
        for sheet in book.worksheets
    }


def answer_places(sheets: Mapping[str, FormSheet]) -> Mapping[str, Sequence[CellPlace]]:
    """The cells that answer each figure, found by the codes next to them. Copied rows or columns give two."""
    places: dict[str, list[CellPlace]] = {}
    for name, sheet in sheets.items():
        for row, codes in sheet.codes.items():
            for code, column in product(codes, sheet.roles[1][ANSWER]):
                places.setdefault(code + sheet.head_of(column)[0], []).append(CellPlace(name, row, column))
    return places


def cell_place(
    address: str, places: Sequence[CellPlace], sheets: Mapping[str, FormSheet]
) -> tuple[CellPlace | None, Told | None]:
    """The cell of a figure, if its line still says what the form said. A copy must say the same."""
    place = places[0]
    sheet = sheets[place.sheet]
    labels = {sheet.words_at(place.row, column) for column in sheet.roles[1].get(WORDS, ())} - {""}
    suffix, head = sheet.head_of(place.column)
    if not labels or any(
        {f"{code}{suffix}" for code in sheets[cell.sheet].codes[cell.row]} != {address} for cell in places
    ):
        return None, tell(
            N_("Lines or cells were moved, so it is unclear which cell answers this figure; it may be {cells}."),
            cells=", ".join(map(str, places)),
        )
    row_texts = [sheet.words_at(place.row, column) for column in range(1, place.column)]
    heads = [sheet.words_at(row, place.column) for row in range(sheet.roles[0] + 1, place.row)]
    if head and head not in heads:
        now = next(filter(None, heads), "")
        return place, tell(N_("This column says “{words}”, and the form asked for “{label}”."), words=now, label=head)
    label = next((text for text in sorted(labels) if text not in row_texts), "")
    if label and OPEN_ROW not in address:
        now = next(filter(None, row_texts), "")
        return place, tell(N_("This line says “{words}”, and the form asked for “{label}”."), words=now, label=label)
    answers = [sheets[cell.sheet].words_at(cell.row, cell.column) for cell in places]
    if any(answer and answer != answers[0] for answer in answers):
        return place, tell(N_("This figure has different answers: {cells}."), cells=", ".join(map(str, places)))
    return place, None


DATES = (date, datetime, time, timedelta)
# The kind of workbook is stated this close to the corner of a sheet.
CORNER = 20
AGAIN = "send the agency its form again: reporter agencies ask --help"


@dataclass(frozen=True, slots=True)
class ReceivedCell:
    """The text of a cell, or its problem; `remark` and `source` are next to it; an `oddity` is no obstacle. `named` is
    the country that the agency wrote before it, in a line for one."""

    address: str
    place: CellPlace | None
    text: str = ""
    problem: Told | None = None
    remark: str = ""
    source: str = ""
    oddity: Told | None = None
    named: str = ""


def read_form(content: bytes) -> tuple[str, tuple[ReceivedCell, ...]]:
    """Read a received workbook: its identity and answers. Raises ReporterError unless it is one of our forms."""
    workbook, typed = _opened(content), _opened(content, formulas=True)
    sheets, formulas = sheets_of(workbook), sheets_of(typed)
    identity = _identity(workbook, sheets.values())
    cells = []
    for address, places in answer_places(sheets).items():
        place, problem = cell_place(address, places, sheets)
        if place is None or problem:
            cells.append(ReceivedCell(address, place, problem=problem))
        else:
            cells.append(_cell(address, place, sheets[place.sheet], formulas[place.sheet]))
    return identity, tuple(cells)


def _opened(content: bytes, *, formulas: bool = False) -> Workbook:
    # The library's own warnings would not help the user.
    try:
        with catch_warnings(action="ignore"):
            return load_workbook(BytesIO(content), data_only=not formulas)
    except MemoryError:
        raise
    except Exception as problem:  # a hostile file may raise anything
        words = plain_line(problem)[:200]
        raise ReporterError(
            f"the workbook cannot be read: {words}", hint="save it again, and send the new file"
        ) from None


def _identity(book: Workbook, sheets: Iterable[FormSheet]) -> str:
    """The identity stated in a workbook; two places must agree."""
    # The library's stubs lack its own properties.
    properties: Iterable[Any] = getattr(book, "custom_doc_props").props  # noqa: B009
    property_texts = [plain_line(entry.value) for entry in properties if entry.name == IDENTITY][:1]
    hidden = [sheet.words_at(1, 1) for sheet in sheets if sheet.sheet.title == LIST]
    corners = (
        plain_line(value)
        for sheet in sheets
        if sheet.sheet.title != LIST
        for (row, column), value in sheet.values.items()
        if row <= CORNER and column <= CORNER and isinstance(value, str)
    )
    corner_text = next((text for text in corners if KNOWN.fullmatch(text)), "")
    votes = Counter(filter(KNOWN.fullmatch, (*property_texts, *hidden, corner_text)))
    identity, count = next(iter(votes.most_common(1)), ("", 0))
    if count < 2:
        raise ReporterError("the workbook is not one of our forms, or no longer identifies itself", hint=AGAIN)
    return identity


def _cell(address: str, place: CellPlace, form_sheet: FormSheet, typed: FormSheet) -> ReceivedCell:
    at = (place.row, place.column)
    text, problem, oddity = _text(form_sheet.values.get(at), typed.values.get(at))
    if not problem and "%" in str(form_sheet.sheet.cell(*at).number_format) and text:
        problem = tell(N_("This is a percentage; a number is needed."))
    if any(str(place).rpartition("!")[2] in cell_range for cell_range in form_sheet.sheet.merged_cells.ranges):
        problem = tell(N_("This cell is merged with others, so it is unclear which of them the number answers."))
    return ReceivedCell(
        address=address,
        place=place,
        text="" if problem else text,
        problem=problem,
        remark=form_sheet.words_at(place.row, form_sheet.column_of(REMARK)),
        source=form_sheet.words_at(place.row, form_sheet.column_of(SOURCE)),
        oddity=None if problem else oddity,
        named=next(filter(None, (form_sheet.words_at(place.row, column) for column in range(1, place.column))), "")
        if OPEN_ROW in address
        else "",
    )


def _text(value: object, formula: object) -> tuple[str, Told | None, Told | None]:
    """The text typed in a cell, and what is wrong or odd."""
    if formula is not None and (formula != value or not isinstance(formula, (str, bool, int, float, *DATES))):
        if value is None:
            return "", tell(N_("The formula has no result here: write the number itself.")), None
        text, problem, _ = _text(value, None)
        return text, problem, None if problem else tell(N_("This number was calculated by a formula."))
    if value is None:
        return "", None, None
    if isinstance(value, bool):
        return "", tell(N_("This is true or false; a number is needed.")), None
    if isinstance(value, DATES):
        return "", tell(N_("This is a date ({date}); a number is needed."), date=str(value)), None
    if isinstance(value, float):
        # A spreadsheet keeps fifteen digits, and shows no more.
        whole = math.isfinite(value) and value.is_integer()
        return str(int(value)) if whole else f"{value:.15g}", None, None
    text = plain_line(value)
    if text.startswith("#"):
        return "", tell(N_("The formula ends in an error ({error}): write the number itself."), error=text[:20]), None
    return text, None, None


# A form is read in a second; only a hostile file takes longer.
MOST_SECONDS, MOST_MEGABYTES = 30, 1500
# Thousands separated by blanks, as people and other programs write them.
THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[ \u00a0\u2007\u2009\u202f]\d{3})+", re.ASCII)
# The longest remark of an agency that is kept, and shown, in characters.
LONGEST, SHOWN = 500, 60


def receive(
    sources: Sources, dataset: Dataset, content: bytes, name: str, day: str, locales: Mapping[str, Locale]
) -> Reception:
    """Read a workbook as an agency's answer received on `day`. `locales` are those of the reports' languages. Raises
    ReporterError for what is not one of our forms, is of no agency here, or was received before."""
    name = _plain(name)
    refuse_unsafe(content, name)
    identity, cells = run_limited(read_form, content, seconds=MOST_SECONDS, megabytes=MOST_MEGABYTES)
    match = KNOWN.fullmatch(identity)
    if match is None:
        raise ReporterError(f"the workbook identifies itself as {identity[:60]!r}", hint="this is not one of our forms")
    country, year, code = match["country"], int(match["year"]), match["agency"]
    data = dataset.country(country)
    if data is None:
        codes = ", ".join(country_data.country.code for country_data in dataset.countries)
        hint = f"countries here: {codes}" if codes else "no country has data in this workspace"
        raise UsageError(f"the form is for {country} {year}, and this workspace does not have the country", hint=hint)
    sha256 = checksum(content)
    before = [workbook for workbook in read_received(sources, country, (year,)) if workbook.agency == code]
    if again := next((workbook for workbook in before if workbook.sha256 == sha256), None):
        raise UsageError(f"{name} was received before, on {again.received}", hint="nothing was written")
    language = next((agency.language for agency in data.country.agencies if agency.code == code), "")
    locale = locales.get(language) or next(iter(locales.values()))
    asked = questionnaire_of(dataset, country, year, code, locale, read_received(sources, country))
    words: dict[str, str] = {}
    for report_locale in (*locales.values(), locale):
        words |= understood_words(report_locale)
    read = _Reading(asked, locale, words)
    read.answer({cell.address: cell for cell in cells})
    latest = max((request.year for request in read_asked(sources, country) if request.agency == code), default=0)
    if latest > year:
        frame = N_("This is the form for {year}; the latest request is for {latest}.")
        read.problems.append(CellProblem("", "", locale.text(frame, year=year, latest=latest), is_odd=True))
    received = Received(
        country=country,
        agency=code,
        year=year,
        number=max((workbook.number for workbook in before), default=0) + 1,
        file=name,
        sha256=sha256,
        received=day,
        answers=tuple(read.answers),
        mark=Mark(""),
    )
    places = {cell.address: str(cell.place) for cell in cells if cell.place}
    return Reception(
        received=received, asked=asked, problems=tuple(read.problems), open=tuple(read.empty), places=places
    )


class _Reading:
    def __init__(self, asked: Questionnaire, locale: Locale, words: Mapping[str, str]) -> None:
        self.asked, self.locale, self.words = asked, locale, words
        self.answers: list[ReceivedAnswer] = []
        self.problems: list[CellProblem] = []
        self.empty: list[str] = []
        self.named: set[str] = set()

    def answer(self, cells: Mapping[str, ReceivedCell]) -> None:
        lines = {line.address: line for table in self.asked.tables for line in table.lines}
        lost = tell(N_("The workbook no longer has the line of this figure."))
        for address, line in lines.items():
            if line.country:
                self._answer_named(line, cells.get(address) or ReceivedCell(address, None))
                continue
            self._answer(cells.get(address) or ReceivedCell(address, None, problem=lost), whole=line.whole)
        for address, cell in cells.items():
            if address not in lines and (cell.text or cell.problem):
                self._tell(cell, tell(N_("This is no longer asked and was ignored.")), is_odd=True)

    def _answer_named(self, line: AskedLine, cell: ReceivedCell) -> None:
        """Take the answer of a line in which the agency wrote a country, if it did."""
        country, is_exact = country_of(cell.named)
        address, parts = line.country.replace(COUNTRY, country), {"text": _plain(cell.named)[:SHOWN]}
        if not cell.text and not cell.named and not cell.problem:
            return
        if not cell.named:
            self._tell(cell, cell.problem or tell(N_("There is a number, and no country next to it.")))
        elif not country:
            self._tell(cell, tell(N_("“{text}” is not the name of one country."), **parts))
        elif country == self.asked.country:
            self._tell(cell, tell(N_("“{text}” has a line of its own, without a name."), **parts))
        elif any(answer.figure == address for answer in self.answers) or address in self.named:
            self._tell(cell, tell(N_("“{text}” has another line, too."), **parts))
        elif not cell.text and not cell.problem:
            self._tell(cell, tell(N_("This cell is empty.")))
        else:
            self.named.add(address)
            if not is_exact:
                name = self.locale.country(country)
                self._tell(cell, tell(N_("“{text}” was read as {number}."), **parts, number=name), is_odd=True)
            self._answer(replace(cell, address=address), whole=line.whole)

    def _answer(self, cell: ReceivedCell, *, whole: bool) -> None:
        if cell.problem:
            self._tell(cell, cell.problem)
            return
        if not cell.text:
            self.empty.append(cell.address)
            return
        text, oddity = cell.text, cell.oddity
        if THOUSANDS.fullmatch(text):
            text = "".join(text.split())
            oddity = tell(N_("“{text}” was read as {number}."), text=cell.text, number=text)
        if text.startswith("-") and self._value(text[1:]):
            self._tell(cell, tell(N_("{text} is less than zero; write 0 where there were none."), text=cell.text))
            return
        value = self._value(text)
        if value is None or value == UNANSWERED:
            frame = N_("“{text}” is neither a number nor one of these words: {words}.")
            offered = self.locale.joined(", ", offered_words(self.locale))
            self._tell(cell, tell(frame, text=_plain(cell.text)[:SHOWN], words=offered))
            return
        if whole and "." in value.rpartition(" ")[2]:
            frame = N_("{text} is not a whole number, but this figure is counted in whole units.")
            self._tell(cell, tell(frame, text=cell.text))
        else:
            if oddity:
                self._tell(cell, oddity, is_odd=True)
            text_by_field = {"cell": str(cell.place), "remark": cell.remark, "source": cell.source}
            plain = {name: _plain(words) for name, words in text_by_field.items()}
            self.answers.append(ReceivedAnswer(figure=cell.address, value=value, mark=Mark(""), **plain))

    def _value(self, text: str) -> str | None:
        try:
            return self.words.get(text.casefold()) or typed_value(text)
        except ReporterError:
            return None

    def _tell(self, cell: ReceivedCell, message: Told, *, is_odd: bool = False) -> None:
        words = self.locale.text(message.frame, **message.parts)
        self.problems.append(CellProblem(cell.address, str(cell.place or ""), words, is_odd))


def _plain(text: str) -> str:
    return one_line(text)[:LONGEST]


PROPERTIES, MODIFIED = "docProps/core.xml", re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
WRONG, ANSWERED = (PatternFill("solid", start_color=colour) for colour in ("FFF6C9C9", "FFFFFBE6"))
# In pixels, wide enough for a sentence.
WIDTH, LINE, LETTERS = 320, 20, 44
# The part of the first sheet that is looked at.
ROWS, COLUMNS = 500, 20


def with_comments(content: bytes, problems: Iterable[CellProblem], author: str, day: str) -> bytes:
    """Add problems to the cells as comments by `author`; those without a cell go below the first sheet's content."""
    with catch_warnings(action="ignore"):
        book = load_workbook(BytesIO(content))
    # Our comments on an earlier copy go; the agency's own stay.
    for cell in [candidate for sheet in book.worksheets for candidate in sheet._cells.values() if candidate.comment]:
        marked = cell.fill.start_color.rgb == WRONG.start_color.rgb
        if isinstance(cell, Cell) and cell.comment and (marked or cell.comment.author == author):
            cell.comment = None
            if marked:
                cell.fill = ANSWERED
    by_cell: dict[str, list[str]] = {}
    for problem in problems:
        by_cell.setdefault(problem.cell, []).append(problem.words)
    for name, words in by_cell.items():
        sheet, _, place = name.rpartition("!")
        if name and sheet in book.sheetnames:
            at = _first_of_joined(book[sheet], place)
            text = "\n".join([*words, *([at.comment.text] if at.comment else [])])
            at.comment = Comment(text, author, width=WIDTH, height=LINE * (2 + len(text) // LETTERS))
            at.fill = WRONG
        else:
            first = book.worksheets[0]
            rows = [*first.iter_rows(1, min(ROWS, first.max_row), 1, COLUMNS, values_only=True)]
            last = max((n for n, row in enumerate(rows, 1) if any(value is not None for value in row)), default=0)
            new = [sentence for sentence in words if sentence not in {row[0] for row in rows}]
            for number, line in enumerate(new, last + 1):
                below = first.cell(number, 1)
                below.value = line
                # Never a formula, however it begins.
                below.data_type = "s"
    saved, target = BytesIO(), BytesIO()
    book.save(saved)
    # The library writes the current time into the workbook and its archive.
    written = rf"\g<1>{day}T00:00:00Z".encode()
    with ZipFile(saved) as parts, ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            content = parts.read(name)
            content = MODIFIED.sub(written, content) if name == PROPERTIES else content
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return target.getvalue()


def _first_of_joined(sheet: Worksheet, place: str) -> Cell:
    joined = next((cell_range for cell_range in sheet.merged_cells.ranges if place in cell_range), None)
    cell = sheet.cell(*((joined.min_row, joined.min_col) if joined else coordinate_to_tuple(place)))
    if not isinstance(cell, Cell):
        raise TypeError(f"{place} is not a cell")
    return cell


TOLD = (Severity.ERROR, Severity.WARNING)


def findings_at_cells(sources: Sources, came: Reception, locale: Locale) -> tuple[CellProblem, ...]:
    """The new findings if all answers were accepted, limited to the agency's own answers: it sees nothing of others."""
    received = came.received
    country, year = received.country, received.year
    before = load_checked(sources, country)
    catalogue = before.dataset.catalogue_of(country)
    data = before.dataset.country(country)
    if data is None or data.year(year) is None:
        return ()
    own_proposals = [
        Proposal(reply.answer.figure, reply, value_in_year(sources, catalogue, country, year, reply.answer.figure))
        for reply in (AgencyAnswer(received, answer) for answer in received.answers)
    ]
    after = laid_over(sources, accepting_steps(own_proposals, data.country.agencies, catalogue))
    if isinstance(after, Conflict):
        raise ReporterError(f"{after.file} was changed meanwhile", hint="receive the workbook again")
    checked = load_checked(after, country)
    earlier_keys = {(old_finding.code, old_finding.message) for old_finding in before.findings}
    new = [item for item in checked.findings if item.severity in TOLD and (item.code, item.message) not in earlier_keys]
    context = Context(vintage(checked.dataset, country, year), locale)
    own = {answer.figure: answer.cell for answer in received.answers}
    visible_figures = {(year, figure) for figure in own}
    for line in (line for table in came.asked.tables for line in table.lines):
        for at, value in zip(came.asked.years, line.earlier, strict=True):
            observation = context.vintage.observation(line.address, at)
            # A withheld value is shown as a word only, as in the form, even if the agency reported it itself.
            if value and not (observation and is_withheld(observation)):
                visible_figures.add((at, line.address))
    problems = []
    for finding in new:
        rests_on = [(at, address) for at, address, _ in finding.values]
        cell = own.get(finding.figure) or next((own[address] for _, address in rests_on if address in own), "")
        if cell and finding.year == year and not finding.private and visible_figures.issuperset(rests_on):
            problems.append(CellProblem(finding.figure, cell, str(words_of(finding, context))))
    return tuple(problems)


def take_in(
    workspace: Workspace, sources: Sources, content: bytes, name: str, day: str, when: datetime, *, writes: bool = True
) -> Reception:
    """Import an agency's workbook received on `day`; writes nothing unless it `writes`. Raises ReporterError."""
    dataset = load_dataset(sources, known_countries(sources)).dataset
    locales = {language: locale_of(sources, language) for language in dataset.settings.languages}
    came = receive(sources, dataset, content, name, day, locales)
    received, agency = came.received, came.asked.agency
    locale = locales.get(agency.language) or next(iter(locales.values()))
    problems = (*came.problems, *findings_at_cells(sources, came, locale))
    files = {workspace.root / place_of(received).path: received_text(received).encode()}
    if came.open or any(not problem.is_odd for problem in problems):
        open_cells = tuple(
            CellProblem(figure, came.places.get(figure, ""), locale.text("This cell is empty.")) for figure in came.open
        )
        sender = dataset.settings.mail.sender if dataset.settings.mail else ""
        copy = run_limited(
            with_comments,
            content,
            (*problems, *open_cells),
            came.asked.asked_by,
            day,
            seconds=MOST_SECONDS,
            megabytes=MOST_MEGABYTES,
        )
        stem = forms_folder(workspace, received.country) / f"{came.asked.name}-comments"
        files[stem.with_suffix(".xlsx")] = copy
        files[stem.with_suffix(".eml")] = agency_mail(came.asked, LACKING, copy, locale, sender, when)
    if writes:
        write_together(files)
    after = sources.overlay({place_of(received).path: received_text(received).encode()})
    items = proposals(after, dataset.catalogue_of(received.country), received.country, received.year)
    own = tuple(item for item in items if item.reply.received.sha256 == received.sha256)
    return replace(came, problems=problems, proposals=own, written=tuple(files) if writes else ())
