"""Findings for other programs: SARIF, the validation report of the European Statistical System, commands of a run."""

import json
import re
from dataclasses import replace

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from reporter import __version__
from reporter.errors import Mark, Severity
from reporter.export.machine_forms import RuleOutcome, RuleValue, ess_report, sarif, workflow_commands
from tests.export.machine_shapes import ESS, SARIF, finding

RULES = {"sum": (Severity.ERROR, "parts do not sum"), "jump": (Severity.WARNING, "a change")}


def run_of(*findings, folder: str = "") -> dict:
    log = json.loads(sarif(findings, RULES, folder))
    jsonschema.Draft202012Validator(SARIF).validate(log)
    return log["runs"][0]


def prints(*findings) -> list[str]:
    return [next(iter(each["partialFingerprints"].values())) for each in run_of(*findings)["results"]]


def test_a_result_names_its_rule_place_and_words():
    (found,) = run_of(finding())["results"]
    place = found["locations"][0]["physicalLocation"]
    assert ("jump", 1, "warning") == (found["ruleId"], found["ruleIndex"], found["level"])
    assert {"uri": "data/XX/2020%20a.yaml", "uriBaseId": "SRCROOT"} == place["artifactLocation"]
    assert {"startLine": 4, "startColumn": 3} == place["region"]
    assert "50% rose, from 10: to 20\nand more\nlook it up: again" == found["message"]["text"]


def test_a_rule_without_findings_is_told_too_and_a_fault_of_reading_has_a_rule():
    rules = run_of(finding("bad-row", severity=Severity.ERROR, title=""))["tool"]["driver"]["rules"]
    assert ["sum", "jump", "bad-row"] == [each["id"] for each in rules]
    told = [each["shortDescription"]["text"] for each in rules]
    assert ["Parts do not sum", "A change", "A file that does not hold what it must"] == told
    assert ["error", "warning", "error"] == [each["defaultConfiguration"]["level"] for each in rules]


def test_what_is_accepted_is_suppressed_with_its_reason_and_the_rest_is_not():
    first, second = run_of(finding(), finding(accepted="The law changed."))["results"]
    assert [] == first["suppressions"]
    told = [(each["status"], each["justification"]) for each in second["suppressions"]]
    assert [("accepted", "The law changed.")] == told
    assert "look it up" not in second["message"]["text"]


def test_a_finding_keeps_its_name_while_lines_move_and_numbers_change():
    seen = finding()
    moved = replace(seen, mark=Mark(seen.mark.path, 90, 7))
    values = (*seen.values[:1], (2020, "victims.identified", "21"))
    changed = replace(seen, message="50% rose, from 10: to 21", values=values)
    assert 1 == len({name for each in (seen, moved, changed) for name in prints(each)})
    of_words = finding(values=(), message="stated twice, first on line 12")
    assert prints(of_words) == prints(replace(of_words, message="stated twice, first on line 80"))
    # Others have other names even where they say one thing.
    others = (
        finding("sum"),
        replace(seen, figure="victims.presumed"),
        replace(seen, year=2019),
        replace(seen, mark=Mark("data/YY/2020.yaml", 4, 3)),
        replace(seen, values=seen.values[1:]),
        replace(seen, mark=Mark(seen.mark.path, 5, 3)),
    )
    assert 1 + len(others) == len({*prints(seen, *others)})
    (found,) = run_of(finding(), folder="of the/profile")["results"]
    place = found["locations"][0]["physicalLocation"]["artifactLocation"]
    assert "of%20the/profile/data/XX/2020%20a.yaml" == place["uri"]


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
    (found,) = report(outcome(source=(WHOLE,), told="it rose", accepted="The law changed."))
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


COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::([^\r\n]*)")


def said(line: str) -> tuple[str, dict[str, str], str]:
    """Read a command as GitHub does."""
    found = COMMAND.fullmatch(line)
    assert found, line
    properties = dict(each.split("=", 1) for each in found[2].split(","))
    back = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))

    def plain(text: str) -> str:
        for written, sign in back:
            text = text.replace(written, sign)
        return text

    return found[1], {name: plain(value) for name, value in properties.items()}, plain(found[3])


def test_weights_have_the_names_of_github_and_accepted_ones_are_left_out():
    found = [finding(severity=each) for each in Severity] + [finding(accepted="So it is.")]
    assert ["error", "warning", "notice"] == [said(each)[0] for each in workflow_commands(found)]
    (line,) = workflow_commands([finding()], "profile")
    assert "profile/data/XX/2020 a.yaml" == said(line)[1]["file"]


@given(st.text(), st.text())
def test_no_words_end_a_command_or_begin_another(message, title):
    (line,) = workflow_commands([finding(message=message, title=title, hint="")])
    assert 1 == len(re.split(r"[\r\n]", line))
    assert title in said(line)[1]["title"] or "%" in title
    assert message == said(line)[2] or "%" in message
