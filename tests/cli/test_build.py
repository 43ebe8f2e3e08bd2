"""`reporter build`: what is meant, what stops it, and what it says."""

import json

import pytest

from reporter.errors import ExitCode
from tests import small
from tests.cli.running import RIGHT


def test_a_failed_build_says_why_on_stderr_and_writes_nothing(called, workspace):
    code, out, err = called("build", "-w", workspace)
    assert (ExitCode.FINDINGS, "") == (code, out)
    assert f"{small.YEAR}:4:34: error: parts of investigations.opened make 10, total is 11" in err
    assert "reporter: XX 2020 (en): 1 error in the data\n" in err
    written = [path for path in (workspace / "build").rglob("*") if path.is_file() and path.suffix != ".lock"]
    # What was found in the data is known to the next build.
    assert ["XX-XX-2020.json"] == [path.name for path in written]
    code, out, err = called("build", "--json", "-w", workspace)
    main, methods = json.loads(out)
    assert (ExitCode.FINDINGS, "failed", "1 error in the data") == (code, main["state"], main["error"])
    assert main | {"volume": "data-and-methods"} == methods
    assert (1, True) == (len(main["findings"]), bool(err))


def test_an_unchanged_edition_is_said_to_be_so(called, right, monkeypatch):
    monkeypatch.chdir(right)
    called("build", "--format", "html")
    names = ["XX-2020-en", "XX-2020-data-and-methods-en"]
    lines = "".join(f"build/XX/2020/{name}.html (unchanged)\n" for name in names)
    assert (0, lines, "") == called("build", "--format", "html")
    found = json.loads(called("build", "XX", 2020, "--format", "html", "--json")[1])
    paths = [str(right / f"build/XX/2020/{name}.html") for name in names]
    files = [[{"format": "html", "path": path, "state": "unchanged"}] for path in paths]
    common = {"country": "XX", "year": 2020, "language": "en", "state": "unchanged", "set_aside": None}
    assert [common | {"files": files[0]}, common | {"volume": "data-and-methods", "files": files[1]}] == found


def test_a_language_nobody_knows_is_refused_and_warnings_stop_a_strict_build(called, right):
    code, out, err = called("build", "--lang", "xx", "-w", right)
    assert (ExitCode.USAGE, "") == (code, out)
    assert "reporter.yaml does not list the language 'xx'\n  hint: languages: en" in err
    code, _, err = called("build", "--strict", "-w", right)
    assert (ExitCode.FINDINGS, True) == (code, "warning: " in err)


TWO = {
    name.replace("XX", "YY"): text.replace("code: XX", "code: YY") for name, text in small.FILES.items() if "XX" in name
}


SETTINGS = "title: {en: Small}\nlanguages: [en]\n"


def test_without_a_country_the_one_in_the_settings_is_meant_else_every_one(called, tmp_path):
    root = small.write(tmp_path, TWO | RIGHT | {"reporter.yaml": f"{SETTINGS}country: XX\n"})
    (root / "data/LV").mkdir()  # An empty folder is no country.
    assert (0, "", "") == called("check", "-q", "-w", root)
    assert ExitCode.FINDINGS == called("check", "YY", "-q", "-w", root)[0]
    (root / "reporter.yaml").write_text(SETTINGS)
    code, out, _ = called("check", "-q", "-w", root)
    assert (ExitCode.FINDINGS, True) == (code, out.startswith("data/YY/2020.yaml:"))
    (root / "reporter.yaml").write_text(f"{SETTINGS}country: ZZ\n")
    said = "reporter.yaml says country: ZZ, which has no data\n  hint: countries with data: XX, YY"
    for command in ("check", "build"):
        code, out, err = called(command, "-w", root)
        assert (ExitCode.USAGE, "", True) == (code, out, said in err)


def test_all_years_of_the_country_in_the_settings_are_tried_before_any_failure_is_told(called, tmp_path):
    root = small.write(tmp_path, TWO | {"reporter.yaml": f"{SETTINGS}country: XX\n"})
    code, out, _ = called("build", "--all-years", "--format", "xlsx", "--json", "-j", 1, "-w", root)
    states = {(each["country"], each["year"]): each["state"] for each in json.loads(out)}
    assert {("XX", 2018): "built", ("XX", 2019): "built", ("XX", 2020): "failed"} == states
    assert ExitCode.FINDINGS == code
    code, _, err = called("build", "XX", 2020, "--all-years", "-w", root)
    assert (2, True) == (code, "--all-years and the year 2020 contradict each other" in err)


def test_with_the_profile_goes_a_second_document_as_long_as_it_has_annexes_of_its_own(called, tmp_path):
    root = small.write(tmp_path, RIGHT)
    _, out, _ = called("build", "XX", "2020", "--format", "html", "-w", root)
    folder = root / "build/XX/2020"
    profile, beside = folder / "XX-2020-en.html", folder / "XX-2020-data-and-methods-en.html"
    assert [profile.name, beside.name] == [line.split("/")[-1].split(" ")[0] for line in out.splitlines()]
    settings = root / "reporter.yaml"
    settings.write_text(settings.read_text() + "annexes: full\n")
    _, out, err = called("build", "XX", "2020", "--format", "html", "-w", root)
    assert "XX-2020-data-and-methods-en.html (removed, its chapters are in the profile)" in err
    assert (False, False) == (beside.name in out, beside.is_file())


def test_a_restricted_edition_lies_beside_the_public_one_which_stays(called, tmp_path):
    root = small.write(tmp_path, RIGHT)
    build = ("build", "XX", 2020, "--format", "html", "-w", root)
    folder, public, restricted = root / "build/XX/2020", "XX-2020-en", "XX-2020-restricted-en"
    assert 0 == called(*build)[0]
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert 0 == called(*build, "--audience", "restricted")[0]
    there = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert before == {name: each for name, each in there.items() if "restricted" not in name}
    assert {f"{restricted}.html", f"{restricted}.json"} <= there.keys()
    for words, name in (((), public), (("--audience", "restricted"), restricted)):
        assert f"{name}.html (unchanged)" in called(*build, *words)[1]
    told = json.loads(called(*build, "--audience", "restricted", "--json")[1])
    assert ["restricted"] * 2 == [each["audience"] for each in told]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--all", "XX"), "--all is every country, and XX is named\n  hint: leave one of them out; reporter build XX"),
        (("--all", "--cluster", "nonsense"), "--cluster 'nonsense' names no cluster\n  hint: write local:2 for two"),
        (("--all", "--cluster", "local:0"), "--cluster local:0: nobody would work"),
        (("--cluster", "local:1", "-j", 2), "a cluster has as many at once as it has workers, so -j says nothing"),
    ],
)
def test_a_contradiction_about_many_editions_is_refused(called, right, words, said):
    code, out, err = called("build", *words, "-w", right)
    assert (ExitCode.USAGE, "", True) == (code, out, err.startswith(f"reporter: {said}"))


def test_all_is_every_country_year_and_format_and_one_that_is_broken_stops_no_other(called, tmp_path):
    root = small.write(tmp_path, TWO | RIGHT | {"reporter.yaml": f"{SETTINGS}country: XX\n"})
    code, out, err = called("build", "--all", "--format", "xlsx", "-j", 1, "-w", root)
    made = [f"{code}-{year}-en.xlsx" for code in ("XX", "YY") for year in (2018, 2019, 2020)][:-1]
    assert (ExitCode.FINDINGS, made) == (code, [line.rpartition("/")[2].partition(" ")[0] for line in out.splitlines()])
    assert "reporter: 1 of 6 editions failed:\n  YY 2020 (en): 1 error in the data\n    the first: data/YY/" in err
    again = called("build", "--all", "--format", "xlsx", "-w", root)
    assert (ExitCode.FINDINGS, "5 files are unchanged\n") == again[:2]
