"""Findings for other programs: the validation report of the European Statistical System."""

import json

import jsonschema

from reporter import __version__
from reporter.data.errors import Severity
from reporter.formats.export.observations import RuleOutcome, RuleValue, ess_report
from tests.export.machine_shapes import ESS

KEY = ("XX", "2020", "data/XX/2020.yaml", "victims.identified", "person", "women")
WHOLE = ("XX", "2020", "", "", "", "")


def outcome(verdict: RuleValue = RuleValue.BROKEN, **more) -> RuleOutcome:
    told = {"rule": "jump", "severity": Severity.NOTE, "title": "a change", "country": "XX", "year": 2020}
    return RuleOutcome(**(told | {"day": "2021-05-03", "verdict": verdict, "target": (KEY,)} | more))


def report(*outcomes: RuleOutcome) -> list[dict]:
    told = json.loads(ess_report(outcomes, "reporter check", "The Ministry"))
    jsonschema.Draft202012Validator(ESS).validate(told)
    return told


def test_a_finding_is_a_validation_that_does_not_hold():
    (found,) = report(outcome(source=(WHOLE,), finding="it rose", accepted="The law changed."))
    data = {"description": "it rose", "target": [list(KEY)], "source": [list(WHOLE)]}
    assert ("0", data) == (found["value"], found["data"])
    told = tuple(found["rule"][name] for name in ("expression", "severity", "description", "explanation"))
    assert ("jump", "information", "a change", "The law changed.") == told
    known = {"time": "2021-05-03", "actor": f"reporter {__version__}"}
    assert known | {"agent": "The Ministry", "trigger": "reporter check"} == found["event"]


def test_each_validation_has_a_name_of_its_own_and_a_source():
    found = report(
        outcome(), outcome(), outcome(RuleValue.HOLDS, year=None), outcome(RuleValue.NOT_EVALUATED, country="")
    )
    assert ["XX-2020-jump-1", "XX-2020-jump-2", "XX-jump-1", "2020-jump-1"] == [each["id"] for each in found]
    assert ["0", "0", "1", "NA"] == [each["value"] for each in found]
    assert all(each["data"]["source"] == each["data"]["target"] for each in found)
