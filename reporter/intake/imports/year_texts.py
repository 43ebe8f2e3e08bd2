"""The text of a year's file, made of what a publication states. It is composed as a whole: splice by splice nine years
would take minutes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reporter.context import Context
from reporter.edit.handwriting import Value
from reporter.errors import Finding, values_by_year
from reporter.i18n import Locale, load_locale
from reporter.load.received import Quoted, plain_yaml
from reporter.model import Catalogue, Vintage
from reporter.model.imported import ImportedFigures, ImportedValue
from reporter.model.label import ENGLISH, language_of
from reporter.model.telling import Told
from reporter.sections.finding_words import retold

SCHEMA = "# yaml-language-server: $schema=../../schema/year.json"
TAKEN = "# Taken in from {file} by reporter import; which line says what, reporter explain tells."
MISSING = "missing"
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AcceptedFault:
    """A finding that a publication's own fault explains, with the reason. The figure is in doubt where it is not
    `comparable`."""

    finding: Finding
    reason: Words
    comparable: bool


@dataclass(frozen=True, slots=True)
class ImportedYear:
    """What a publication states of one year, with what is said. `notes` are texts by figure, `accepted` findings with
    the reason why they are right all the same. `source` is that of all that names none."""

    country: str
    year: int
    file: str
    published: str
    source: str
    values: tuple[ImportedValue, ...]
    notes: Mapping[str, Words]
    accepted: tuple[AcceptedFault, ...] = ()

    def withholding(self, cells: Iterable[tuple[str, int, str]]) -> "ImportedYear":
        codes = {(address, year): code for address, year, code in cells}
        values = tuple(
            replace(each, confidentiality=each.confidentiality or codes.get((each.figure, each.year), ""))
            for each in self.values
        )
        return replace(self, values=values)


def imported_year(figures: ImportedFigures, country: str, year: int, values: Sequence[ImportedValue]) -> ImportedYear:
    # What a file says of earlier years has the source of the file, and no other.
    later = [each for each in values if each.vintage and each.source]
    sources = [each.source for each in later or values if each.source]
    return ImportedYear(
        country=country,
        year=year,
        file=figures.file,
        published=figures.published,
        source=figures.source or max(sources, key=sources.count, default=""),
        values=tuple(values),
        notes={
            each.figure: joined_words(dict(label.texts) for label in each.notes)
            for each in values
            if each.notes and not each.vintage
        },
    )


@dataclass(frozen=True, slots=True)
class FigureParts:
    """The values of a figure: its total, and its parts by breakdown."""

    code: str
    total: ImportedValue | None
    breakdowns: Mapping[str, Mapping[str, ImportedValue]]

    @property
    def values(self) -> tuple[ImportedValue, ...]:
        parts = tuple(each for parts in self.breakdowns.values() for each in parts.values())
        return ((self.total,) if self.total else ()) + parts


def figure_parts(values: Iterable[ImportedValue], catalogue: Catalogue) -> tuple[FigureParts, ...]:
    known = {each.figure: each for each in values}
    found = []
    for indicator in catalogue.indicators:
        breakdowns = {
            axis.code: parts
            for axis in catalogue.axes(indicator)
            if (
                parts := {
                    each.code: seen for each in axis.codes if (seen := known.get(f"{indicator.code}.{each.code}"))
                }
            )
        }
        total = known.get(indicator.code)
        if total or breakdowns:
            found.append(FigureParts(indicator.code, total, breakdowns))
    return tuple(found)


def year_text(year: ImportedYear, catalogue: Catalogue) -> str:
    content: dict[str, object] = {"year": str(year.year), "status": "draft"}
    content |= {"data_cutoff": year.published} if year.published else {}
    content |= {"source": year.source} if year.source else {}
    own = figure_parts((each for each in year.values if each.year == year.year), catalogue)
    content["figures"] = {each.code: _figure(each, year) for each in own}
    earlier: dict[str, dict[str, str]] = {}
    for each in sorted(year.values, key=lambda each: each.year):
        if each.year != year.year and not each.notes:
            earlier.setdefault(str(each.year), {})[each.figure] = each.value
    content |= {"earlier": earlier} if earlier else {}
    revised = revision_values(year)
    content |= {"revisions": revised} if revised else {}
    accepted = [accepted_value(each) for each in year.accepted]
    content |= {"accepted": accepted} if accepted else {}
    return f"{SCHEMA}\n{TAKEN.format(file=year.file)}\n{plain_yaml(content)}"


def _figure(figure: FigureParts, year: ImportedYear) -> dict[str, object]:
    total, note = figure.total, year.notes.get(figure.code)
    content: dict[str, object] = {"total": total.value if total else MISSING}
    for axis, parts in figure.breakdowns.items():
        content[f"by {axis}"] = {code: part_value(each, year.notes) for code, each in parts.items()}
    content |= figure_details(total, year.source) if total else {}
    return content | ({"note": dict(note)} if note else {})


def figure_details(total: ImportedValue, source: str) -> dict[str, Value]:
    details: dict[str, Value] = {}
    details |= {"flags": list(total.flags)} if total.flags else {}
    details |= {"confidentiality": total.confidentiality} if total.confidentiality else {}
    details |= {"definition": total.definition} if total.definition else {}
    details |= {"source": total.source} if total.source and total.source != source else {}
    details |= {"period": total.period} if total.period else {}
    return details | ({"incomplete": list(total.incomplete)} if total.incomplete else {})


def part_details(part: ImportedValue, notes: Mapping[str, Words]) -> dict[str, Value]:
    details: dict[str, Value] = {"flags": list(part.flags)} if part.flags else {}
    details |= {"confidentiality": part.confidentiality} if part.confidentiality else {}
    note = notes.get(part.figure)
    return details | ({"note": dict(note)} if note else {})


def part_value(part: ImportedValue, notes: Mapping[str, Words]) -> Value:
    details = part_details(part, notes)
    return {"value": part.value, **details} if details else part.value


def revision_values(year: ImportedYear) -> list[dict[str, Value]]:
    """The entries of `revisions:` as values that are written."""
    return [
        {
            "figure": each.figure,
            "year": str(each.year),
            "was": each.was or MISSING,
            "now": each.value,
            "reason": joined_words(dict(label.texts) for label in each.notes),
        }
        for each in year.values
        if each.year != year.year and each.notes
    ]


def accepted_value(accepted: AcceptedFault) -> dict[str, Value]:
    """An entry of `accepted:` as a value that is written."""
    finding = accepted.finding
    entry: dict[str, Value] = {"rule": finding.code, "figure": finding.figure}
    entry |= {} if accepted.comparable else {"comparable": "false"}
    entry |= {"values": values_by_year(finding.values)} if finding.values else {}
    entry |= {"words": finding.words} if finding.words else {}
    return entry | {"reason": dict(accepted.reason)}


def said_in(message: str, languages: Sequence[Locale], known: Vintage) -> dict[str, str]:
    said = {each.language: told_words(message, each, known) for each in languages}
    own = {language: text for language, text in said.items() if not language_of(text)}
    return joined_words(
        (own if ENGLISH in own else {ENGLISH: told_words(message, load_locale(ENGLISH), known), **own},)
    )


def told_words(message: str, locale: Locale, known: Vintage) -> str:
    return retold(message, Context(known, locale)) if isinstance(message, Told) else message


def joined_words(texts: Iterable[Words]) -> dict[str, str]:
    """Texts one behind the other, in quotes: they are words of others."""
    found: dict[str, list[str]] = {}
    for each in texts:
        for language, words in each.items():
            found.setdefault(language, []).append(words)
    return {language: Quoted(" ".join(dict.fromkeys(words))) for language, words in found.items()}
