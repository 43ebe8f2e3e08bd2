"""The file of a published edition: valid by its schema, and sealed."""

from pathlib import Path

import pytest

from reporter.errors import DataError
from reporter.files.workspace import Workspace
from reporter.load.release import read_releases
from tests.delivery.editions import FINAL, REASON, change, published
from tests.small import write


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(write(tmp_path, FINAL))


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("by: R. P.", "by: Somebody", "seal does not fit"),
        ("number: 0", "number: 1", "number is 1, but the name of the file says 0"),
        ("year: 2020", "year: 2019", "year is 2019, but the name of the file says 2020"),
        (f"pdf: '{'0' * 64}'", "pdf: abc", "'abc' is no SHA-256"),
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
