"""`reporter export`: where files go, and what stops it."""

from pathlib import Path

import pytest

from reporter.errors import ExitCode
from tests import small
from tests.cli.running import RIGHT


def test_export_writes_below_build_and_says_what(called, tmp_path, monkeypatch):
    monkeypatch.chdir(small.write(tmp_path, RIGHT))
    code, out, err = called("export", "XX", 2020, "--format", "csv,json")
    names = ["observations.csv", "observations.csv-metadata.json", "coverage.csv", "coverage.csv-metadata.json"]
    paths = [f"build/XX/2020/export/XX-2020-en-{name}" for name in (*names, "observations.json")]
    assert (0, "".join(f"{each}\n" for each in paths), "") == (code, out, err)
    assert all(Path(each).is_file() for each in paths)


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
        (["XX", "2021"], "XX has no file for 2021\n  hint: years with a file: 2018–2020"),
        (["XX", "2015-2020"], "XX has no figures before 2018\n  hint: write 2018-2020"),
        (["XX", "2020-2018"], "the span 2020-2018 ends before it begins\n  hint: write 2018-2020"),
        (["XX", "twenty"], "'twenty' is neither a year nor a span of years\n  hint: write 2020 or 2015-2020"),
        (["XX", "--lang", "xx"], "reporter.yaml does not list the language 'xx'\n  hint: languages: en"),
        (["XX", "--format", "csv,json", "-o", "a.csv"], "a.csv is one file; several formats are more\n  hint: name"),
        (["XX", "--format", "sdmx-csv", "-o", "a.csv"], "a.csv is one file; sdmx-csv are more\n  hint: name a folder"),
        (["XX", "--format", "md", "-o", "a.md"], "a.md is one file; md are more\n  hint: name a folder: -o a/"),
        (["XX", "--format", "xlsx", "-o", "a.xls"], "a.xls does not have the ending of xlsx\n  hint: write -o a.xlsx"),
    ],
)  # fmt: skip
def test_wrong_usage_says_what_would_be_right(called, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(small.write(tmp_path, RIGHT))
    code, out, err = called("export", *arguments)
    assert (ExitCode.USAGE, "") == (code, out)
    assert said in err
    assert not (tmp_path / "build").exists()


def test_an_error_in_the_data_and_missing_tables_of_eurostat_stop_the_export(called, tmp_path):
    code, out, err = called("export", "XX", "-w", small.write(tmp_path))
    assert (ExitCode.FINDINGS, "") == (code, out)
    assert f"{small.YEAR}:4:34: error: parts of investigations.opened make 10, total is 11" in err
    code, out, err = called("export", "XX", "--format", "csv,sdmx-csv", "-w", small.write(tmp_path, RIGHT))
    said = "data/catalogue.yaml:1:1: the catalogue names no tables of Eurostat\n  hint: list them under eurostat:"
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
