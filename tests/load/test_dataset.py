"""Files to a dataset: whatever cannot be read is a finding with place and remedy."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reporter.errors import DataError
from tests import small
from tests.load.reading import FIGURES
from tests.small import HEAD, TEXT, YEAR, findings, load
from tests.snapshots import dataset_of


@pytest.mark.parametrize("name", ["reporter.yaml", "data/catalogue.yaml", "data/XX/country.yaml"])
def test_a_missing_file_is_named(tmp_path, name):
    assert [
        f"{name}:1:1: error: file is missing [missing-file]\n  hint: write it; reporter init DIR --example has one"
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


def test_a_text_of_a_year_in_between_needs_no_file_of_figures(tmp_path):
    dataset = load(tmp_path, {"data/XX/2019.yaml": None, "data/XX/text/en/2019.md": "# general_situation\n\nText.\n"})
    assert [2019, 2020] == [each.year for each in dataset.country("XX").passages]


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
        f"{name}:1:1: error: leads out of the workspace by a symbolic link [outside-workspace]\n"
        "  hint: put the file itself in its place"
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
    assert [
        ("data/XX/2018.yaml", 2),
        (YEAR, 4),
        (YEAR, 5),
        ("data/XX/country.yaml", 1),
        ("data/XX/country.yaml", 1),
        ("data/XX/country.yaml", 1),
        (TEXT, 1),
        ("reporter.yaml", 1),
    ] == told


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
