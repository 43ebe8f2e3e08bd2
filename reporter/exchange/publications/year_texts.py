"""Compose the text of a year's file from a publication, and the steps that fill in a draft. A new file is written as a
whole: splice by splice nine years would take minutes."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reporter.data.errors import Finding, values_by_year
from reporter.data.files.sources import Sources
from reporter.data.i18n import Locale, load_locale
from reporter.data.read.received import Quoted, plain_yaml
from reporter.data.read.shapes import YearShape
from reporter.data.read.yaml_tree import Keys, decode, read_yaml
from reporter.data.records import Catalogue, Vintage
from reporter.data.records.imported import ImportedFigures, ImportedValue
from reporter.data.records.label import ENGLISH, language_of
from reporter.data.records.message import Told
from reporter.data.write.amendment import Amendment, slice_digest, slice_of
from reporter.data.write.applying import Step
from reporter.data.write.figure_fields import FigureField, detail_step, value_step, written_value, year_figures
from reporter.data.write.yaml_format import Value
from reporter.exchange.agencies.agency_proposals import OPEN
from reporter.report.context import Context
from reporter.report.sections.quality import retold

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
    own = figure_parts((each for each in year.values if each.year == year.year), catalogue)
    earlier: dict[str, dict[str, str]] = {}
    for each in sorted(year.values, key=lambda each: each.year):
        if each.year != year.year and not each.notes:
            earlier.setdefault(str(each.year), {})[each.figure] = each.value
    content: dict[str, object] = {
        "year": str(year.year),
        "status": "draft",
        "data_cutoff": year.published,
        "source": year.source,
        "figures": {each.code: _figure(each, year) for each in own},
        "earlier": earlier,
        "revisions": revision_values(year),
        "accepted": [accepted_value(each) for each in year.accepted],
    }
    said = {name: each for name, each in content.items() if each or name == "figures"}
    return f"{SCHEMA}\n{TAKEN.format(file=year.file)}\n{plain_yaml(said)}"


def _figure(figure: FigureParts, year: ImportedYear) -> dict[str, object]:
    total, note = figure.total, year.notes.get(figure.code)
    content: dict[str, object] = {"total": total.value if total else MISSING}
    for axis, parts in figure.breakdowns.items():
        content[f"by {axis}"] = {code: part_value(each, year.notes) for code, each in parts.items()}
    content |= figure_details(total, year.source) if total else {}
    return content | ({"note": dict(note)} if note else {})


def figure_details(total: ImportedValue, source: str) -> dict[str, Value]:
    own = total.source if total.source != source else ""
    details: dict[str, Value] = {"definition": total.definition, "source": own, "period": total.period}
    details = _marks(total) | details | {"incomplete": list(total.incomplete)}
    return {name: each for name, each in details.items() if each}


def part_details(part: ImportedValue, notes: Mapping[str, Words]) -> dict[str, Value]:
    details = _marks(part) | {"note": dict(notes.get(part.figure, {}))}
    return {name: each for name, each in details.items() if each}


def _marks(value: ImportedValue) -> dict[str, Value]:
    return {"flags": list(value.flags), "confidentiality": value.confidentiality}


def part_value(part: ImportedValue, notes: Mapping[str, Words]) -> Value:
    details = part_details(part, notes)
    return {"value": part.value, **details} if details else part.value


def revision_values(year: ImportedYear) -> list[dict[str, Value]]:
    """The entries of `revisions:` as values to write."""
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
    """An entry of `accepted:` as a value to write."""
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
    """Texts joined and quoted: they are others' words."""
    found: dict[str, list[str]] = {}
    for each in texts:
        for language, words in each.items():
            found.setdefault(language, []).append(words)
    return {language: Quoted(" ".join(dict.fromkeys(words))) for language, words in found.items()}


def free_figures(
    sources: Sources, catalogue: Catalogue, file: str, year: ImportedYear, taken: Collection[str]
) -> Iterator[FigureParts]:
    """The figures to fill in a file: those without any value. With a total or part present, the rest would mix sources;
    but where that came from this source, with the same total, its empty breakdowns are filled. A figure without a total
    in the publication stays open. `taken` are figures for which an agency sent an answer."""
    figures, source = year_figures(sources, file), _source_of(sources, file)
    for each in figure_parts((one for one in year.values if one.year == year.year), catalogue):
        if each.total is None or (each.total.value == MISSING and not each.total.place):
            continue
        indicator = catalogue.indicator(each.code)
        if any(address == each.code or address.startswith(f"{each.code}.") for address in taken):
            continue
        axes = catalogue.axes(indicator)
        unsaid = {
            axis.code
            for axis in axes
            if all(
                written_value(figures, FigureField(file, each.code, axis.code, one.code)) in OPEN for one in axis.codes
            )
        }
        total, figure = written_value(figures, FigureField(file, each.code)), (figures or {}).get(each.code)
        own = figure.get("source", source) if isinstance(figure, Mapping) else source
        further = {axis: parts for axis, parts in each.breakdowns.items() if axis in unsaid}
        if total in OPEN and len(unsaid) == len(axes):
            yield each
        elif further and each.total and (total, own) == (each.total.value, each.total.source or year.source):
            yield replace(each, breakdowns=further)


def filling_steps(
    sources: Sources, catalogue: Catalogue, file: str, year: ImportedYear, figures: Iterable[FigureParts]
) -> Iterator[Step]:
    written, usual = year_figures(sources, file), _source_of(sources, file)
    for each in figures:
        if each.total is None:
            continue
        whole = FigureField(file, each.code)
        yield value_step(whole, catalogue, each.total.value, written_value(written, whole))
        figure = (written or {}).get(each.code)
        for axis, parts in each.breakdowns.items():
            if isinstance(figure, Mapping) and figure.get(f"by {axis}"):
                for code, seen in parts.items():
                    field = FigureField(file, each.code, axis, code)
                    yield value_step(field, catalogue, seen.value, written_value(written, field))
                    for key, value in part_details(seen, year.notes).items():
                        yield detail_step(field, catalogue, (key,), value)
            else:
                values = {code: part_value(seen, year.notes) for code, seen in parts.items()}
                yield detail_step(whole, catalogue, (f"by {axis}",), values)
        details = figure_details(each.total, usual)
        details |= {"source": year.source} if year.source and not each.total.source and year.source != usual else {}
        note = year.notes.get(each.code)
        said = figure if isinstance(figure, Mapping) else {}
        if INCOMPLETE in details and said.get(INCOMPLETE):
            details[INCOMPLETE] = [
                *said[INCOMPLETE],
                *(name for name in each.total.incomplete if name not in said[INCOMPLETE]),
            ]
        for key, value in (details | ({"note": dict(note)} if note else {})).items():
            if key == INCOMPLETE or not said.get(key):
                yield detail_step(whole, catalogue, (key,), value)


def _source_of(sources: Sources, file: str) -> str:
    tree = read_yaml(sources, file).data
    return str(tree.get("source", "")) if isinstance(tree, Mapping) else ""


def adding_step(file: str, key: str, entry: Value) -> Step:
    def step(sources: Sources) -> Amendment:
        is_there = bool(slice_of(decode(sources.find(file).content, file), file, (key,)))
        path: Keys = (key, "-") if is_there else (key,)
        value: Value = entry if is_there else [entry]
        return Amendment(file=file, path=path, value=value, seen=slice_digest(""), order=tuple(YearShape.model_fields))

    return step
