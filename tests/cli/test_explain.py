"""`reporter check`, `reporter explain` and `reporter export`: what they find, trace and write."""

import json
import re
from pathlib import Path

import pytest

from reporter.cli.finding_lines import WHY
from reporter.data.errors import ExitCode
from tests import agencies, small
from tests.cli.running import RIGHT, SUMMARY
from tests.fixtures import RURITANIA


def test_a_public_figure_is_traced_to_the_line_that_somebody_wrote(called, tmp_path):
    hidden = "  # of the register\n  persons.convicted: {total: 4, confidentiality: C, note: {en: By day.}}\n"
    text = small.FILES[small.YEAR].replace("figures:\n", f"figures:\n{hidden}")
    root = small.write(tmp_path, {small.YEAR: text})
    out = called("explain", "XX", 2020, "victims.identified", "--public", "-w", root)[1]
    line = text.splitlines()[int(re.search(rf"stated in +{small.YEAR}:(\d+)", out)[1]) - 1]
    assert line.startswith("  victims.identified: ")
    said = called("explain", "XX", 2020, "persons.convicted", "--public", "--audience", "restricted", "-w", root)
    assert (2, "") == said[:2]
    assert said[2].startswith("reporter: --public and --audience restricted contradict each other\n")


def test_explain_tells_what_each_edition_said_of_a_restated_figure(called):
    code, _, err = called("explain", "XX", 2019, "investigations.conducteed", "-w", RURITANIA)
    assert (2, True) == (code, "hint: did you mean investigations.conducted, " in err)
    asked = ("explain", "XX", 2019, "investigations.conducted", "-w", RURITANIA)
    found = json.loads(called(*asked, "--format", "json")[1])
    assert "55" == found["value"]
    assert ["edition 2019: 55", "edition 2021: 57"] == [each.split(" (")[0] for each in found["vintages"]]


def test_explain_in_json_is_complete_and_names_every_place_where_the_value_is_printed(called):
    printed = {
        "law.new_code.prison_max": ["6.1 Criminal law, text", "6.1 Criminal law, Table 3"],
        "victims.presumed": [
            "At a glance, Figure 1",
            "Compared with the year before, Table 1",
            "3.1 Victims, text",
            "9 The figures year by year, Table 7",
            "8 Data behind the charts, Table 13 (Data and methods)",
        ],
    }
    for address, places in printed.items():
        code, out, _ = called("explain", "XX", 2022, address, "--format", "json", "-w", RURITANIA)
        found = json.loads(out)
        assert (0, address, 2022) == (code, found["address"], found["year"])
        assert [] == [name for name in ("value", "label", "definition", "place", "source") if not found[name]]
        assert places == found["printed"]


def test_explain_tells_the_workbook_and_the_cell_that_a_value_came_from(called, tmp_path):
    first = agencies.sent("police", {"investigations.opened": "12", "victims.identified": "80"}, remark="By day.")
    later = agencies.sent("police", {"victims.identified": "81"}, 2, "2021-04-05")
    courts = agencies.sent("courts", {"victims.identified": "79"})
    root = agencies.workspace(tmp_path, first, later, courts)
    said = called("explain", "XX", 2020, "victims.identified", "--audience", "restricted", "-w", root)[1]
    assert [
        "  came from  police-2020.xlsx, Victims!C8, received 3 March 2021",
        "             By day.",
        "  otherwise  79: courts-2020.xlsx, Victims!C7, received 3 March 2021",
        "  otherwise  81: police-2020 (2).xlsx, Victims!C7, received 5 April 2021",
    ] == said.splitlines()[5:9]
    public = called("explain", "XX", 2020, "victims.identified", "-w", root)[1]
    told = ["came from  police-2020.xlsx, Victims!C8, received 3 March 2021"]
    assert (told, False) == (re.findall("came.*|otherwise.*", public), "By day." in public)
    assert "came from" not in called("explain", "XX", 2020, "investigations.opened", "-w", root)[1]


def test_where_a_withheld_value_came_from_is_told_to_those_alone_who_may_know_it(called, tmp_path):
    text = small.FILES[small.YEAR].replace("men: 20", "men: {value: 4, confidentiality: C}")
    received = agencies.sent("police", {"victims.identified.men": "4"})
    root = agencies.workspace(tmp_path, received, files=small.FILES | {small.YEAR: text})
    asked = ("explain", "XX", 2020, "victims.identified.men", "--format", "json", "-w", root)
    assert {"came": [], "otherwise": []} == json.loads(called(*asked, "--public")[1])["agencies"]
    (told,) = json.loads(called(*asked, "--audience", "restricted")[1])["agencies"]["came"]
    expected = {"agency": "police", "file": "police-2020.xlsx", "cell": "Victims!C7", "value": "4"}
    assert expected.items() <= told.items()


