"""The text of a year's file, made of what a publication states. It is composed as a whole: splice by splice nine years
would take minutes."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reporter.context import Context
from reporter.edit.handwriting import Value
from reporter.errors import Finding, values_by_year
from reporter.i18n import Locale, load_locale
from reporter.model import Catalogue, Vintage
from reporter.model.imported import ImportedFigures, ImportedValue
from reporter.model.label import ENGLISH, language_of
from reporter.model.telling import Told
from reporter.sections.retold import retold

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
        axes = (axis for name in indicator.dimensions if (axis := catalogue.dimension(name)))
        breakdowns = {
            axis.code: parts
            for axis in axes
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
    lines = [SCHEMA, TAKEN.format(file=year.file), f"year: {year.year}", "status: draft"]
    lines += [f"data_cutoff: {year.published}"] if year.published else []
    lines += [f"source: {year.source}"] if year.source else []
    figures = [
        line
        for each in figure_parts((one for one in year.values if one.year == year.year), catalogue)
        for line in _figure(each, year)
    ]
    lines += ["figures:", *(f"  {line}" for line in figures)] if figures else ["figures: {}"]
    lines += [*_earlier(year), *_revisions(year)]
    lines += ["accepted:"] if year.accepted else []
    lines += [f"  {line}" for each in year.accepted for line in _accepted(each)]
    return "".join(f"{line}\n" for line in lines)


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


def revision_values(year: ImportedYear) -> list[tuple[dict[str, str], Words]]:
    return [
        (
            {"figure": each.figure, "year": str(each.year), "was": each.was or MISSING, "now": each.value},
            joined_words(dict(label.texts) for label in each.notes),
        )
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
    own = {language: str(text) for language, text in said.items() if not language_of(text)}
    return own if ENGLISH in own else {ENGLISH: told_words(message, load_locale(ENGLISH), known), **own}


def told_words(message: str, locale: Locale, known: Vintage) -> str:
    return retold(message, Context(known, locale)) if isinstance(message, Told) else message


def joined_words(texts: Iterable[Words]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for each in texts:
        for language, words in each.items():
            found.setdefault(language, []).append(words)
    return {language: " ".join(dict.fromkeys(words)) for language, words in found.items()}


def _figure(figure: FigureParts, year: ImportedYear) -> Iterator[str]:
    total = figure.total
    yield f"{figure.code}:"
    yield f"  total: {total.value if total else MISSING}"
    for axis, parts in figure.breakdowns.items():
        written = (f"{code}: {_part(each, year.notes.get(each.figure, {}))}" for code, each in parts.items())
        yield f"  by {axis}: {{{', '.join(written)}}}"
    for key, value in (figure_details(total, year.source) if total else {}).items():
        yield f"  {key}: {value if isinstance(value, str) else _listed(value)}"
    note = year.notes.get(figure.code, {})
    yield from ("  note:", *(f"    {line}" for line in _texts(note))) if note else ()


def _part(each: ImportedValue, note: Words) -> str:
    details = [f"flags: {_listed(each.flags)}"] if each.flags else []
    details += [f"confidentiality: {each.confidentiality}"] if each.confidentiality else []
    details += [f"note: {{{', '.join(_texts(note))}}}"] if note else []
    return f"{{{', '.join((f'value: {each.value}', *details))}}}" if details else each.value


def _earlier(year: ImportedYear) -> Iterator[str]:
    others: dict[int, list[str]] = {}
    for each in year.values:
        if each.year != year.year and not each.notes:
            others.setdefault(each.year, []).append(f"{each.figure}: {each.value}")
    if others:
        yield from ("earlier:", *(f"  {at}: {{{', '.join(said)}}}" for at, said in sorted(others.items())))


def _revisions(year: ImportedYear) -> Iterator[str]:
    revised = revision_values(year)
    yield from ("revisions:",) if revised else ()
    for plain, reason in revised:
        yield from (f"  {' ' if n else '-'} {key}: {value}" for n, (key, value) in enumerate(plain.items()))
        yield from ("    reason:", *(f"      {line}" for line in _texts(reason)))


def _accepted(accepted: AcceptedFault) -> Iterator[str]:
    yield f"- rule: {accepted.finding.code}"
    yield f"  figure: {accepted.finding.figure}"
    yield from () if accepted.comparable else ("  comparable: false",)
    yield from (f"  {line}" for line in accepted.finding.foundation)
    yield from ("  reason:", *(f"    {line}" for line in _texts(accepted.reason)))


def _listed(words: object) -> str:
    return f"[{', '.join(map(str, words))}]" if isinstance(words, Sequence) else str(words)


def _texts(words: Words) -> list[str]:
    # A text in JSON's quotes is one in YAML's.
    return [f"{language}: {json.dumps(text, ensure_ascii=False)}" for language, text in words.items()]
