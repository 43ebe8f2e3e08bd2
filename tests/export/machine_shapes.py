"""Our own statement of what other programs expect: of the standards the parts that are written here, and no others."""

from collections.abc import Mapping

from reporter.data.errors import Finding, Mark, Severity


def record(needed: Mapping[str, object], **more: object) -> dict[str, object]:
    return {"type": "object", "properties": {**needed, **more}, "required": [*needed], "additionalProperties": False}


TEXT = {"type": "string", "minLength": 1}
ITEMS = {"type": "array", "items": {"type": "array", "items": {"type": "string"}, "minItems": 6, "maxItems": 6}}
# A validation report of the ESSnet ValidatIntegration, 1.0.1.
ESS = {
    "type": "array",
    "items": record(
        {
            "id": TEXT,
            "type": {"const": "validation"},
            "event": record(
                {"time": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}, "actor": TEXT, "agent": {}, "trigger": {}}
            ),
            "rule": record(
                {
                    "language": TEXT,
                    "expression": TEXT,
                    "severity": {"enum": ["information", "warning", "error"]},
                    "description": {"type": "string"},
                },
                explanation=TEXT,
            ),
            "data": record({"source": ITEMS, "target": ITEMS, "description": {"type": "string"}}),
            "value": {"enum": ["0", "1", "NA"]},
        }
    ),
}


def finding(code: str = "jump", line: int = 4, **more: object) -> Finding:
    """A finding with places and words that have everything which must be escaped."""
    told: dict[str, object] = {
        "severity": Severity.WARNING,
        "code": code,
        "message": "50% rose, from 10: to 20\nand more",
        "mark": Mark("data/XX/2020 a.yaml", line, 3),
        "hint": "look it up: again",
        "figure": "victims.identified",
        "year": 2020,
        "title": "a change, that needs: a comment",
        "values": ((2019, "victims.identified", "10"), (2020, "victims.identified", "20")),
    }
    return Finding(**(told | more))
