"""Every observation of an edition for machines: CSV with metadata, JSON with the texts, and the outcome of rules as a
validation report of the European Statistical System (ESSnet ValidatIntegration 1.0.1)."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from reporter import __version__
from reporter.data.errors import Severity
from reporter.data.files.as_json import as_json
from reporter.data.i18n import N_, RESTRICTION, Locale
from reporter.data.read.figure_table import BY_COLUMN
from reporter.data.records import (
    Audience,
    Catalogue,
    Confidentiality,
    EditionStatus,
    Esms,
    Flag,
    Kind,
    Observation,
    Qualifier,
    Status,
    Unit,
    Vintage,
)
from reporter.data.records.catalogue import codes_by_dimension
from reporter.figures.analysis.arithmetic import off_series, part_value
from reporter.figures.analysis.coverage import Availability, coverage_cells
from reporter.formats.export.page_notes import WrittenSection
from reporter.formats.export.tidy import AUDIENCE, CHANGED, COMPARABLE, WORKED_OUT, comparable_of, csv_for, value_fields
from reporter.report.document.document import Entry

# Readers look for metadata under this ending (Model for Tabular Data and Metadata on the Web, 5.3).
CONTEXT, ENDING = "http://www.w3.org/ns/csvw", "-metadata.json"
# The meaning of a column and the type of its values in CSV on the Web.
Column = tuple[str, object]


def _one_of(words: Iterable[str]) -> dict[str, str]:
    return {"base": "string", "format": "|".join(map(str, words))}


FOR_WHOM: Column = (
    N_("Who may read the file: public is for everyone; restricted contains values withheld from the public"),
    _one_of(Audience),
)
OBSERVED: Mapping[str, Column] = {
    "indicator": (N_("What is counted: an indicator of the catalogue, or a figure of an activity or of law"), "string"),
    "dimension": (N_("Breakdown of the value; empty for the whole"), "string"),
    "code": (N_("The part of the breakdown; empty for the whole"), "string"),
    "year": (N_("Reference year; empty for law, which belongs to no year"), "gYear"),
    "value": (N_("The number; empty when there is none or it may not be published"), "decimal"),
    "flags": (
        N_("Flags of Eurostat, one letter each"),
        {"base": "string", "format": f"[{''.join(sorted(flag.value for flag in Flag))}]*"},
    ),
    "confidentiality": (N_("Confidentiality by SDMX; F is free"), _one_of(Confidentiality)),
    "status": (
        N_("Whether there is a value, or why not; worked out is a zero that follows from the other parts"),
        _one_of([*Status, WORKED_OUT]),
    ),
    "qualifier": (N_("How exactly the value is stated"), _one_of(Qualifier)),
    "unit": (N_("Unit of measurement"), _one_of(Unit)),
    "source": (N_("Code of the source in the catalogue"), "string"),
    "vintage": (N_("Year of the edition that states the value"), "gYear"),
    "definition": (N_("Code of the definition, when it is not the usual one"), "string"),
    "note": (N_("What is printed with the value"), "string"),
    "period": (N_("The period, when it is not the reference year"), "string"),
    "target": (N_("Whether the value is an aim"), {"base": "boolean", "format": "true|false"}),
    COMPARABLE: (
        N_(
            "Whether the value can be compared with the others of its series; false where it is defined differently or "
            "in doubt"
        ),
        {"base": "boolean", "format": "true|false"},
    ),
}
HEADS, REQUIRED = tuple(OBSERVED), ("indicator", "unit", "target")
IN_DIMENSION: Column = (N_("The code in this dimension; empty where the value is not broken down by it"), "string")
# The member of the JSON with these codes.
CODES = "codes"
BETWEEN = " | "


def observed_columns(catalogue: Catalogue) -> dict[str, Column]:
    """The columns of observations: those of every catalogue, and one for each dimension."""
    return {**OBSERVED, **{f"{BY_COLUMN}{axis.code}": IN_DIMENSION for axis in catalogue.dimensions}}


def observations_csv(vintage: Vintage, language: str, audience: Audience = Audience.PUBLIC) -> str:
    """Write every observation of an edition as CSV, one per line, as last revised: of all years, activities and law,
    then zeros that follow from other parts. Addresses are those of prose and `reporter explain`. `year` is empty for
    law; `vintage` is the year of the file that states the value; `target` marks a target. A cell of several dimensions
    has its code in the column of each."""
    return csv_for(audience, tuple(observed_columns(vintage.catalogue)), observation_lines(vintage, language))


def observation_lines(vintage: Vintage, language: str) -> Iterator[tuple[str, ...]]:
    """The lines of the CSV below its head, as text, in the order of the printed table of all years."""
    catalogue = vintage.catalogue
    indicators = {indicator.code: number for number, indicator in enumerate(catalogue.indicators)}
    dimensions = {indicator.code: indicator.dimensions for indicator in catalogue.indicators}
    members = ((axis.code, member.code) for axis in catalogue.dimensions for member in axis.codes)
    codes = {member: number for number, member in enumerate(members)}

    def rank(item: Observation) -> tuple[int, str, int, int, str, tuple[int, ...], int]:
        pairs, own = codes_by_dimension(item.dimension, item.code).items(), dimensions[item.indicator]
        place = own.index(item.dimension) if item.dimension in own else len(own)
        parts = tuple(codes[pair] for pair in pairs)
        return indicators[item.indicator], item.figure, len(pairs), place, item.dimension, parts, item.year

    return (_line(vintage, item, language) for item in (*sorted(vintage.index.values(), key=rank), *_implied(vintage)))


def _implied(vintage: Vintage) -> Iterator[Observation]:
    """The zeros of parts that are stated in another year but not in this one."""
    for indicator in vintage.catalogue.indicators:
        for name in indicator.dimensions:
            axis = vintage.catalogue.dimension(name)
            for code in (member.code for member in axis.codes) if axis else ():
                if vintage.series(indicator.code, code):
                    observations = (part_value(vintage, indicator.code, name, code, year) for year in vintage.years)
                    yield from (observation for observation in observations if observation and observation.implied)


def _line(vintage: Vintage, observation: Observation, language: str) -> tuple[str, ...]:
    indicator = vintage.catalogue.indicator(observation.indicator)
    notes = dict.fromkeys(note.text(language) for note in vintage.notes(observation))
    value, flags, status, qualifier, confidentiality = value_fields(observation)
    codes = codes_by_dimension(observation.dimension, observation.code)
    return (
        observation.figure,
        observation.dimension,
        observation.code,
        str(observation.year or ""),
        value,
        flags,
        confidentiality,
        status,
        qualifier,
        indicator.unit.value if indicator else "",
        observation.source,
        str(observation.vintage or ""),
        observation.definition,
        BETWEEN.join(notes),
        "/".join(dict.fromkeys(day for day in (observation.since, observation.until) if day)),
        "true" if observation.target else "false",
        comparable_of(observation, is_apart=bool(off_series(vintage, observation))),
        *(codes.get(axis.code, "") for axis in vintage.catalogue.dimensions),
    )


COVERED: Mapping[str, Column] = {
    "item": (N_("Letter of the item in Article 19a"), "string"),
    "item_label": (N_("What the item asks for"), "string"),
    "indicator": (N_("The corresponding indicator; empty if there is none"), "string"),
    "indicator_label": (N_("Name of the indicator"), "string"),
    "breakdown": (N_("Breakdown; total for the whole"), "string"),
    "breakdown_label": (N_("Name of the breakdown"), "string"),
    "year": (N_("Reference year"), "gYear"),
    "state": (N_("Data available"), _one_of(Availability)),
}
COVERAGE_HEADS, COVERAGE_REQUIRED = tuple(COVERED), ("item", "breakdown", "year", "state")
WHOLE = "total"


def coverage_lines(vintage: Vintage, locale: Locale) -> Iterator[tuple[str, ...]]:
    """The lines of the CSV below its head; states are codes of the program, labels are in the language."""
    language = locale.language
    for cell in coverage_cells(vintage):
        indicator = (cell.indicator.code, cell.indicator.label.text(language)) if cell.indicator else ("", "")
        split = (cell.split.code, cell.split.label.text(language)) if cell.split else (WHOLE, locale.text("Total"))
        yield cell.item.code, cell.item.label.text(language), *indicator, *split, str(vintage.year), cell.state.value


def csv_metadata(
    name: str,
    title: str,
    described: Mapping[str, Column],
    required: Sequence[str],
    locale: Locale,
    audience: Audience = Audience.PUBLIC,
) -> bytes:
    """The metadata of a CSV (CSV on the Web), written to a file next to it."""
    rights = {} if audience is Audience.PUBLIC else {"dc:accessRights": locale.text(RESTRICTION)}
    columns = [
        {
            "name": head,
            "titles": head,
            "dc:description": locale.text(words),
            "datatype": datatype,
            "required": head in (*required, AUDIENCE),
        }
        for head, (words, datatype) in {**described, AUDIENCE: FOR_WHOM}.items()
    ]
    metadata = {
        "@context": [CONTEXT, {"@language": locale.language}],
        "url": name,
        "dc:title": title,
        "dc:language": locale.language,
        **rights,
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"]},
        "tableSchema": {"columns": columns},
    }
    return f"{as_json(metadata, indent=1)}\n".encode()


def esms_json(
    title: str, language: str, headings: Iterable[tuple[Esms, Entry]], audience: Audience = Audience.PUBLIC
) -> bytes:
    """Write the metadata as JSON in the order of ESMS: number, code and title of each heading, and its text."""
    metadata = {
        "structure": "ESMS",
        "title": title,
        "language": language,
        "audience": audience.value,
        "headings": [
            {
                "number": number,
                "code": code.value,
                "title": entry.title.split(maxsplit=1)[-1],
                "text": list(entry.lines),
            }
            for number, (code, entry) in enumerate(headings, 1)
        ],
    }
    return f"{as_json(metadata, indent=1)}\n".encode()


LANGUAGE = "reporter"
SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "information"}
# The key of a value: country, year, file, indicator, dimension and code; a part that does not apply is empty.
DataKey = tuple[str, str, str, str, str, str]


class RuleValue(StrEnum):
    """The outcome of a rule. NA: not evaluated, because something it needs could not be read."""

    HOLDS = "1"
    BROKEN = "0"
    NOT_EVALUATED = "NA"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOutcome:
    """The outcome of a rule in an edition or at one place, dated by the edition. `target` is what was checked, `source`
    what else was used, `finding` the finding and its place, `accepted` the reason for accepting it."""

    rule: str
    severity: Severity
    title: str
    country: str
    year: int | None
    day: str
    verdict: RuleValue
    target: tuple[DataKey, ...]
    source: tuple[DataKey, ...] = ()
    finding: str = ""
    accepted: str = ""


def ess_report(outcomes: Iterable[RuleOutcome], trigger: str, agent: str = "") -> str:
    """Write the outcomes of rules as JSON, one per line, dated by the edition so that the same files give the same
    bytes. The actor is the program, never a person; `agent` owns the figures, `trigger` started the check."""
    lines = ",\n".join(as_json(validation, indent=None) for validation in _validations(outcomes, trigger, agent))
    return f"[\n{lines}\n]\n"


def _validations(outcomes: Iterable[RuleOutcome], trigger: str, agent: str) -> Iterator[Mapping[str, object]]:
    numbers: Counter[str] = Counter()
    for outcome in outcomes:
        name = "-".join(filter(None, (outcome.country, str(outcome.year or ""), outcome.rule)))
        numbers[name] += 1
        yield {
            "id": f"{name}-{numbers[name]}",
            "type": "validation",
            "event": {
                "time": outcome.day,
                "actor": f"{LANGUAGE} {__version__}",
                "agent": agent or None,
                "trigger": trigger,
            },
            "rule": {
                "language": LANGUAGE,
                "expression": outcome.rule,
                "severity": SEVERITIES[outcome.severity],
                "description": outcome.title,
                **({"explanation": outcome.accepted} if outcome.accepted else {}),
            },
            "data": {
                "source": [list(key) for key in outcome.source or outcome.target],
                "target": [list(key) for key in outcome.target],
                "description": outcome.finding,
            },
            "value": outcome.verdict.value,
        }


VERSION, SCHEMA = 1, "export"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
SECTION = ("code", "title", "language", "year", "markdown")
TEXT, YEAR, MEMBERS = {"type": "string"}, {"type": ["integer", "null"]}, {"type": "object"}


def figures_json(
    vintage: Vintage,
    locale: Locale,
    title: str,
    narrative: Iterable[WrittenSection] | None,
    audience: Audience = Audience.PUBLIC,
) -> bytes:
    """Write an edition as self-explanatory JSON: figures, their meaning and sources, coverage, and the narrative."""
    language, file = locale.language, vintage.edition
    coverage = [dict(zip(COVERAGE_HEADS, line, strict=True)) for line in coverage_lines(vintage, locale)]
    content = {
        "version": VERSION,
        "title": title,
        "language": language,
        "audience": audience.value,
        "country": vintage.country.code,
        "years": [vintage.years[0], vintage.year],
        "status": CHANGED if file.changed else file.status.value,
        "published": file.published,
        "data_cutoff": file.data_cutoff,
        "indicators": _indicators(vintage, language),
        "dimensions": _dimensions(vintage, language),
        "sources": _sources(vintage, language),
        "observations": [_plain(line) for line in observation_lines(vintage, language)],
        "coverage": [row | {"year": int(row["year"])} for row in coverage],
        "narrative": None
        if narrative is None
        else [{item: getattr(section, item) for item in SECTION} for section in narrative],
    }
    return f"{as_json(content, indent=1)}\n".encode()


def _indicators(vintage: Vintage, language: str) -> dict[str, object]:
    used = {observation.indicator for observation in vintage.index.values()}
    return {
        indicator.code: {
            "label": indicator.label.text(language),
            "unit": indicator.unit.value,
            "kind": indicator.kind.value,
            "population": indicator.population,
            "definitions": {code: words.text(language) for code, words in indicator.definitions},
            "dimensions": list(indicator.dimensions),
        }
        for indicator in vintage.catalogue.indicators
        if indicator.code in used
    }


def _dimensions(vintage: Vintage, language: str) -> dict[str, object]:
    return {
        axis.code: {
            "label": axis.label.text(language),
            "subset": axis.subset,
            "codes": {
                part.code: {"label": part.label.text(language), "within": part.within, "mappings": dict(part.mappings)}
                for part in axis.codes
            },
        }
        for axis in vintage.catalogue.dimensions
    }


def _sources(vintage: Vintage, language: str) -> dict[str, object]:
    used = {observation.source for observation in vintage.index.values()}
    return {
        source.code: {
            "title": source.title.text(language),
            "publisher": source.publisher.text(language),
            "url": source.url,
            "published": source.published,
            "accessed": source.accessed,
            "note": source.note.text(language),
        }
        for source in vintage.catalogue.sources
        if source.code in used
    }


def _plain(line: tuple[str, ...]) -> dict[str, object]:
    values = dict(zip(HEADS, line, strict=False))
    return values | {
        "year": int(values["year"]) if values["year"] else None,
        "value": number(values["value"]),
        "flags": list(values["flags"]),
        "vintage": int(values["vintage"]) if values["vintage"] else None,
        "target": values["target"] == "true",
        COMPARABLE: values[COMPARABLE] == "true" if values[COMPARABLE] else None,
        CODES: codes_by_dimension(values["dimension"], values["code"]),
    }


def number(text: str) -> int | float | None:
    """Read a number of the CSV as int or float, exact up to 15 digits as in a spreadsheet; None for an empty text."""
    if not text:
        return None
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else float(value)


def figures_schema() -> dict[str, object]:
    indicator = _closed(
        dict.fromkeys(("label", "population"), TEXT)
        | {
            "unit": _enumeration(Unit),
            "kind": _enumeration(Kind),
            "definitions": MEMBERS,
            "dimensions": {"type": "array"},
        }
    )
    edition = dict.fromkeys(("title", "language", "country", "published", "data_cutoff"), TEXT)
    content = {
        "version": {"const": VERSION},
        "audience": _enumeration(Audience),
        "years": {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2},
        "status": {"enum": [*EditionStatus, CHANGED]},
        "indicators": MEMBERS | {"additionalProperties": indicator},
        "dimensions": MEMBERS,
        "sources": MEMBERS,
        "observations": {"type": "array", "items": _observation_schema()},
        "coverage": {
            "type": "array",
            "items": _closed(
                dict.fromkeys(COVERAGE_HEADS, TEXT) | {"year": {"type": "integer"}, "state": _enumeration(Availability)}
            ),
        },
        "narrative": {
            "description": "The texts of the sections as CommonMark; null while an error in one of them stops them all",
            "type": ["array", "null"],
            "items": _closed(dict.fromkeys(SECTION, TEXT) | {"year": {"type": "integer"}}),
        },
    }
    return {"$schema": DRAFT, "title": "reporter: figures exported", **_closed(edition | content)}


def _observation_schema() -> dict[str, object]:
    typed: dict[str, object] = {
        "year": YEAR,
        "value": {"type": ["number", "null"]},
        "flags": {"type": "array", "items": _enumeration(Flag), "uniqueItems": True},
        "confidentiality": _enumeration(Confidentiality),
        "status": {"enum": [*(status.value for status in Status), WORKED_OUT]},
        "qualifier": {"enum": ["", *(qualifier.value for qualifier in Qualifier)]},
        "unit": _enumeration(Unit),
        "vintage": YEAR,
        "target": {"type": "boolean"},
        COMPARABLE: {"type": ["boolean", "null"]},
        CODES: {"type": "object", "additionalProperties": TEXT},
    }
    # A value that may not be published has no number.
    secret = {
        "if": {"not": {"properties": {"status": {"enum": [Status.GIVEN.value, WORKED_OUT]}}}},
        "then": {"properties": {"value": {"type": "null"}}},
    }
    return _closed(dict.fromkeys(HEADS, TEXT) | typed) | secret


def figures_schema_text() -> str:
    return json.dumps(figures_schema(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _enumeration(words: type[StrEnum]) -> dict[str, object]:
    return {"enum": [member.value for member in words]}


def _closed(properties: Mapping[str, object]) -> dict[str, object]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }
