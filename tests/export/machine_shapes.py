"""Our own statement of what other programs expect: of the standards the parts that are written here, and no others."""

from collections.abc import Mapping

from reporter.errors import Finding, Mark, Severity


def record(needed: Mapping[str, object], **more: object) -> dict[str, object]:
    return {"type": "object", "properties": {**needed, **more}, "required": [*needed], "additionalProperties": False}


TEXT = {"type": "string", "minLength": 1}
LEVEL = {"enum": ["error", "warning", "note", "none"]}
MESSAGE = record({"text": TEXT})
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
RULE = record(
    {
        "id": TEXT,
        "shortDescription": MESSAGE,
        "fullDescription": MESSAGE,
        "help": MESSAGE,
        "defaultConfiguration": record({"level": LEVEL}),
    }
)
LINE = {"type": "integer", "minimum": 1}
PLACE = record(
    {
        # A relative address, so that it tells nothing of a machine.
        "artifactLocation": record(
            {"uri": {"type": "string", "pattern": r"^(?!/)[^\s\\:]+$"}, "uriBaseId": {"const": "SRCROOT"}}
        ),
        "region": record({"startLine": LINE, "startColumn": LINE}),
    }
)
SUPPRESSION = record(
    {"kind": {"enum": ["inSource", "external"]}, "status": {"const": "accepted"}, "justification": TEXT}
)
RESULT = record(
    {
        "ruleId": TEXT,
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "message": MESSAGE,
        "locations": {"type": "array", "minItems": 1, "maxItems": 1, "items": record({"physicalLocation": PLACE})},
        "suppressions": {"type": "array", "items": SUPPRESSION},
        "partialFingerprints": {"type": "object", "additionalProperties": TEXT, "minProperties": 1},
    }
)
DRIVER = record(
    {
        "name": {"const": "reporter"},
        "version": TEXT,
        "semanticVersion": {"type": "string", "pattern": r"^\d+\.\d+\.\d+"},
        "rules": {"type": "array", "items": RULE},
    }
)
# SARIF 2.1.0.
SARIF = record(
    {
        "$schema": TEXT,
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1,
            "items": record(
                {
                    "tool": record({"driver": DRIVER}),
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "originalUriBaseIds": record({"SRCROOT": record({"description": MESSAGE})}),
                    "results": {"type": "array", "items": RESULT},
                }
            ),
        },
    }
)


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
