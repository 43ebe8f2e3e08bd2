"""Findings as SARIF 2.1.0 (OASIS), which code hosts and editors read; as workflow commands, which GitHub shows at their
lines; and what came of rules as a validation report of the European Statistical System, of the shape of the ESSnet
ValidatIntegration, version 1.0.1."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from reporter import __version__
from reporter.errors import Finding, Severity
from reporter.files.as_json import as_json
from reporter.files.checksum import checksum

SCHEMA, VERSION = "https://json.schemastore.org/sarif-2.1.0.json", "2.1.0"
# The folder that places are told from; its own place on a machine is nobody's business.
ROOT, WHAT_ROOT = "SRCROOT", "the folder in which the check was run"
# A finding keeps this name while lines move and numbers change.
PRINT = "reporterFinding/v1"
PLACE = re.compile(r"(?::\d+){1,2}\b|\bline \d+", re.ASCII)
UNREAD = "a file that does not hold what it must"
# What docs/rules.md says of each weight.
MEANINGS = {
    Severity.ERROR: "An error keeps an edition that is no draft from being built.",
    Severity.WARNING: "A warning asks for an answer.",
    Severity.NOTE: "A note is for information.",
}
TO_DO = (
    "Correct the file at this place, or accept the finding with a reason under accepted: in the file of the year. "
    "reporter check prints the lines to paste; docs/rules.md tells every rule."
)
NOTHING_TO_DO = "Nothing has to be done. docs/rules.md tells every rule."


# The weight and title of a rule.
ToldRule = tuple[Severity, str]


def sarif(findings: Sequence[Finding], rules: Mapping[str, ToldRule], folder: str = "") -> str:
    """Write findings as a log of one run. Paths begin with the `folder` of the workspace, empty where the check was run
    in it. The rules that findings name come after those given, where they are not among them."""
    known = dict(rules)
    for each in findings:
        known.setdefault(each.code, (each.severity, each.title or UNREAD))
    places = {code: number for number, code in enumerate(known)}
    run = {
        "tool": {
            "driver": {
                "name": "reporter",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(code, *each) for code, each in known.items()],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": WHAT_ROOT}}},
        "results": [
            _result(each, places[each.code], folder) | {"partialFingerprints": {PRINT: fingerprint}}
            for each, fingerprint in zip(findings, _fingerprints(findings), strict=True)
        ],
    }
    return as_json({"$schema": SCHEMA, "version": VERSION, "runs": [run]})


def _rule(code: str, severity: Severity, title: str) -> Mapping[str, object]:
    told = title[0].upper() + title[1:]
    return {
        "id": code,
        "shortDescription": {"text": told},
        "fullDescription": {"text": f"{told}. {MEANINGS[severity]}"},
        "help": {"text": NOTHING_TO_DO if severity is Severity.NOTE else TO_DO},
        # The three weights are called alike in both.
        "defaultConfiguration": {"level": severity.value},
    }


def _result(found: Finding, rule: int, folder: str) -> dict[str, object]:
    hint = "" if found.accepted else found.hint
    uri = quote(f"{folder}/{found.mark.path}" if folder else found.mark.path)
    region = {"startLine": found.mark.line, "startColumn": found.mark.column}
    place = {"artifactLocation": {"uri": uri, "uriBaseId": ROOT}, "region": region}
    accepted = [{"kind": "inSource", "status": "accepted", "justification": found.accepted}] if found.accepted else []
    return {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": found.severity.value,
        "message": {"text": f"{found.message}\n{hint}" if hint else found.message},
        "locations": [{"physicalLocation": place}],
        # Where one result tells of it, all must.
        "suppressions": accepted,
    }


def _fingerprints(findings: Iterable[Finding]) -> Iterator[str]:
    """Name each finding by what it is about, not its line. That is its file, rule, figure, year and the figures
    compared; where there are none, what it says. Those that share a name are numbered."""
    seen: Counter[str] = Counter()
    for each in findings:
        compared = " ".join(f"{year}:{address}" for year, address, _ in each.values)
        about = compared or each.words or each.message
        parts = (each.code, each.mark.path, each.figure, each.year or "", PLACE.sub("", about))
        name = checksum("\n".join(map(str, parts)))
        seen[name] += 1
        yield f"{name[:32]}:{seen[name]}"


COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
# The percent sign first: it begins what stands for the others.
IN_TEXT = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
IN_PROPERTY = (*IN_TEXT, (":", "%3A"), (",", "%2C"))


def workflow_commands(findings: Iterable[Finding], folder: str = "") -> Iterator[str]:
    """The command of each finding that nobody accepted. GitHub shows ten of each weight in a step, so that accepted
    ones would hide what is open. Paths begin with the `folder` of the workspace, empty where the check was run in
    it."""
    for each in findings:
        if not each.accepted:
            path = f"{folder}/{each.mark.path}" if folder else each.mark.path
            title = f"{each.title} [{each.code}]" if each.title else each.code
            said = {"file": path, "line": each.mark.line, "col": each.mark.column, "title": title}
            properties = ",".join(f"{name}={_escaped(str(value), IN_PROPERTY)}" for name, value in said.items())
            text = f"{each.message}\nhint: {each.hint}" if each.hint else each.message
            yield f"::{COMMANDS[each.severity]} {properties}::{_escaped(text, IN_TEXT)}"


def _escaped(text: str, signs: Iterable[tuple[str, str]]) -> str:
    for sign, instead in signs:
        text = text.replace(sign, instead)
    return text


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
