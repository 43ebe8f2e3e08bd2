"""Files to a dataset: whatever cannot be read is a finding with place and remedy; records of editions are sealed."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reporter.data.errors import DataError, Severity
from reporter.data.files.sources import Sources
from reporter.data.files.workspace import Workspace
from reporter.data.read.release import read_releases
from reporter.data.read.stray_files import stray_files, stray_folders
from tests import small
from tests.package.editions import REASON, change, published
from tests.read.reading import FIGURES
from tests.small import HEAD, TEXT, YEAR, findings
from tests.snapshots import dataset_of


@pytest.mark.parametrize("name", ["reporter.yaml", "data/catalogue.yaml", "data/XX/country.yaml"])
def test_a_missing_file_is_named(tmp_path, name):
    assert [
        f"{name}:1:1: error: file is missing [missing-file]\n  hint: write it; reporter init DIR --example creates "
        "an example"
    ] == [str(each) for each in findings(tmp_path, {name: None})]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("data/XX/2020.yml", "keep one of the two: data/XX/2020.yaml is read"),
        ("data/XX/2020.YAML", "keep one of the two: data/XX/2020.yaml is read"),
        ("data/XX/text/English/2020.md", "name the folder by a code such as en or lt"),
    ],
)
def test_an_unexpected_file_name_is_a_finding(tmp_path, name, hint):
    assert [("file-name", name, hint)] == [
        (each.code, each.mark.path, each.hint) for each in findings(tmp_path, {name: HEAD})
    ]


@pytest.mark.parametrize("name", [YEAR, TEXT])
def test_a_file_that_leads_out_of_the_workspace_is_refused(tmp_path, name):
    outside = tmp_path / "outside"
    outside.write_text(small.FILES[name])
    root = small.write(tmp_path / "workspace", {name: None})
    (root / name).parent.mkdir(exist_ok=True, parents=True)
    (root / name).symlink_to(outside)
    with pytest.raises(DataError) as caught:
        dataset_of(root, ("XX",))
    assert [
        f"{name}:1:1: error: leads out of the workspace through a symbolic link [outside-workspace]\n  hint: replace "
        "it with the file itself"
    ] == list(map(str, caught.value.findings))


def test_all_errors_of_all_files_are_told_at_once_in_file_order(tmp_path):
    changed = {
        "reporter.yaml": "title: T\nlanguages: [en]\n",
        "data/XX/2018.yaml": "year: 2018\nsource: polic\n",
        YEAR: FIGURES + "  victims.identified: 010\n  persons.convictd: 1\n",
        "data/XX/country.yaml": "code: XX\n",
        TEXT: "Hello.\n# general_situation\n",
    }
    told = [(each.mark.path, each.mark.line) for each in findings(tmp_path, changed)]
    country = ("data/XX/country.yaml", 1)
    assert [("data/XX/2018.yaml", 2), (YEAR, 4), (YEAR, 5), *[country] * 3, (TEXT, 1), ("reporter.yaml", 1)] == told


YAML_TEXT = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="{}[],:&*!|>-#?%@`'\"\n \tab01", max_size=80),
    st.lists(st.sampled_from([*small.FILES[YEAR].splitlines(), "published: 2020", "note: {en: }"])).map("\n".join),
    st.binary(max_size=80),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example("\t\n{", YEAR)
@given(YAML_TEXT, st.sampled_from([YEAR, "reporter.yaml", "data/catalogue.yaml", "data/XX/country.yaml", TEXT]))
def test_any_file_loads_or_is_a_finding(tmp_path, content, name):
    told = findings(tmp_path, {name: content if isinstance(content, bytes) else content.encode(errors="surrogatepass")})
    assert all(each.mark.line >= 1 and each.hint and each.message for each in told)


def test_a_mapping_that_nothing_reads_is_an_unknown_key(tmp_path):
    content = small.FILES["data/catalogue.yaml"].replace(
        "Labour exploitation}}", "Labour exploitation}, mappings: {htcds: X}}", 1
    )
    own = small.FILES["data/XX/country.yaml"] + "mappings: {glotips: X}\n"
    assert [
        ("data/XX/country.yaml", "unknown key 'glotips'"),
        ("data/catalogue.yaml", "unknown key 'htcds'"),
    ] == sorted(
        (each.mark.path, each.message)
        for each in findings(tmp_path, {"data/catalogue.yaml": content, "data/XX/country.yaml": own})
    )


KNOWN = ("data/catalogue.yaml", "data/LT/country.yaml", "data/LT/2020.yaml", "data/LT/text/lt/2020.md")
OTHER = "not the name of a year's file"
HIDDEN = " (Windows may hide the ending .txt)"
NARRATIVE = "not the name of a year's text"


def sources(*names: str) -> Sources:
    return Sources.from_contents(dict.fromkeys((*KNOWN, *names), b""))


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        *(
            (each, OTHER, "rename it to 2021.yaml")
            for each in ("2021.yml", "2021.YAML", "2021", "2021 (1).yaml", "LT-2021.yaml")
        ),
        *((each, OTHER, f"rename it to 2021.yaml{HIDDEN}") for each in ("2021.txt", "2021.yaml.txt")),
        ("2020 (1).yaml", (
            "a second file for 2020, which is not read"
        ), (
            "keep one of the two: data/LT/2020.yaml is read"
        )),
        *(
            (each, "this table is not read", "write its figures into data/LT/2021.yaml")
            for each in ("2021.csv", "2021.xlsx", "figures 2021.ods")
        ),
        ("2021.docx", "this document is not read", "write its text into data/LT/text/lt/2021.md; reporter new LT 2021"),
        ("2021.md", NARRATIVE, "move it to data/LT/text/lt/2021.md"),
        ("~$2021.docx", "a temporary file while 2021.docx is open",
         "close it in Word or Excel; if this file remains, delete it"),
        ("country.yml", OTHER, "rename it to country.yaml"),
        ("notes.yaml", OTHER, "name it after its year, such as 2020.yaml"),
        ("text/EN/2020.md", "'EN' is not the code of a language", "rename the folder to en"),
        ("text/en-GB/2020.md", "'en-GB' is not the code of a language", "rename the folder to en"),
        ("text/LT/2020.md", "'LT' is not the code of a language", "keep one of the two: data/LT/text/lt/2020.md is"),
        ("text/LT/2019.md", "'LT' is not the code of a language", "move it to data/LT/text/lt/2019.md"),
        ("text/English/2020.md", "'English' is not the code of a language", "name the folder by a code such as en or"),
        ("text/2018.md", "a text outside its language folder", "move it to data/LT/text/lt/2018.md"),
        ("text/en/2020.docx", "this document is not read", "write its text into data/LT/text/en/2020.md"),
        *((f"text/en/2020{each}", NARRATIVE, f"rename it to 2020.md{HIDDEN}") for each in (".txt", ".md.txt")),
        ("text/en/2020_final.md", NARRATIVE, "rename it to 2020.md"),
        ("text/en/draft.md", NARRATIVE, "name it after its year, such as 2020.md"),
        ("text/en/2021.md", "a text for 2021, but there is no file for that year", "write data/LT/2021.yaml first"),
        *((f"{each}en/2020.md", NARRATIVE, "move it to data/LT/text/en/2020.md") for each in ("", "texts/")),
    ],
)  # fmt: skip
def test_a_stray_file_is_named_with_what_to_do(name: str, message: str, hint: str):
    (found,) = stray_files(sources(f"data/LT/{name}"), "LT")
    assert (f"data/LT/{name}", message, hint) == (found.mark.path, found.message, found.hint[: len(hint)])


@pytest.mark.parametrize(
    "name",
    ["README.md", "sources/police 2021.xlsx", "notes.txt", "2021.png", "editions/2020/0/data/LT/2020.yaml", "text/en"],
)
def test_what_nobody_takes_for_a_year_is_left_alone(name: str):
    assert [] == list(stray_files(sources(f"data/LT/{name}"), "LT"))


def test_only_what_looks_like_figures_or_text_stops_an_edition():
    found = stray_files(sources("data/LT/2021.yml", "data/LT/2021.xlsx", "data/LT/text/en/2020.md.txt"), "LT")
    assert [Severity.WARNING, Severity.ERROR, Severity.WARNING] == [each.severity for each in found]


@pytest.mark.parametrize(
    ("path", "place", "hint"),
    [
        ("data/lt/2021.yaml", "data/lt", "move its content to data/LT"),
        ("data/fi/2021.yaml", "data/fi", "rename the folder to data/FI"),
        ("data/gr/country.yaml", "data/gr", "rename the folder to data/EL"),
        ("data/Lithuania/text/en/2021.md", "data/Lithuania",
         "rename the folder to the two letters of its country, such as data/LT"),
        ("data/2021.yaml", "data/2021.yaml", "move it to data/LT/2021.yaml"),
        ("data/2021.csv", "data/2021.csv", "write its figures into data/LT/2021.yaml"),
        ("data/catalogue.yml", "data/catalogue.yml", "rename it to catalogue.yaml"),
    ],
)  # fmt: skip
def test_a_folder_that_is_no_country_is_named(path: str, place: str, hint: str):
    assert [(place, hint)] == [(each.mark.path, each.hint) for each in stray_folders(sources(path))]


@pytest.mark.parametrize("path", ["data/sources/police.xlsx", "data/README.md", "data/notes.txt"])
def test_other_folders_and_files_are_left_alone(path: str):
    assert [] == list(stray_folders(sources(path)))


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("by: R. P.", "by: Somebody", "seal does not match"),
        ("number: 0", "number: 1", "number is 1, but by the file name it should be 0"),
        ("year: 2020", "year: 2019", "year is 2019, but by the file name it should be 2020"),
        (f"pdf: '{'0' * 64}'", "pdf: abc", "'abc' is not a SHA-256 checksum"),
        ("by: R. P.\n", "", "key 'by' is missing"),
        ("by: R. P.", "by: [", "] is missing"),
    ],
)
def test_an_altered_file_is_told_with_its_place(workspace: Workspace, was: str, now: str, said: str) -> None:
    published(workspace)
    path = workspace.root / "data/XX/editions/2020.yaml"
    assert was in path.read_text()
    path.write_text(path.read_text().replace(was, now))
    with pytest.raises(DataError) as problem:
        read_releases(workspace.snapshot(), "XX", 2020)
    told = "\n".join(map(str, problem.value.findings))
    assert said in told
    assert "data/XX/editions/2020.yaml:" in told
    assert "hint:" in told


def test_a_lost_number_is_told(workspace: Workspace) -> None:
    published(workspace)
    change(workspace)
    published(workspace, reason=REASON)
    (workspace.root / "data/XX/editions/2020.yaml").unlink()
    with pytest.raises(DataError) as problem:
        read_releases(workspace.snapshot(), "XX", 2020)
    assert ["data/XX/editions/2020.yaml"] == [each.mark.path for each in problem.value.findings]
