"""`reporter check`: findings on stdout, the summary on stderr."""

import json
import re

from reporter.cli.finding_lines import WHY
from reporter.errors import ExitCode
from tests import small
from tests.cli.running import RIGHT, SUMMARY
from tests.fixtures import RURITANIA


def test_check_prints_findings_on_stdout_and_the_summary_on_stderr(called, workspace):
    code, out, err = called("check", "-w", workspace)
    assert (ExitCode.FINDINGS, "1 error, 1 warning, 0 notes, 0 accepted\n") == (code, err)
    first, second = out.splitlines()[:2]
    assert f"{small.YEAR}:4:34: error: parts of investigations.opened make 10, total is 11 [parts-make-total]" == first
    assert second.startswith("  hint: ")


def test_check_in_json_is_data_and_nothing_else(called, workspace):
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


def test_unreadable_files_are_findings_in_the_order_of_files_beside_those_of_the_rest(called, tmp_path):
    root = small.write(tmp_path, {small.YEAR: "year: [", "data/XX/country.yaml": None})
    code, out, _ = called("check", "-v", "-w", root)
    assert ExitCode.FINDINGS == code
    assert ["jump", "missing-key", "broken-yaml", "wrong-type", "missing-file"] == re.findall(r"\[([a-z-]+)\]\n", out)


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
