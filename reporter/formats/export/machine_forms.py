"""What came of rules as a validation report of the European Statistical System, of the shape of the ESSnet
ValidatIntegration, version 1.0.1."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from reporter import __version__
from reporter.data.errors import Severity
from reporter.data.files.as_json import as_json

LANGUAGE = "reporter"
SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "information"}
# What names a value: country, year, file, indicator, dimension and code; empty where it is of none.
DataKey = tuple[str, str, str, str, str, str]


class RuleValue(StrEnum):
    """What came of a rule. NA: it could not be asked, since something it needs could not be read."""

    HOLDS = "1"
    BROKEN = "0"
    NOT_EVALUATED = "NA"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOutcome:
    """What came of a rule in an edition, or at one place. `day` is that of the edition. `target` is what the rule was
    asked of, `source` what it rests on besides; `told` says what was found and where, `accepted` why it is right all
    the same."""

    rule: str
    severity: Severity
    title: str
    country: str
    year: int | None
    day: str
    verdict: RuleValue
    target: tuple[DataKey, ...]
    source: tuple[DataKey, ...] = ()
    told: str = ""
    accepted: str = ""


def ess_report(outcomes: Iterable[RuleOutcome], trigger: str, agent: str = "") -> str:
    """Write the outcomes of rules as JSON, one a line. The actor is the program, and no person; `agent` is whose
    figures they are, `trigger` what asked for it. The time of an event is the day of its edition, so that the same
    files give the same bytes."""
    lines = ",\n".join(as_json(each, indent=None) for each in _validations(outcomes, trigger, agent))
    return f"[\n{lines}\n]\n"


def _validations(outcomes: Iterable[RuleOutcome], trigger: str, agent: str) -> Iterator[Mapping[str, object]]:
    numbers: Counter[str] = Counter()
    for each in outcomes:
        name = "-".join(filter(None, (each.country, str(each.year or ""), each.rule)))
        numbers[name] += 1
        yield {
            "id": f"{name}-{numbers[name]}",
            "type": "validation",
            "event": {
                "time": each.day,
                "actor": f"{LANGUAGE} {__version__}",
                "agent": agent or None,
                "trigger": trigger,
            },
            "rule": _evaluated(each),
            "data": {
                "source": [list(key) for key in each.source or each.target],
                "target": [list(key) for key in each.target],
                "description": each.told,
            },
            "value": each.verdict.value,
        }


def _evaluated(outcome: RuleOutcome) -> Mapping[str, str]:
    values = {
        "language": LANGUAGE,
        "expression": outcome.rule,
        "severity": SEVERITIES[outcome.severity],
        "description": outcome.title,
    }
    return values | ({"explanation": outcome.accepted} if outcome.accepted else {})
