"""The file of approvals: valid by its schema, sealed, and told with its place when it was changed."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from reporter.cli.group import run
from reporter.delivery.approving import ApprovalRequest, approve
from reporter.errors import DataError
from reporter.files.workspace import Workspace
from reporter.load.given_approvals import approvals_text, read_approvals
from reporter.load.schema import schema_text
from tests.delivery.editions import FINAL
from tests.small import write

FILE = "data/XX/editions/2020-approvals.yaml"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(write(tmp_path, FINAL))
    approve(made, ApprovalRequest("XX", 2020, "Vida", "2021-02-28", note="The totals agree: 11 = 4 + 7"))
    return made


def test_it_is_valid_by_its_schema_and_read_as_it_was_written(workspace: Workspace) -> None:
    text = (workspace.root / FILE).read_text()
    schema = json.loads(schema_text("approvals", None))
    assert [] == [each.message for each in Draft202012Validator(schema).iter_errors(yaml.safe_load(text))]
    assert text == approvals_text(read_approvals(workspace.snapshot(), "XX", 2020), "XX", 2020)


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("by: Vida", "by: Somebody", "the approval by Somebody was changed by hand: its seal does not fit"),
        ("warnings: ", "warnings: 1", "its seal does not fit"),
        ("number: 0", "number: 1", "its seal does not fit"),
        ("  date: '2021-02-28'", "  date: soon", "date"),
        ("  by: Vida\n", "", "key 'by' is missing"),
        ("year: 2020", "year: 2019", "year is 2019, but the name of the file says 2020"),
        ("country: XX", "country: YY", "country is YY, but the name of the file says XX"),
        ("  by: Vida", "  by: [", "] is missing"),
        ("approvals:\n", "approvals: none\nmore:\n", "list"),
        ("  program", "  surprise: 1\n  program", "surprise"),
    ],
)
def test_an_altered_file_is_told_with_its_place(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], was: str, now: str, said: str
) -> None:
    path = workspace.root / FILE
    assert was in path.read_text()
    path.write_text(path.read_text().replace(was, now, 1))
    with pytest.raises(DataError) as problem:
        read_approvals(workspace.snapshot(), "XX", 2020)
    told = "\n".join(map(str, problem.value.findings))
    assert (True, True, True) == (said in told, f"{FILE}:" in told, "hint:" in told)
    assert 1 == run(["check", "XX", "2020", "-w", str(workspace.root)])
    assert f"{FILE}:" in capsys.readouterr().out


def test_an_approval_fits_no_other_year(workspace: Workspace) -> None:
    content = (workspace.root / FILE).read_text()
    other = workspace.root / FILE.replace("2020", "2019")
    other.write_text(content.replace("year: 2020", "year: 2019"))
    with pytest.raises(DataError) as problem:
        read_approvals(workspace.snapshot(), "XX", 2019)
    assert "its seal does not fit" in str(problem.value.findings[0])


@pytest.mark.parametrize("content", ["", "approvals: []\n", "[]\n", "# nothing\n", "\x00"])
def test_what_is_no_such_file_is_told(workspace: Workspace, content: str) -> None:
    (workspace.root / FILE).write_text(content)
    with pytest.raises(DataError) as problem:
        read_approvals(workspace.snapshot(), "XX", 2020)
    assert {FILE} == {each.mark.path for each in problem.value.findings}
