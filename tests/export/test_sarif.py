"""Findings as SARIF: what code hosts and editors need of them, and nothing of this machine."""

import json
from dataclasses import replace

import jsonschema

from reporter.errors import Mark, Severity
from reporter.export.sarif import ToldRule, sarif
from tests.export.machine_shapes import SARIF, finding

RULES = (ToldRule("sum", Severity.ERROR, "parts do not sum"), ToldRule("jump", Severity.WARNING, "a change"))


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
    assert ["Parts do not sum", "A change", "A file that does not hold what it must"] == [
        each["shortDescription"]["text"] for each in rules
    ]
    assert ["error", "warning", "error"] == [each["defaultConfiguration"]["level"] for each in rules]


def test_what_is_accepted_is_suppressed_with_its_reason_and_the_rest_is_not():
    first, second = run_of(finding(), finding(accepted="The law changed."))["results"]
    assert [] == first["suppressions"]
    assert [("accepted", "The law changed.")] == [
        (each["status"], each["justification"]) for each in second["suppressions"]
    ]
    assert "look it up" not in second["message"]["text"]


def test_a_finding_keeps_its_name_while_lines_move_and_numbers_change():
    seen = finding()
    moved = replace(seen, mark=Mark(seen.mark.path, 90, 7))
    changed = replace(
        seen, message="50% rose, from 10: to 21", values=(*seen.values[:1], (2020, "victims.identified", "21"))
    )
    assert 1 == len({name for each in (seen, moved, changed) for name in prints(each)})
    of_words = finding(values=(), message="stated twice, first on line 12")
    assert prints(of_words) == prints(replace(of_words, message="stated twice, first on line 80"))


def test_other_findings_have_other_names_even_where_they_say_one_thing():
    seen = finding()
    others = (
        finding("sum"),
        replace(seen, figure="victims.presumed"),
        replace(seen, year=2019),
        replace(seen, mark=Mark("data/YY/2020.yaml", 4, 3)),
        replace(seen, values=seen.values[1:]),
        replace(seen, mark=Mark(seen.mark.path, 5, 3)),
    )
    assert 1 + len(others) == len({*prints(seen, *others)})


def test_places_begin_with_the_folder_of_the_workspace():
    (found,) = run_of(finding(), folder="of the/profile")["results"]
    assert (
        "of%20the/profile/data/XX/2020%20a.yaml" == found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    )