def test_export_writes_below_build_and_says_what(called, tmp_path, monkeypatch):
    monkeypatch.chdir(small.write(tmp_path, RIGHT))
    code, out, err = called("export", "XX", 2020, "--format", "csv,json")
    names = ["observations.csv", "observations.csv-metadata.json", "coverage.csv", "coverage.csv-metadata.json"]
    paths = [f"build/XX/2020/export/XX-2020-en-{name}" for name in (*names, "observations.json")]
    assert (0, "".join(f"{each}\n" for each in paths), "") == (code, out, err)
    assert all(Path(each).is_file() for each in paths)


@pytest.mark.parametrize("note", ["=cmd|' /C calc'!A0", "@SUM(1)", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0"])
def test_no_csv_holds_a_formula_by_whatever_door_it_leaves(called, tmp_path, note):
    plain, noted = "women: 60, men: 20}", f'women: 60, men: 20}}, note: {{en: "{note}"}}'
    root = small.write(tmp_path, RIGHT | {small.YEAR: RIGHT[small.YEAR].replace(plain, noted)})
    code, out, err = called("export", "XX", 2020, "--format", "csv", "-w", root)
    said = f"the note on victims.identified begins like a spreadsheet formula: {note}"
    assert (1, "", True, []) == (code, out, said in err, [*root.rglob("build/**/*.csv")])
    # What stops the build is not offered for acceptance.
    assert "under accepted:" not in called("check", "XX", 2020, "--verbose", "-w", root)[1]


@pytest.mark.parametrize(
    ("form", "output", "made"),
    [
        ("json", "new/figures.json", {"new/figures.json"}),
        ("csv", "f.csv", {"f.csv", "f.csv-metadata.json", "f-coverage.csv", "f-coverage.csv-metadata.json"}),
        ("md", "folder/", {"folder/XX-2020-en-general_situation.md"}),
        ("json", "folder", {"folder/XX-2020-en-observations.json"}),
    ],
)
def test_output_names_a_file_or_a_folder(called, tmp_path, monkeypatch, form, output, made):
    root = small.write(tmp_path / "work", RIGHT)
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")
    assert 0 == called("export", "XX", "--format", form, "-o", output, "-w", root)[0]
    assert made == {path.relative_to(Path.cwd()).as_posix() for path in Path.cwd().rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["XX", "--format", "docx"], "unknown format 'docx'\n  hint: formats: csv, xlsx, sdmx-csv, json"),
        (["XX", "2015-2020"], "XX has no figures before 2018\n  hint: write 2018-2020"),
        (["XX", "2020-2018"], "the span 2020-2018 ends before it starts\n  hint: write 2018-2020"),
        (["XX", "twenty"], "'twenty' is neither a year nor a span of years\n  hint: write 2020 or 2015-2020"),
        (["XX", "--format", "csv,json", "-o", "a.csv"], "a.csv is one file; several formats are more\n  hint: name"),
        (["XX", "--format", "sdmx-csv", "-o", "a.csv"], "a.csv is one file; sdmx-csv are more\n  hint: name a folder"),
        (["XX", "--format", "xlsx", "-o", "a.xls"], "a.xls does not have the ending of xlsx\n  hint: write -o a.xlsx"),
    ],
)  # fmt: skip
def test_wrong_usage_says_what_would_be_right(called, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(small.write(tmp_path, RIGHT))
    code, out, err = called("export", *arguments)
    assert (ExitCode.USAGE, "", True, False) == (code, out, said in err, (tmp_path / "build").exists())


def test_an_error_in_the_data_and_missing_tables_of_eurostat_stop_the_export(called, tmp_path):
    code, out, err = called("export", "XX", "-w", small.write(tmp_path))
    assert (ExitCode.FINDINGS, "") == (code, out)
    assert f"{small.YEAR}:4:34: error: parts of investigations.opened add up to 10, the total is 11" in err
    code, out, err = called("export", "XX", "--format", "csv,sdmx-csv", "-w", small.write(tmp_path, RIGHT))
    said = "data/catalogue.yaml:1:1: the catalogue has no Eurostat tables\n  hint: list them under eurostat:"
    assert (ExitCode.FINDINGS, "", True) == (code, out, said in err)
    assert [".cache"] >= [path.name for path in tmp_path.glob("build/*")]


def test_restricted_files_lie_beside_those_for_everybody_with_names_of_their_own(called, tmp_path):
    root = small.write(tmp_path, RIGHT)
    export = ("export", "XX", "2019–2020", "--format", "csv,json", "-w", root)
    assert 0 == called(*export)[0]
    code, out, _ = called(*export, "--audience", "restricted")
    names = sorted(path.name for path in (root / "build/XX/2020/export").glob("*.json"))
    stems = ("XX-2019-2020-en", "XX-2019-2020-restricted-en")
    files = ("coverage.csv-metadata", "observations", "observations.csv-metadata")
    assert (0, sorted(f"{stem}-{file}.json" for stem in stems for file in files)) == (code, names)
    assert all("restricted" in line for line in out.splitlines())


def test_check_prints_findings_on_stdout_and_the_summary_on_stderr(called, workspace):
    code, out, err = called("check", "-w", workspace)
    assert (ExitCode.FINDINGS, "1 error, 1 warning, 0 notes, 0 accepted\n") == (code, err)
    first, second = out.splitlines()[:2]
    assert (
        f"{small.YEAR}:4:34: error: parts of investigations.opened add up to 10, the total is 11 [parts-make-total]"
        == first
    )
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
    assert f"{small.YEAR}:4:23: error: victims.identified: '<5' is a limit or a range [wrong-type]" in out
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
    said = [called("check", "XX", year, "-w", workspace)[1] for year in (2019, 2020)]
    assert [False, True] == ["parts-make-total" in each for each in said]


def test_a_finding_that_can_be_accepted_prints_lines_that_accept_it(called, workspace):
    _, out, _ = called("check", "-w", workspace)
    told = out.partition("[parts-make-total]\n")[2].splitlines()[1:6]
    assert f"  or paste under accepted: in {small.YEAR}; the reason is printed in the report:" == told[0]
    entry = "\n".join(line.removeprefix("  ") for line in told[1:]).replace(WHY, "As published.")
    with (workspace / small.YEAR).open("a", encoding="utf-8") as file:
        file.write(f"accepted:\n{entry}\n")
    code, out, err = called("check", "-v", "-w", workspace)
    said = (
        "accepted error: parts of investigations.opened add up to 10, the total is 11 [parts-make-total]\n  reason: "
        "As pub"
    )
    assert (0, True, True) == (code, "1 accepted" in err, said in out)
    assert [] == [
        line for line in out.splitlines() if not re.match(r"\S+:\d+:\d+: |  (hint|reason): |  or paste |    ", line)
    ]


def test_check_of_a_year_tells_of_a_catalogue_that_cannot_be_read(called, tmp_path, monkeypatch):
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
    assert (1, paste, True) == (code, told[2:5], "data/XX/text/en/2019.md:3:1: 3 errors: " in told[0])
    assert "data/XX/2020.yaml:" in told[1]


def told(out: str) -> set[tuple[str, int, str]]:
    return {(each["path"], each["line"], each["code"]) for each in json.loads(out)}


@pytest.fixture
def inside(workspace, monkeypatch):
    monkeypatch.chdir(workspace)
    return workspace


def test_json_tells_what_is_found_and_where(called, inside):
    code, out, err = called("check", "--format", "json")
    assert (ExitCode.FINDINGS, True) == (code, bool(SUMMARY.fullmatch(err)))
    assert (small.YEAR, 4, "parts-make-total") in told(out)
    (inside / small.YEAR).write_text("year: [")
    assert "broken-yaml" in called("check", "--format", "json")[1]


def test_exit_codes_are_those_of_text_and_nothing_of_this_machine_is_told(called, right):
    asked = ("check", "--format", "json", "-w", right)
    assert [0, 1, 2] == [called(*asked, *more)[0] for more in ([], ["--strict"], ["XX", "1999"])]
    assert ("", False) == (called(*asked, "YY")[1], str(right) in called(*asked)[1])


def test_what_is_private_is_told_in_json_and_never_to_the_public(called, inside):
    hidden = small.FILES[small.YEAR].replace("labour: 6", "labour: {value: 6, confidentiality: C}")
    (inside / small.YEAR).write_text(hidden)
    for more in ((), ("--public",)):
        found = told(called("check", "--format", "json", *more)[1])
        assert found
        assert ((small.YEAR, 4, "parts-make-total") in found) == (not more)
