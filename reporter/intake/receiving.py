"""Take in a workbook that an agency sent; no figure changes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reporter.document.cell_signs import KNOWN
from reporter.document.questionnaire import Questionnaire
from reporter.edit.figure_fields import UNANSWERED, typed_value
from reporter.errors import Mark, ReporterError, UsageError
from reporter.files.checksum import checksum
from reporter.files.processes import run_limited
from reporter.files.sources import Sources
from reporter.i18n import Locale
from reporter.i18n.answer_words import offered_words, understood_words
from reporter.i18n.words import N_
from reporter.intake.asking import questionnaire_of
from reporter.intake.form_cells import ReceivedCell, ReceivedForm, read_form
from reporter.intake.safe_workbook import refuse_unsafe
from reporter.load.received import read_asked, read_received
from reporter.model import Asked, Dataset, Received, ReceivedAnswer
from reporter.model.telling import Told, tell

# A form is read in a second; what takes longer was made to.
MOST_SECONDS, MOST_MEGABYTES = 30, 1500
# Digits that stand apart in threes, as people and other programs set them.
THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[ \u00a0\u2007\u2009\u202f]\d{3})+", re.ASCII)
# Of what an agency remarks no more is kept.
LONGEST, SHOWN = 500, 60


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong at a cell, or odd; `cell` may be empty."""

    figure: str
    cell: str
    words: str
    is_odd: bool = False


@dataclass(frozen=True, slots=True)
class Reception:
    """What came of a workbook: answers, problems, what is still open. `places` are the cells of figures, as far as they
    were found."""

    received: Received
    asked: Questionnaire
    problems: tuple[CellProblem, ...]
    open: tuple[str, ...]
    places: Mapping[str, str]


def receive(
    sources: Sources, dataset: Dataset, content: bytes, name: str, day: str, locales: Mapping[str, Locale]
) -> Reception:
    """Read a workbook as an agency's answer that came on a `day`. `locales` are those of the reports' languages. Raises
    ReporterError for what is no form of ours, is of no agency here, or was received before."""
    name = _plain(name)
    refuse_unsafe(content, name)
    form = run_limited(read_form, content, seconds=MOST_SECONDS, megabytes=MOST_MEGABYTES)
    country, year, code = _whose(form, dataset)
    sha256 = checksum(content)
    before = [each for each in read_received(sources, country, (year,)) if each.agency == code]
    again = next((each for each in before if each.sha256 == sha256), None)
    if again:
        raise UsageError(f"{name} was received before, on {again.received}", hint="nothing was written")
    locale = _locale_of(dataset, country, code, locales)
    asked = questionnaire_of(dataset, country, year, code, locale, read_received(sources, country))
    words: dict[str, str] = {}
    for each in (*locales.values(), locale):
        words |= understood_words(each)
    read = _Reading(asked, locale, words)
    read.answer(form)
    read.tell_if_older(read_asked(sources, country))
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
    places = {each.address: str(each.place) for each in form.cells if each.place}
    return Reception(
        received=received, asked=asked, problems=tuple(read.problems), open=tuple(read.empty), places=places
    )


def _whose(form: ReceivedForm, dataset: Dataset) -> tuple[str, int, str]:
    found = KNOWN.fullmatch(form.identity)
    if found is None:
        raise ReporterError(f"the workbook says that it is {form.identity[:60]!r}", hint="it is no form of ours")
    if dataset.country(found["country"]) is None:
        known = ", ".join(each.country.code for each in dataset.countries)
        hint = f"countries here: {known}" if known else "no country has data here"
        raise UsageError(f"the form is one of {found['country']} {found['year']}, not of a country here", hint=hint)
    return found["country"], int(found["year"]), found["agency"]


def _locale_of(dataset: Dataset, country: str, code: str, locales: Mapping[str, Locale]) -> Locale:
    data = dataset.country(country)
    agencies = data.country.agencies if data else ()
    language = next((each.language for each in agencies if each.code == code), "")
    return locales.get(language) or next(iter(locales.values()))


class _Reading:
    """What cells say, what is wrong, and which are empty."""

    def __init__(self, asked: Questionnaire, locale: Locale, words: Mapping[str, str]) -> None:
        self.asked, self.locale, self.words = asked, locale, words
        self.answers: list[ReceivedAnswer] = []
        self.problems: list[CellProblem] = []
        self.empty: list[str] = []

    def answer(self, form: ReceivedForm) -> None:
        """Take what cells say as answers, each on its own."""
        cells = {each.address: each for each in form.cells}
        lines = {line.address: line for table in self.asked.tables for line in table.lines}
        lost = tell(N_("The line of this figure is not in the workbook any more."))
        for address, line in lines.items():
            self._answer(cells.get(address) or ReceivedCell(address, None, problem=lost), whole=line.whole)
        for address, cell in cells.items():
            if address not in lines and (cell.text or cell.problem):
                self._tell(cell, tell(N_("This is not asked any more, and was passed over.")), is_odd=True)

    def tell_if_older(self, asked: Iterable[Asked]) -> None:
        """Say so where the agency was asked for a later year meanwhile."""
        latest = max((each.year for each in asked if each.agency == self.asked.agency.code), default=0)
        if latest > self.asked.year:
            words = self.locale.text(
                N_("This is the form of {year}; that of {latest} was asked for last."),
                year=self.asked.year,
                latest=latest,
            )
            self.problems.append(CellProblem("", "", words, is_odd=True))

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
        value = self._value(text)
        if value is None or value == UNANSWERED:
            frame = N_("“{text}” is neither a number nor one of these words: {words}.")
            offered = self.locale.joined(", ", offered_words(self.locale))
            self._tell(cell, tell(frame, text=_plain(cell.text)[:SHOWN], words=offered))
            return
        number = value.rpartition(" ")[2]
        if number.startswith("-"):
            self._tell(cell, tell(N_("{text} is less than zero; write 0 where there were none."), text=cell.text))
        elif whole and "." in number:
            self._tell(cell, tell(N_("{text} is no whole number, and these are counted one by one."), text=cell.text))
        else:
            if oddity:
                self._tell(cell, oddity, is_odd=True)
            self._take(cell, value)

    def _value(self, text: str) -> str | None:
        """A value as the file of the year has it, or None."""
        try:
            return self.words.get(text.casefold()) or typed_value(text)
        except ReporterError:
            return None

    def _take(self, cell: ReceivedCell, value: str) -> None:
        self.answers.append(
            ReceivedAnswer(
                figure=cell.address,
                value=value,
                cell=_plain(str(cell.place)),
                remark=_plain(cell.remark),
                source=_plain(cell.source),
                mark=Mark(""),
            )
        )

    def _tell(self, cell: ReceivedCell, told: Told, *, is_odd: bool = False) -> None:
        words = self.locale.text(told.frame, **told.parts)
        self.problems.append(CellProblem(cell.address, str(cell.place or ""), words, is_odd))


def _plain(text: str) -> str:
    return "".join(each if each.isprintable() else " " for each in text).strip()[:LONGEST]
