"""`reporter check` for other programs: each form tells what JSON tells, with the exit codes of all."""

import json
import re

import jsonschema
import pytest

from reporter.errors import ExitCode
from tests import small
from tests.cli.running import SUMMARY
from tests.export.machine_shapes import ESS, SARIF

FORMS = ("json", "sarif", "github", "ess")


def told(form: str, out: str) -> set[tuple[str, int, str]]:
    """File, line and rule of each open finding."""
    if form == "github":
        found = re.findall(r"^::\w+ file=([^,]*),line=(\d+),col=\d+,title=[^:]*\[([a-z-]+)\]::", out, re.MULTILINE)
        return {(path, int(line), code) for path, line, code in found}
    known = json.loads(out)
    if form == "sarif":
        jsonschema.Draft202012Validator(SARIF).validate(known)
        places = [(each, each["locations"][0]["physicalLocation"]) for each in known["runs"][0]["results"]]
        return {(at["artifactLocation"]["uri"], at["region"]["startLine"], each["ruleId"]) for each, at in places}
    if form == "ess":
        jsonschema.Draft202012Validator(ESS).validate(known)
        broken = [(each["data"]["description"], each["rule"]["expression"]) for each in known if each["value"] == "0"]
        return {(said.split(":")[0], int(said.split(":")[1]), code) for said, code in broken}
    return {(each["path"], each["line"], each["code"]) for each in known}


@pytest.fixture
def inside(workspace, monkeypatch):
    monkeypatch.chdir(workspace)
    return workspace


def test_every_form_tells_what_is_found_and_where(called, inside):
    answers = {form: called("check", "--format", form) for form in FORMS}
    assert {ExitCode.FINDINGS} == {code for code, *_ in answers.values()}
    assert all(SUMMARY.fullmatch(err) for _, _, err in answers.values())
    (found,) = {frozenset(told(form, out)) for form, (_, out, _) in answers.items()}
    assert (small.YEAR, 4, "parts-make-total") in found
    # Files that cannot be read are told too.
    (inside / small.YEAR).write_text("year: [")
    assert all("broken-yaml" in called("check", "--format", form)[1] for form in FORMS)


def test_exit_codes_are_those_of_all_forms_and_nothing_of_this_machine_is_told(called, right):
    for form in FORMS[1:]:
        asked = ("check", "--format", form, "-w", right)
        assert [0, 1, 2] == [called(*asked, *more)[0] for more in ([], ["--strict"], ["XX", "1999"])]
        assert "" == called(*asked, "YY")[1]
        assert str(right) not in called(*asked)[1]


@pytest.mark.parametrize("form", ["sarif", "github"])
def test_places_are_told_from_where_the_command_was_run(called, workspace, monkeypatch, form):
    monkeypatch.chdir(workspace.parent)
    path = f"{workspace.name}/{small.YEAR}"
    assert (path, 4, "parts-make-total") in told(form, called("check", "--format", form, "-w", workspace)[1])
    monkeypatch.chdir(workspace / "data")
    assert (small.YEAR, 4, "parts-make-total") in told(form, called("check", "--format", form)[1])


def test_what_is_private_is_told_where_json_tells_it_and_never_to_the_public(called, inside):
    hidden = small.FILES[small.YEAR].replace("labour: 6", "labour: {value: 6, confidentiality: C}")
    (inside / small.YEAR).write_text(hidden)
    for more in ((), ("--public",)):
        (found,) = {frozenset(told(form, called("check", "--format", form, *more)[1])) for form in FORMS}
        assert found
        assert ((small.YEAR, 4, "parts-make-total") in found) == (not more)
