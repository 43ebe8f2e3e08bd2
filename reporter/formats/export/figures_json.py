"""One JSON file of the figures and texts of an edition."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum

from reporter.data.files.as_json import as_json
from reporter.data.i18n import Locale
from reporter.data.records import Audience, Confidentiality, EditionStatus, Flag, Kind, Qualifier, Status, Unit, Vintage
from reporter.figures.analysis.coverage import Availability
from reporter.formats.export.observations import COVERAGE_HEADS, HEADS, coverage_lines, observation_lines
from reporter.formats.export.page_notes import WrittenSection
from reporter.formats.export.tidy import COMPARABLE, WORKED_OUT

VERSION, SCHEMA = 1, "export"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
# The status of an edition that changed after it was published: neither final nor a corrigendum.
CHANGED = "changed after publication"
SECTION = ("code", "title", "language", "year", "markdown")
TEXT, YEAR, CODES = {"type": "string"}, {"type": ["integer", "null"]}, {"type": "object"}


def figures_json(
    vintage: Vintage,
    locale: Locale,
    title: str,
    narrative: Iterable[WrittenSection] | None,
    audience: Audience = Audience.PUBLIC,
) -> bytes:
    """Write the figures of an edition as JSON that explains itself. Observations, what they measure, where they come
    from, and what Article 19a has of them; the narrative, where no error stops it."""
    language, file = locale.language, vintage.edition
    coverage = [dict(zip(COVERAGE_HEADS, line, strict=True)) for line in coverage_lines(vintage, locale)]
    told = {
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
        "coverage": [each | {"year": int(each["year"])} for each in coverage],
        "narrative": None
        if narrative is None
        else [{item: getattr(each, item) for item in SECTION} for each in narrative],
    }
    return f"{as_json(told, indent=1)}\n".encode()


def _indicators(vintage: Vintage, language: str) -> dict[str, object]:
    used = {seen.indicator for seen in vintage.index.values()}
    return {
        each.code: {
            "label": each.label.text(language),
            "unit": each.unit.value,
            "kind": each.kind.value,
            "population": each.population,
            "definitions": {code: words.text(language) for code, words in each.definitions},
            "dimensions": list(each.dimensions),
        }
        for each in vintage.catalogue.indicators
        if each.code in used
    }


def _dimensions(vintage: Vintage, language: str) -> dict[str, object]:
    return {
        axis.code: {
            "label": axis.label.text(language),
            "subset": axis.subset,
            "codes": {
                each.code: {"label": each.label.text(language), "within": each.within, "mappings": dict(each.mappings)}
                for each in axis.codes
            },
        }
        for axis in vintage.catalogue.dimensions
    }


def _sources(vintage: Vintage, language: str) -> dict[str, object]:
    used = {seen.source for seen in vintage.index.values()}
    return {
        each.code: {
            "title": each.title.text(language),
            "publisher": each.publisher.text(language),
            "url": each.url,
            "published": each.published,
            "accessed": each.accessed,
            "note": each.note.text(language),
        }
        for each in vintage.catalogue.sources
        if each.code in used
    }


def _plain(line: tuple[str, ...]) -> dict[str, object]:
    values = dict(zip(HEADS, line, strict=True))
    return values | {
        "year": int(values["year"]) if values["year"] else None,
        "value": number(values["value"]),
        "flags": list(values["flags"]),
        "vintage": int(values["vintage"]) if values["vintage"] else None,
        "target": values["target"] == "true",
        COMPARABLE: values[COMPARABLE] == "true" if values[COMPARABLE] else None,
    }


def number(text: str) -> int | float | None:
    """Read a number of the CSV as int or float. Exact up to 15 digits, as in a spreadsheet; None for an empty text."""
    if not text:
        return None
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else float(value)


def figures_schema() -> dict[str, object]:
    indicator = _closed(
        dict.fromkeys(("label", "population"), TEXT)
        | {"unit": _one_of(Unit), "kind": _one_of(Kind), "definitions": CODES, "dimensions": {"type": "array"}}
    )
    edition = dict.fromkeys(("title", "language", "country", "published", "data_cutoff"), TEXT)
    content = {
        "version": {"const": VERSION},
        "audience": _one_of(Audience),
        "years": {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2},
        "status": {"enum": [*EditionStatus, CHANGED]},
        "indicators": CODES | {"additionalProperties": indicator},
        "dimensions": CODES,
        "sources": CODES,
        "observations": {"type": "array", "items": _observation_schema()},
        "coverage": {
            "type": "array",
            "items": _closed(
                dict.fromkeys(COVERAGE_HEADS, TEXT) | {"year": {"type": "integer"}, "state": _one_of(Availability)}
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
        "flags": {"type": "array", "items": _one_of(Flag), "uniqueItems": True},
        "confidentiality": _one_of(Confidentiality),
        "status": {"enum": [*(each.value for each in Status), WORKED_OUT]},
        "qualifier": {"enum": ["", *(each.value for each in Qualifier)]},
        "unit": _one_of(Unit),
        "vintage": YEAR,
        "target": {"type": "boolean"},
        COMPARABLE: {"type": ["boolean", "null"]},
    }
    # What may not be published has no number.
    secret = {
        "if": {"not": {"properties": {"status": {"enum": [Status.GIVEN.value, WORKED_OUT]}}}},
        "then": {"properties": {"value": {"type": "null"}}},
    }
    return _closed(dict.fromkeys(HEADS, TEXT) | typed) | secret


def figures_schema_text() -> str:
    return json.dumps(figures_schema(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _one_of(words: type[StrEnum]) -> dict[str, object]:
    return {"enum": [each.value for each in words]}


def _closed(properties: Mapping[str, object]) -> dict[str, object]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }
