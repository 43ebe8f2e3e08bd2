"""Compose the text of a year's file from a publication, and the steps that fill in a draft. A new file is written as a
whole: splice by splice nine years would take minutes."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reporter.data.errors import Finding, values_by_year
from reporter.data.files.sources import Sources
from reporter.data.i18n import Locale, load_locale
from reporter.data.read.crosses import BY, names_in
from reporter.data.read.received import Quoted, plain_yaml
from reporter.data.read.shapes import YearShape
from reporter.data.read.yaml_tree import Keys, decode, read_yaml
from reporter.data.records import Catalogue, Vintage
from reporter.data.records.catalogue import CROSSED, OF_CELL, breakdown_key, incomplete_name
from reporter.data.records.imported import ImportedFigures, ImportedValue
from reporter.data.records.label import ENGLISH, language_of
from reporter.data.records.message import Told
from reporter.data.write.amendment import Amendment, slice_digest, slice_of
from reporter.data.write.applying import Step
from reporter.data.write.figure_fields import FigureField, Plain, detail_step, value_step, written_value, year_figures
from reporter.data.write.yaml_format import Value
from reporter.exchange.agencies.agency_proposals import OPEN
from reporter.report.context import Context
from reporter.report.sections.quality import message_text

SCHEMA = "# yaml-language-server: $schema=../../schema/year.json"
TAKEN = "# Imported from {file} by reporter import; reporter explain shows which line gives a value."
MISSING = "missing"
Words = Mapping[str, str]
INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class AcceptedFault:
    """A finding explained by a fault of the publication, with the reason; `comparable`: the figure is not in doubt."""

    finding: Finding
    reason: Words
    comparable: bool


@dataclass(frozen=True, slots=True)
class ImportedYear:
    """A publication's statements for one year. `notes` are texts by figure, `accepted` findings with the reason why
    they are right all the same; `source` applies to all values without one."""

    country: str
    year: int
    file: str
    published: str
    source: str
    values: tuple[ImportedValue, ...]
    notes: Mapping[str, Words]
    accepted: tuple[AcceptedFault, ...] = ()


def imported_year(figures: ImportedFigures, country: str, year: int, values: Sequence[ImportedValue]) -> ImportedYear:
    # Values for earlier years have the source of the file, and no other.
    later = [value for value in values if value.vintage and value.source]
    sources = [value.source for value in later or values if value.source]
    return ImportedYear(
        country=country,
        year=year,
        file=figures.file,
        published=figures.published,
        source=figures.source or max(sources, key=sources.count, default=""),
        values=tuple(values),
        notes={
            value.figure: joined_words(dict(label.texts) for label in value.notes)
            for value in values
            if value.notes and not value.vintage
        },
    )


@dataclass(frozen=True, slots=True)
class FigureParts:
    code: str
    total: ImportedValue | None
    breakdowns: Mapping[str, Mapping[str, ImportedValue]]

    @property
    def values(self) -> tuple[ImportedValue, ...]:
        parts = tuple(part for parts in self.breakdowns.values() for part in parts.values())
        return ((self.total,) if self.total else ()) + parts


def figure_parts(values: Iterable[ImportedValue], catalogue: Catalogue) -> tuple[FigureParts, ...]:
    lookup = {value.figure: value for value in values}
    parts_by_indicator: dict[str, dict[str, dict[str, ImportedValue]]] = {}
    for value in lookup.values():
        whole, axis, code = catalogue.split(value.figure)
        if whole and axis and code:
            parts_by_indicator.setdefault(whole.code, {}).setdefault(axis.code, {})[code.code] = value
    figures = []
    for indicator in catalogue.indicators:
        stated = parts_by_indicator.get(indicator.code, {})
        names = [*indicator.dimensions, *(name for name in stated if CROSSED in name)]
        axes = [axis for name in names if name in stated and (axis := catalogue.dimension(name))]
        breakdowns = {
            axis.code: {code.code: own[code.code] for code in axis.codes if code.code in own}
            for axis in axes
            if (own := stated[axis.code])
        }
        total = lookup.get(indicator.code)
        if total or breakdowns:
            figures.append(FigureParts(indicator.code, total, breakdowns))
    return tuple(figures)


def _rows(parts: Mapping[str, Value]) -> dict[str, Any]:
    """Parts as in the file: a cell such as `sexual.women` is in the row of its first code."""
    rows: dict[str, Any] = {}
    for code, value in parts.items():
        *outer, last = code.split(OF_CELL)
        row = rows
        for name in outer:
            row = row.setdefault(name, {})
        row[last] = value
    return rows


def year_text(year: ImportedYear, catalogue: Catalogue) -> str:
    own = figure_parts((value for value in year.values if value.year == year.year), catalogue)
    earlier: dict[str, dict[str, str]] = {}
    for earlier_value in sorted(year.values, key=lambda value: value.year):
        if earlier_value.year != year.year and not earlier_value.notes:
            earlier.setdefault(str(earlier_value.year), {})[earlier_value.figure] = earlier_value.value
    content: dict[str, object] = {
        "year": str(year.year),
        "status": "draft",
        "data_cutoff": year.published,
        "source": year.source,
        "figures": {figure.code: _figure(figure, year) for figure in own},
        "earlier": earlier,
        "revisions": revision_values(year),
        "accepted": [accepted_value(fault) for fault in year.accepted],
    }
    fields = {name: member for name, member in content.items() if member or name == "figures"}
    return f"{SCHEMA}\n{TAKEN.format(file=year.file)}\n{plain_yaml(fields)}"


def _figure(figure: FigureParts, year: ImportedYear) -> dict[str, object]:
    total, note = figure.total, year.notes.get(figure.code)
    content: dict[str, object] = {"total": total.value if total else MISSING}
    for axis, parts in figure.breakdowns.items():
        content[breakdown_key(axis)] = _rows({code: part_value(part, year.notes) for code, part in parts.items()})
    content |= figure_details(total, year.source) if total else {}
    return content | ({"note": dict(note)} if note else {})


def figure_details(total: ImportedValue, source: str) -> dict[str, Value]:
    own = total.source if total.source != source else ""
    details: dict[str, Value] = {"definition": total.definition, "source": own, "period": total.period}
    details = _marks(total) | details | {"incomplete": list(map(incomplete_name, total.incomplete))}
    return {name: detail for name, detail in details.items() if detail}


def part_details(part: ImportedValue, notes: Mapping[str, Words]) -> dict[str, Value]:
    details = _marks(part) | {"note": dict(notes.get(part.figure, {}))}
    return {name: detail for name, detail in details.items() if detail}


def _marks(value: ImportedValue) -> dict[str, Value]:
    return {"flags": list(value.flags), "confidentiality": value.confidentiality}


def part_value(part: ImportedValue, notes: Mapping[str, Words]) -> Value:
    details = part_details(part, notes)
    return {"value": part.value, **details} if details else part.value


def revision_values(year: ImportedYear) -> list[dict[str, Value]]:
    """The entries of `revisions:` as values to write."""
    return [
        {
            "figure": revision.figure,
            "year": str(revision.year),
            "was": revision.was or MISSING,
            "now": revision.value,
            "reason": joined_words(dict(label.texts) for label in revision.notes),
        }
        for revision in year.values
        if revision.year != year.year and revision.notes
    ]


def accepted_value(accepted: AcceptedFault) -> dict[str, Value]:
    """An entry of `accepted:` as a value to write."""
    finding = accepted.finding
    entry: dict[str, Value] = {"rule": finding.code, "figure": finding.figure}
    entry |= {} if accepted.comparable else {"comparable": "false"}
    entry |= {"values": values_by_year(finding.values)} if finding.values else {}
    entry |= {"words": finding.words} if finding.words else {}
    return entry | {"reason": dict(accepted.reason)}


def texts_in(message: str, languages: Sequence[Locale], vintage: Vintage) -> dict[str, str]:
    text_by_language = {locale.language: message_words(message, locale, vintage) for locale in languages}
    own = {language: text for language, text in text_by_language.items() if not language_of(text)}
    return joined_words(
        (own if ENGLISH in own else {ENGLISH: message_words(message, load_locale(ENGLISH), vintage), **own},)
    )


def message_words(message: str, locale: Locale, vintage: Vintage) -> str:
    return message_text(message, Context(vintage, locale)) if isinstance(message, Told) else message


def joined_words(texts: Iterable[Words]) -> dict[str, str]:
    """Texts joined and quoted: they are others' words."""
    words_by_language: dict[str, list[str]] = {}
    for text in texts:
        for language, words in text.items():
            words_by_language.setdefault(language, []).append(words)
    return {language: Quoted(" ".join(dict.fromkeys(words))) for language, words in words_by_language.items()}


def free_figures(
    sources: Sources, catalogue: Catalogue, file: str, year: ImportedYear, answered_figures: Collection[str]
) -> Iterator[FigureParts]:
    """The figures to fill in a file: those without any value. With a total or part present, the rest would mix sources;
    but where that came from this source, with the same total, what is open of breakdowns that say nothing else is
    filled. A figure without a total in the publication stays open. For `answered_figures` an agency sent an answer."""
    figures, source = year_figures(sources, file), _source_of(sources, file)
    for group in figure_parts((one for one in year.values if one.year == year.year), catalogue):
        if group.total is None or (group.total.value == MISSING and not group.total.place):
            continue
        if any(address == group.code or address.startswith(f"{group.code}.") for address in answered_figures):
            continue
        total, figure = written_value(figures, FigureField(file, group.code)), (figures or {}).get(group.code)
        written = figure if isinstance(figure, Mapping) else {}
        own = written.get("source", source) if written else source
        if total in OPEN and not any(_written_parts(file, figures, catalogue, group, key) for key in written):
            yield group
        elif (total, own) == (group.total.value, group.total.source or year.source):
            written_parts = {
                axis: _written_parts(file, figures, catalogue, group, breakdown_key(axis)) for axis in group.breakdowns
            }
            further = {
                axis: {code: part for code, part in parts.items() if code not in written_parts[axis]}
                for axis, parts in group.breakdowns.items()
                if all(code in parts and parts[code].value == value for code, value in written_parts[axis].items())
            }
            if further := {axis: parts for axis, parts in further.items() if parts}:
                yield replace(group, breakdowns=further)


