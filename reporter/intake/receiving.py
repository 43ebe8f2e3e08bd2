"""Take in a workbook that an agency sent; no figure changes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from reporter.document.questionnaire import Questionnaire
from reporter.edit.figure_fields import typed_value
from reporter.errors import Mark, ReporterError, UsageError
from reporter.files.checksum import checksum
from reporter.files.processes import run_limited
from reporter.files.sources import Sources
from reporter.i18n import Locale
from reporter.i18n.answer_words import understood_words
from reporter.intake.asking import questionnaire_of
from reporter.intake.form_cells import ReceivedCell, ReceivedForm, read_form
from reporter.intake.safe_workbook import refuse_unsafe
from reporter.load.received import read_received
from reporter.model import Dataset, Received, ReceivedAnswer

# A form is read in a second; what takes longer was made to.
MOST_SECONDS, MOST_MEGABYTES = 60, 1500
IDENTITY = re.compile(r"(?P<country>[A-Z]{2}) (?P<year>[12]\d{3}) (?P<agency>[a-z][a-z0-9_]*)", re.ASCII)
# Of what an agency remarks no more is kept.
LONGEST = 500


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong at a cell, or odd; `cell` may be empty."""

    figure: str
    cell: str
    words: str
    is_odd: bool = False


@dataclass(frozen=True, slots=True)
class Reception:
    """What came of a workbook: answers, problems, what is still open.

    `places` are the cells of figures, as far as they were found.
    """

    received: Received
    asked: Questionnaire
    problems: tuple[CellProblem, ...]
    open: tuple[str, ...]
    places: Mapping[str, str]


def receive(
    sources: Sources, dataset: Dataset, content: bytes, name: str, day: str, locales: Mapping[str, Locale]
) -> Reception:
    """Read a workbook as an agency's answer that came on a `day`.

    `locales` are those of the reports' languages. Raises ReporterError for what is no form of ours, is of no agency
    here, or was received before.
    """
    refuse_unsafe(content, name)
    form = run_limited(read_form, content, seconds=MOST_SECONDS, megabytes=MOST_MEGABYTES)
    country, year, code = _whose(form, dataset)
    sha256 = checksum(content)
    before = [each for each in read_received(sources, country, (year,)) if each.agency == code]
    again = next((each for each in before if each.sha256 == sha256), None)
    if again:
        raise UsageError(f"{name} was received before, on {again.received}", hint="nothing was written")
    locale = _locale_of(dataset, country, code, locales)
    asked = questionnaire_of(dataset, country, year, code, locale)
    answers, problems, missing = _answers(form, asked, understood_words(locale))
    received = Received(
        country=country,
        agency=code,
        year=year,
        number=max((each.number for each in before), default=0) + 1,
        file=_plain(name),
        sha256=sha256,
        received=day,
        answers=answers,
        mark=Mark(""),
    )
    places = {each.address: str(each.place) for each in form.cells if each.place}
    return Reception(received=received, asked=asked, problems=problems, open=missing, places=places)


def _whose(form: ReceivedForm, dataset: Dataset) -> tuple[str, int, str]:
    """Of which country, year and agency a form is."""
    found = IDENTITY.fullmatch(form.identity)
    if found is None:
        raise ReporterError(f"the workbook says that it is {form.identity[:60]!r}", hint="it is no form of ours")
    if dataset.country(found["country"]) is None:
        known = ", ".join(each.country.code for each in dataset.countries)
        hint = f"countries here: {known}" if known else "no country has data here"
        raise UsageError(f"the form is one of {found['country']} {found['year']}, not of a country here", hint=hint)
    return found["country"], int(found["year"]), found["agency"]


def _locale_of(dataset: Dataset, country: str, code: str, locales: Mapping[str, Locale]) -> Locale:
    """The locale of an agency's language, else that of the reports."""
    data = dataset.country(country)
    agencies = data.country.agencies if data else ()
    language = next((each.language for each in agencies if each.code == code), "")
    return locales.get(language) or next(iter(locales.values()))


def _answers(
    form: ReceivedForm, asked: Questionnaire, words: Mapping[str, str]
) -> tuple[tuple[ReceivedAnswer, ...], tuple[CellProblem, ...], tuple[str, ...]]:
    """What the cells say, what is wrong, and which are empty."""
    cells = {each.address: each for each in form.cells}
    lines = {line.address: line for table in asked.tables for line in table.lines}
    answers: list[ReceivedAnswer] = []
    problems: list[CellProblem] = []
    missing: list[str] = []
    for address, line in lines.items():
        cell = cells.get(address) or ReceivedCell(address, None, problem=f"the workbook has no line for {address}")
        if cell.problem:
            problems.append(CellProblem(address, str(cell.place or ""), cell.problem))
            continue
        if not cell.text:
            missing.append(address)
            continue
        try:
            value = _value(cell.text, words, whole=line.whole)
        except ReporterError as problem:
            problems.append(CellProblem(address, str(cell.place), f"{problem.message}; {problem.hint}"))
            continue
        if cell.oddity:
            problems.append(CellProblem(address, str(cell.place), cell.oddity, is_odd=True))
        answers.append(
            ReceivedAnswer(
                figure=address,
                value=value,
                cell=_plain(str(cell.place)),
                remark=_plain(cell.remark),
                source=_plain(cell.source),
                mark=Mark(""),
            )
        )
    problems += _unasked(cells, lines)
    return tuple(answers), tuple(problems), tuple(missing)


def _value(text: str, words: Mapping[str, str], *, whole: bool) -> str:
    """A value as the file of the year has it.

    Raises ReporterError with the reason why it is none.
    """
    value = words.get(text.casefold()) or typed_value(text)
    number = value.rpartition(" ")[2]
    if whole and "." in number:
        raise ReporterError(f"{text!r} is no whole number", hint="persons, cases and things are counted")
    if number.startswith("-"):
        raise ReporterError(f"{text!r} is less than zero", hint="write 0 where there were none")
    return value


def _unasked(cells: Mapping[str, ReceivedCell], lines: Mapping[str, object]) -> Iterator[CellProblem]:
    """What a form answers that is not asked any more."""
    for address, cell in cells.items():
        if address not in lines and cell.text:
            words = f"{address} is not asked of this agency any more; its answer was passed over"
            yield CellProblem(address, str(cell.place or ""), words, is_odd=True)


def _plain(text: str) -> str:
    """Words of a stranger on one line, without signs that steer."""
    return "".join(each if each.isprintable() else " " for each in text).strip()[:LONGEST]


def with_decision(received: Received, figure: str, reason: str, by: str) -> Received:
    """Say why the file of the year says otherwise than an answer."""
    answers = tuple(replace(each, kept=reason, by=by) if each.figure == figure else each for each in received.answers)
    return replace(received, answers=answers)
