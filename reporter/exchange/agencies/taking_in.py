"""Import a workbook: read it, check it, record its answers."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from warnings import catch_warnings
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.cell import coordinate_to_tuple
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
from reporter.data.read.dataset import load_dataset
from reporter.data.read.received import place_of, read_asked, read_received, received_text
from reporter.data.records import Dataset, Received, ReceivedAnswer, is_withheld, vintage
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
from reporter.exchange.agencies.form_cells import ReceivedCell, read_form
from reporter.exchange.agencies.safe_office import refuse_unsafe
from reporter.report.context import Context
from reporter.report.document.questionnaire import KNOWN, Questionnaire
from reporter.report.sections.quality import words_of

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
    found = KNOWN.fullmatch(identity)
    if found is None:
        raise ReporterError(f"the workbook says that it is {identity[:60]!r}", hint="it is no form of ours")
    country, year, code = found["country"], int(found["year"]), found["agency"]
    data = dataset.country(country)
    if data is None:
        known = ", ".join(each.country.code for each in dataset.countries)
        hint = f"countries here: {known}" if known else "no country has data here"
        raise UsageError(f"the form is one of {country} {year}, not of a country here", hint=hint)
    sha256 = checksum(content)
    before = [each for each in read_received(sources, country, (year,)) if each.agency == code]
    again = next((each for each in before if each.sha256 == sha256), None)
    if again:
        raise UsageError(f"{name} was received before, on {again.received}", hint="nothing was written")
    language = next((each.language for each in data.country.agencies if each.code == code), "")
    locale = locales.get(language) or next(iter(locales.values()))
    asked = questionnaire_of(dataset, country, year, code, locale, read_received(sources, country))
    words: dict[str, str] = {}
    for each in (*locales.values(), locale):
        words |= understood_words(each)
    read = _Reading(asked, locale, words)
    read.answer({each.address: each for each in cells})
    latest = max((each.year for each in read_asked(sources, country) if each.agency == code), default=0)
    if latest > year:
        told = N_("This is the form of {year}; that of {latest} was asked for last.")
        read.problems.append(CellProblem("", "", locale.text(told, year=year, latest=latest), is_odd=True))
    received = Received(
        country=country,
        agency=code,
        year=year,
        number=max((each.number for each in before), default=0) + 1,
        file=name,
        sha256=sha256,
        received=day,
        answers=tuple(read.answers),
        mark=Mark(""),
    )
    places = {each.address: str(each.place) for each in cells if each.place}
    return Reception(
        received=received, asked=asked, problems=tuple(read.problems), open=tuple(read.empty), places=places
    )


class _Reading:
    def __init__(self, asked: Questionnaire, locale: Locale, words: Mapping[str, str]) -> None:
        self.asked, self.locale, self.words = asked, locale, words
        self.answers: list[ReceivedAnswer] = []
        self.problems: list[CellProblem] = []
        self.empty: list[str] = []

    def answer(self, cells: Mapping[str, ReceivedCell]) -> None:
        lines = {line.address: line for table in self.asked.tables for line in table.lines}
        lost = tell(N_("The line of this figure is not in the workbook any more."))
        for address, line in lines.items():
            self._answer(cells.get(address) or ReceivedCell(address, None, problem=lost), whole=line.whole)
        for address, cell in cells.items():
            if address not in lines and (cell.text or cell.problem):
                self._tell(cell, tell(N_("This is not asked any more, and was passed over.")), is_odd=True)

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
        number = value.rpartition(" ")[2]
        if whole and "." in number:
            self._tell(cell, tell(N_("{text} is no whole number, and these are counted one by one."), text=cell.text))
        else:
            if oddity:
                self._tell(cell, oddity, is_odd=True)
            said = {"cell": str(cell.place), "remark": cell.remark, "source": cell.source}
            plain = {name: _plain(words) for name, words in said.items()}
            self.answers.append(ReceivedAnswer(figure=cell.address, value=value, mark=Mark(""), **plain))

    def _value(self, text: str) -> str | None:
        try:
            return self.words.get(text.casefold()) or typed_value(text)
        except ReporterError:
            return None

    def _tell(self, cell: ReceivedCell, told: Told, *, is_odd: bool = False) -> None:
        words = self.locale.text(told.frame, **told.parts)
        self.problems.append(CellProblem(cell.address, str(cell.place or ""), words, is_odd))


def _plain(text: str) -> str:
    return one_line(text)[:LONGEST]


PROPERTIES, MODIFIED = "docProps/core.xml", re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
WRONG, ANSWERED = (PatternFill("solid", start_color=each) for each in ("FFF6C9C9", "FFFFFBE6"))
# In pixels, wide enough for a sentence.
WIDTH, LINE, LETTERS = 320, 20, 44
# The part of the first sheet that is looked at.
ROWS, COLUMNS = 500, 20


def with_comments(content: bytes, told: Iterable[CellProblem], author: str, day: str) -> bytes:
    """Add problems to the cells as comments by `author`; all else stays as the agency filled it in. Problems without a
    cell go below the content of the first sheet."""
    with catch_warnings(action="ignore"):
        book = load_workbook(BytesIO(content))
    # Our comments on an earlier copy go; the agency's own stay.
    for cell in [each for sheet in book.worksheets for each in sheet._cells.values() if each.comment]:
        marked = cell.fill.start_color.rgb == WRONG.start_color.rgb
        if isinstance(cell, Cell) and cell.comment and (marked or cell.comment.author == author):
            cell.comment = None
            if marked:
                cell.fill = ANSWERED
    by_cell: dict[str, list[str]] = {}
    for each in told:
        by_cell.setdefault(each.cell, []).append(each.words)
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
            last = max((n for n, row in enumerate(rows, 1) if any(each is not None for each in row)), default=0)
            new = [each for each in words if each not in {row[0] for row in rows}]
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
    joined = next((each for each in sheet.merged_cells.ranges if place in each), None)
    found = sheet.cell(*((joined.min_row, joined.min_col) if joined else coordinate_to_tuple(place)))
    if not isinstance(found, Cell):
        raise TypeError(f"{place} stands for no cell")
    return found


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
    answers = (AgencyAnswer(received, each) for each in received.answers)
    taken = [
        Proposal(each.answer.figure, each, value_in_year(sources, catalogue, country, year, each.answer.figure))
        for each in answers
    ]
    after = laid_over(sources, accepting_steps(taken, data.country.agencies, catalogue))
    if isinstance(after, Conflict):
        raise ReporterError(f"{after.file} was changed meanwhile", hint="receive the workbook again")
    checked = load_checked(after, country)
    known = {(each.code, each.message) for each in before.findings}
    new = [each for each in checked.findings if each.severity in TOLD and (each.code, each.message) not in known]
    context = Context(vintage(checked.dataset, country, year), locale)
    own = {each.figure: each.cell for each in received.answers}
    said = {(year, figure) for figure in own}
    for line in (line for table in came.asked.tables for line in table.lines):
        for at, value in zip(came.asked.years, line.earlier, strict=True):
            seen = context.vintage.observation(line.address, at)
            # A withheld value is shown as a word only, as in the form, even if the agency reported it itself.
            if value and not (seen and is_withheld(seen)):
                said.add((at, line.address))
    problems = []
    for finding in new:
        rests_on = [(at, address) for at, address, _ in finding.values]
        cell = own.get(finding.figure) or next((own[address] for _, address in rests_on if address in own), "")
        if cell and finding.year == year and not finding.private and said.issuperset(rests_on):
            problems.append(CellProblem(finding.figure, cell, str(words_of(finding, context))))
    return tuple(problems)


def take_in(
    workspace: Workspace, sources: Sources, content: bytes, name: str, day: str, when: datetime, *, writes: bool = True
) -> Reception:
    """Import an agency's workbook received on `day`; writes nothing unless it `writes`. Raises ReporterError."""
    dataset = load_dataset(sources, known_countries(sources)).dataset
    locales = {each: locale_of(sources, each) for each in dataset.settings.languages}
    came = receive(sources, dataset, content, name, day, locales)
    received, agency = came.received, came.asked.agency
    locale = locales.get(agency.language) or next(iter(locales.values()))
    problems = (*came.problems, *findings_at_cells(sources, came, locale))
    files = {workspace.root / place_of(received).path: received_text(received).encode()}
    if came.open or any(not each.is_odd for each in problems):
        open_cells = tuple(
            CellProblem(each, came.places.get(each, ""), locale.text("This cell is empty.")) for each in came.open
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
    found = proposals(after, dataset.catalogue_of(received.country), received.country, received.year)
    own = tuple(
        each for each in found if each.said.received == received or each.said.received.sha256 == received.sha256
    )
    return replace(came, problems=problems, proposals=own, written=tuple(files) if writes else ())