def _written_parts(
    file: str, figures: Plain | None, catalogue: Catalogue, group: FigureParts, key: str
) -> Mapping[str, str]:
    """The values that a breakdown or cross of a figure has in the file, by code."""
    indicator = catalogue.indicator(group.code)
    name = catalogue.cross(indicator, names_in(key)) if indicator and key.startswith(BY) else ""
    axis = catalogue.dimension(name)
    values = {
        code.code: written_value(figures, FigureField(file, group.code, name, code.code))
        for code in (axis.codes if axis else ())
    }
    return {code: value for code, value in values.items() if value not in OPEN}


def filling_steps(
    sources: Sources, catalogue: Catalogue, file: str, year: ImportedYear, figures: Iterable[FigureParts]
) -> Iterator[Step]:
    written, usual = year_figures(sources, file), _source_of(sources, file)
    for group in figures:
        if group.total is None:
            continue
        whole = FigureField(file, group.code)
        yield value_step(whole, catalogue, group.total.value, written_value(written, whole))
        figure = (written or {}).get(group.code)
        for axis, parts in group.breakdowns.items():
            if isinstance(figure, Mapping) and _has_breakdown(figure, axis):
                for code, part in parts.items():
                    field = FigureField(file, group.code, axis, code)
                    yield value_step(field, catalogue, part.value, written_value(written, field))
                    for key, value in part_details(part, year.notes).items():
                        yield detail_step(field, catalogue, (key,), value)
            else:
                values = _rows({code: part_value(new_part, year.notes) for code, new_part in parts.items()})
                yield detail_step(whole, catalogue, (breakdown_key(axis),), values)
        details = figure_details(group.total, usual)
        details |= {"source": year.source} if year.source and not group.total.source and year.source != usual else {}
        note = year.notes.get(group.code)
        written_fields = figure if isinstance(figure, Mapping) else {}
        if INCOMPLETE in details and written_fields.get(INCOMPLETE):
            stated = map(incomplete_name, group.total.incomplete)
            details[INCOMPLETE] = list(dict.fromkeys((*written_fields[INCOMPLETE], *stated)))
        for key, value in (details | ({"note": dict(note)} if note else {})).items():
            if key == INCOMPLETE or not written_fields.get(key):
                yield detail_step(whole, catalogue, (key,), value)


def _has_breakdown(figure: Plain, name: str) -> bool:
    """Whether a figure in the file has a breakdown or cross that is not empty, its dimensions in any order."""
    names = {*name.split(CROSSED)}
    return any(key.startswith(BY) and {*names_in(key)} == names and parts for key, parts in figure.items())


def _source_of(sources: Sources, file: str) -> str:
    tree = read_yaml(sources, file).data
    return str(tree.get("source", "")) if isinstance(tree, Mapping) else ""


def adding_step(file: str, key: str, entry: Value) -> Step:
    def step(sources: Sources) -> Amendment:
        is_there = bool(slice_of(decode(sources.find(file).content, file), file, (key,)))
        path: Keys = (key, "-") if is_there else (key,)
        value: Value = entry if is_there else [entry]
        return Amendment(file, path, value, slice_digest(""), order=tuple(YearShape.model_fields))

    return step
