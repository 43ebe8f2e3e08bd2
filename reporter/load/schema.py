"""Make JSON Schemas of the files, for editors.

They are the shapes, completed with the codes of a workspace's catalogue.
"""

import json
from typing import Any

from reporter.load.fields import AMOUNT_SCHEMA
from reporter.load.shapes import SHAPES, FigureShape, PartShape
from reporter.model import Catalogue, Indicator

DRAFT = "https://json-schema.org/draft/2020-12/schema"
AMOUNT, PART = {"$ref": "#/$defs/Amount"}, {"$ref": "#/$defs/Part"}


def schema_of(name: str, catalogue: Catalogue | None) -> dict[str, Any]:
    """Make the schema of one kind of file.

    The kinds are those of SHAPES; KeyError for another.
    """
    schema = SHAPES[name].model_json_schema(by_alias=True)
    if catalogue:
        _complete(schema, catalogue)
    _close(schema)
    return {"$schema": DRAFT, "title": f"reporter: {name}"} | schema


def schema_text(name: str, catalogue: Catalogue | None) -> str:
    """Make the schema of one kind of file, as JSON text."""
    return json.dumps(schema_of(name, catalogue), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _complete(schema: dict[str, Any], catalogue: Catalogue) -> None:
    properties = schema["properties"]
    if "earlier" in properties or "provisions" in properties:
        part = PartShape.model_json_schema(ref_template="#/$defs/{model}")
        either = {"anyOf": [AMOUNT, {"$ref": "#/$defs/PartShape"}]}
        schema["$defs"] |= part.pop("$defs") | {"Amount": AMOUNT_SCHEMA, "Part": either, "PartShape": part}
    if "earlier" in properties:
        yearly = [each for each in catalogue.indicators if not each.code.startswith(("activity.", "law."))]
        properties["figures"] = _codes({each.code: _figure(each, catalogue) for each in yearly})
        schema["$defs"]["ActivityShape"]["properties"]["figures"] = _counts(catalogue, "activity.")
    if "provisions" in properties:
        schema["$defs"]["ProvisionShape"]["properties"]["figures"] = _counts(catalogue, "law.")
    for part in (schema, *schema.get("$defs", {}).values()):
        if "source" in part.get("properties", {}):
            part["properties"]["source"] = {"enum": list(dict.fromkeys(each.code for each in catalogue.sources))}


def _close(schema: Any) -> None:
    """Refuse keys that match no `patternProperties` of their mapping."""
    if isinstance(schema, dict) and "patternProperties" in schema:
        schema.setdefault("additionalProperties", False)
    for inner in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        _close(inner)


def _codes(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _counts(catalogue: Catalogue, family: str) -> dict[str, Any]:
    found = [each for each in catalogue.indicators if each.code.startswith(family)]
    return _codes({each.code.removeprefix(family): _described(each, PART) for each in found})


def _figure(each: Indicator, catalogue: Catalogue) -> dict[str, Any]:
    axes = [axis for name in each.dimensions if (axis := catalogue.dimension(name))]
    breakdowns = {
        f"by {axis.code}": _codes({member.code: {"title": member.label.text("en")} | PART for member in axis.codes})
        for axis in axes
    }
    whole = {
        "allOf": [{"$ref": "#/$defs/FigureShape"}],
        "type": "object",
        "properties": breakdowns,
        "propertyNames": {"enum": [*FigureShape.model_fields, *breakdowns]},
    }
    return _described(each, {"anyOf": [AMOUNT, whole]})


def _described(each: Indicator, schema: dict[str, Any]) -> dict[str, Any]:
    definition = each.definitions[0][1].text("en") if each.definitions else ""
    return {"title": each.label.text("en"), "description": definition} | schema
