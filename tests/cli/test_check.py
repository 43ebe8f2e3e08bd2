"""`reporter check`: findings on stdout, the summary on stderr."""

import json
import re

import jsonschema
import pytest

from reporter.cli.finding_lines import WHY
from reporter.errors import ExitCode
from tests import small
from tests.cli.running import RIGHT, SUMMARY
from tests.export.machine_shapes import ESS, SARIF
from tests.fixtures import RURITANIA


def test_check_prints_findings_on_stdout_and_the_summary_on_stderr(called, workspace):
    code, out, err = called("check", "-w", workspace)
    assert (ExitCode.FINDINGS, "1 error, 1 warning, 0 notes, 0 accepted\n") == (code, err)
    first, second = out.splitlines()[:2]
    assert f"{small.YEAR}:4:34: error: parts of investigations.opened make 10, total is 11 [parts-make-total]" == first
    assert second.startswith("  hint: ")
    code, out, err = called("check", "--format", "json", "-w", workspace)
    (found,) = (each for each in json.loads(out) if each["severity"] == "error")
    place = tuple(found[name] for name in ("path", "line", "column", "code", "figure", "year"))
    assert (small.YEAR, 4, 34, "parts-make-total", "investigations.opened", 2020) == place
    assert (ExitCode.FINDINGS, True) == (code, bool(SUMMARY.fullmatch(err)))


def test_mistakes_in_reading_stand_alone_unless_they_are_many(called, tmp_path):
    wrong = "".join(f"  law.c{number}: {number},5\n" for number in range(11))
    root = small.write(tmp_path, {small.YEAR: f"{small.HEAD}figures:\n  victims.identified: <5\n{wrong}"})
    _, out, err = called("check", "-w", root)
    assert f"{small.YEAR}:4:23: error: victims.identified: '<5' does not say how many [wrong-type]" in out
    assert "  hint: write 'suppressed', or the number\n" in out
    assert out.count("has a decimal comma [wrong-type]\n  hint: write") == 7
    assert "4 errors: law.c7: '7,5' has a decimal comma, and more like it [wrong-type]" in out
    assert err.endswith("; -v lists them all\n")
    assert 11 == called("check", "-v", "-w", root)[1].count("has a decimal comma")


def test_a_warning_stops_only_when_asked_for_and_quiet_says_nothing_but_errors(called, workspace, tmp_path):
    right = small.write(tmp_path / "right", RIGHT)
    assert [0, 1] == [called("check", *options, "-w", right)[0] for options in ([], ["--strict"])]
    assert (0, "", "") == called("check", "-q", "-w", right)
    assert "parts-make-total" in called("check", "-q", "-w", workspace)[1]
    # That of a year shows what concerns it.
    said = [called("check", "XX", year, "-w", workspace)[1] for year in (2019, 2020)]
    assert [False, True] == ["parts-make-total" in each for each in said]


def test_an_accepted_finding_keeps_its_reason_and_every_line_is_a_place_a_hint_or_a_reason(called):
    code, out, err = called("check", "-v", "-w", RURITANIA)
    assert (0, True, True) == (code, bool(SUMMARY.fullmatch(err)), "0 errors" in err)
    said = "accepted error: parts of investigations.opened make 28, total is 30 [parts-make-total]\n  reason: As pub"
    assert said in out
    assert [] == [line for line in out.splitlines() if not re.match(r"\S+:\d+:\d+: |  (hint|reason): ", line)]


def test_a_finding_that_can_be_accepted_prints_lines_that_accept_it(called, workspace):
    _, out, _ = called("check", "-w", workspace)
    told = out.partition("[parts-make-total]\n")[2].splitlines()[1:6]
    assert f"  or paste under accepted: in {small.YEAR}; the reason is printed in the report:" == told[0]
    entry = "\n".join(line.removeprefix("  ") for line in told[1:]).replace(WHY, "As published.")
    with (workspace / small.YEAR).open("a", encoding="utf-8") as file:
        file.write(f"accepted:\n{entry}\n")
    code, out, err = called("check", "-w", workspace)
    assert (0, True) == (code, "1 accepted" in err)


def test_check_of_a_year_tells_of_a_catalogue_that_cannot_be_read_also_from_a_folder_inside(
    called, tmp_path, monkeypatch
):
    small.write(tmp_path, {"data/catalogue.yaml": "sources: [\n"})
    monkeypatch.chdir(tmp_path / "data" / "XX")
    code, out, _ = called("check", "XX", 2019)
    assert (1, True) == (code, "data/catalogue.yaml:" in out)


def test_texts_that_wait_for_a_decision_are_one_line_and_the_lines_to_paste(called, right):
    text = "# general_situation\n\nText.\n\n# victims\n\nText.\n\n## A {#a}\n\nText.\n"
    small.write(right, RIGHT | {small.TEXT: None, "data/XX/text/en/2019.md": text})
    code, out, _ = called("check", "XX", "-w", right)
    told = [line for line in out.splitlines() if "warning" not in line]
    paste = [
        "    - texts: [general_situation, victims, victims.a]",
        '      by: "[your name]"',
        '      day: "[the day]"',
    ]
    assert (1, paste) == (code, told[2:5])
    assert "data/XX/text/en/2019.md:3:1: 3 errors: " in told[0]
    assert "data/XX/2020.yaml:" in told[1]


FORMS = ("json", "sarif", "github", "ess")


def told(form: str, out: str) -> set[tuple[str, int, str]]:
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


def test_every_form_tells_what_is_found_and_where_seen_from_here(called, inside, monkeypatch):
    answers = {form: called("check", "--format", form) for form in FORMS}
    assert {ExitCode.FINDINGS} == {code for code, *_ in answers.values()}
    assert all(SUMMARY.fullmatch(err) for _, _, err in answers.values())
    (found,) = {frozenset(told(form, out)) for form, (_, out, _) in answers.items()}
    assert (small.YEAR, 4, "parts-make-total") in found
    with monkeypatch.context() as above:
        above.chdir(inside.parent)
        assert f"{inside.name}/{small.YEAR}" in called("check", "--format", "sarif", "-w", inside)[1]
    # Files that cannot be read are told too.
    (inside / small.YEAR).write_text("year: [")
    assert all("broken-yaml" in called("check", "--format", form)[1] for form in FORMS)


def test_exit_codes_are_those_of_all_forms_and_nothing_of_this_machine_is_told(called, right):
    for form in FORMS[1:]:
        asked = ("check", "--format", form, "-w", right)
        assert [0, 1, 2] == [called(*asked, *more)[0] for more in ([], ["--strict"], ["XX", "1999"])]
        assert "" == called(*asked, "YY")[1]
        assert str(right) not in called(*asked)[1]


def test_what_is_private_is_told_where_json_tells_it_and_never_to_the_public(called, inside):
    hidden = small.FILES[small.YEAR].replace("labour: 6", "labour: {value: 6, confidentiality: C}")
    (inside / small.YEAR).write_text(hidden)
    for more in ((), ("--public",)):
        (found,) = {frozenset(told(form, called("check", "--format", form, *more)[1])) for form in FORMS}
        assert found
        assert ((small.YEAR, 4, "parts-make-total") in found) == (not more)
