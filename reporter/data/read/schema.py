"""JSON Schemas of the files, for editors: shapes with an example of each key and the codes of the catalogue."""

import json
from typing import Any

from reporter.data.errors import Finding, Mark, Severity
from reporter.data.files.sources import SCHEMA, Sources
from reporter.data.read.amount import UNANSWERED
from reporter.data.read.fields import AMOUNT_SCHEMA, Shape
from reporter.data.read.key_examples import example_of, shapes_in, words_in
from reporter.data.read.shapes import SHAPES, FigureShape, PartShape
from reporter.data.records import Catalogue, Dimension, Indicator
from reporter.data.records.catalogue import COUNTRY
from reporter.data.records.label import ENGLISH

# The key of a cross, such as `by form, person`.
CROSS_KEY = "^by [a-z_]+(, [a-z_]+)+$"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
AMOUNT, PART = {"$ref": "#/$defs/Amount"}, {"$ref": "#/$defs/Part"}


def schema_text(name: str, catalogue: Catalogue | None) -> str:
    """The schema of one kind of file in SHAPES; KeyError for another."""
    schema = SHAPES[name].model_json_schema(by_alias=True)
    if catalogue:
        _complete(schema, catalogue)
    _explain(schema, SHAPES[name])
    _close(schema)
    schema = {"$schema": DRAFT, "title": f"reporter: {name}"} | schema
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def outdated_schema(sources: Sources, catalogue: Catalogue) -> tuple[Finding, ...]:
    """A note if schemas lack codes of the catalogue: checked for the year's schema, and only if there are any."""
    path = f"{SCHEMA}/year.json"
    if path not in sources or _plain(sources[path].content) == _plain(schema_text("year", catalogue).encode()):
        return ()
    message = "older than the catalogue, a country's file, or the program"
    hint = "run reporter admin schema, else your editor underlines what is new"
    return (Finding(severity=Severity.NOTE, code="schema-outdated", message=message, mark=Mark(path), hint=hint),)


def _plain(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None


def _complete(schema: dict[str, Any], catalogue: Catalogue) -> None:
    properties = schema["properties"]
    if "earlier" in properties or "provisions" in properties:
        part = PartShape.model_json_schema(ref_template="#/$defs/{model}")
        either = {"anyOf": [AMOUNT, {"$ref": "#/$defs/PartShape"}]}
        schema["$defs"] |= part.pop("$defs") | {"Amount": AMOUNT_SCHEMA, "Part": either, "PartShape": part}
    if "earlier" in properties:
        yearly = [item for item in catalogue.indicators if not item.code.startswith(("activity.", "law."))]
        properties["figures"] |= _codes({indicator.code: _figure(indicator, catalogue) for indicator in yearly})
        schema["$defs"]["ActivityShape"]["properties"]["figures"] |= _counts(catalogue, "activity.")
    if "provisions" in properties:
        schema["$defs"]["ProvisionShape"]["properties"]["figures"] |= _counts(catalogue, "law.")
    for part in (schema, *schema.get("$defs", {}).values()):
        if "source" in part.get("properties", {}):
            # A year's file may be a draft.
            waiting = [UNANSWERED] * ("earlier" in properties)
            codes = [*(source.code for source in catalogue.sources), *waiting]
            part["properties"]["source"]["enum"] = list(dict.fromkeys(codes))


def _explain(schema: dict[str, Any], whole: type[Shape]) -> None:
    """Add what editors show: examples of keys, meanings of words."""
    defs = schema.get("$defs", {})
    for shape in shapes_in(whole):
        properties = (schema if shape is whole else defs[shape.__name__])["properties"]
        for key in shape.model_fields:
            value = example_of(shape, key)
            if value is not None and "enum" not in properties[key]:  # its words are those of the catalogue
                properties[key]["examples"] = [value]
        for words in (kind for field in shape.model_fields.values() for kind in words_in(field.annotation)):
            if words.__name__ in defs:
                defs[words.__name__]["enumDescriptions"] = [word.meaning for word in words]


def _close(schema: Any) -> None:
    """Refuse keys that match no `patternProperties` of their mapping."""
    if isinstance(schema, dict) and "patternProperties" in schema:
        schema.setdefault("additionalProperties", False)
    for inner in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        _close(inner)


def _members(axis: Dimension) -> dict[str, Any]:
    schema = _codes({member.code: {"title": member.label.text(ENGLISH)} | PART for member in axis.codes})
    country = f"^{axis.countries.replace(COUNTRY, '[A-Z]{2}')}$"
    return schema | ({"patternProperties": {country: PART}} if axis.countries else {})


def _codes(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _counts(catalogue: Catalogue, family: str) -> dict[str, Any]:
    indicators = [indicator for indicator in catalogue.indicators if indicator.code.startswith(family)]
    return _codes({indicator.code.removeprefix(family): _described(indicator, PART) for indicator in indicators})


def _figure(indicator: Indicator, catalogue: Catalogue) -> dict[str, Any]:
    breakdowns = {f"by {axis.code}": _members(axis) for axis in catalogue.axes(indicator)}
    whole = {
        "allOf": [{"$ref": "#/$defs/FigureShape"}],
        "type": "object",
        "properties": breakdowns,
        "propertyNames": {"anyOf": [{"enum": [*FigureShape.model_fields, *breakdowns]}, {"pattern": CROSS_KEY}]},
        "patternProperties": {CROSS_KEY: {"type": "object", "additionalProperties": {"type": "object"}}},
        "additionalProperties": True,
    }
    return _described(indicator, {"anyOf": [AMOUNT, whole]})


def _described(indicator: Indicator, schema: dict[str, Any]) -> dict[str, Any]:
    definition = indicator.definitions[0][1].text(ENGLISH) if indicator.definitions else ""
    return {"title": indicator.label.text(ENGLISH), "description": definition} | schema
