"""`reporter approve`: what it says, and what status says of it."""

import json
from pathlib import Path

import pytest

from reporter.cli.group import run
from tests import small
from tests.fixtures import Say

EDITION = ("XX", "2020")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small.write(tmp_path, small.FINAL | {"reporter.yaml": f"{small.FINAL['reporter.yaml']}approvals: 1\n"})


def told(root: Path, capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert code == run([*words, "-w", str(root)])
    said = capsys.readouterr()
    return said.out + said.err


def test_it_says_what_was_approved_and_what_comes_next(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(root, capsys, "approve", *EDITION, "--by", "Vida")
    assert said.startswith("XX 2020, number 0: approved by Vida on ")
    assert "files       7, sha256 " in said
    assert "findings    no error, 1 warning open, 0 accepted" in said
    assert "hint: somebody else publishes it: reporter publish XX 2020" in said
    assert "already, and nothing changed since" in told(root, capsys, "approve", *EDITION, "--by", "VIDA")


def test_it_says_what_changed_since_the_last_time(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(root, capsys, "approve", *EDITION, "--by", "Vida")
    text = root / small.TEXT
    text.write_text(f"{text.read_text()}\nNobody was returned.\n")
    assert f": {small.TEXT}" in told(root, capsys, "approve", *EDITION, "--by", "Vida")


def test_status_tells_of_it_only_where_it_is_demanded(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def status() -> dict[str, object]:
        (country,) = json.loads(told(root, capsys, "status", *EDITION, "--format", "json"))
        found: dict[str, object] = country["editions"][0]
        return {"approved": found["approved"], "missing": [each for each in found["missing"] if "approv" in each]}

    command = 'reporter approve XX 2020 --by "NAME"'
    missing = f"approval by one other person than who publishes: {command}"
    assert {"approved": [], "missing": [missing]} == status()
    told(root, capsys, "approve", *EDITION, "--by", "Vida")
    now = status()
    assert (["Vida"], []) == ([each["by"] for each in now["approved"]], now["missing"])
    assert "  approved    Vida, " in told(root, capsys, "status", *EDITION)
    year = root / small.YEAR
    year.write_text(f"{year.read_text()}# read again\n")
    outdated = status()["missing"]
    assert (missing, True) == (outdated[0], outdated[1].endswith(f"for other files; since then changed: {small.YEAR}"))
    settings = root / "reporter.yaml"
    settings.write_text(settings.read_text().replace("approvals: 1\n", ""))
    assert {"approved": [], "missing": []} == status()


def test_what_was_approved_is_taken_back(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(root, capsys, "approve", *EDITION, "--by", "Vida")
    assert "taken back, what was approved by Vida on" in told(
        root, capsys, "approve", *EDITION, "--by", "vida", "--withdraw"
    )
    again = told(root, capsys, "approve", *EDITION, "--by", "vida", "--withdraw", code=2)
    assert "XX 2020, number 0, was not approved by vida" in again


def test_publish_names_the_command_to_type(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(root, capsys, "publish", *EDITION, "--by", "R. P.", code=1)
    assert "is to be approved by one other person than R. P., who publishes it" in said
    assert 'types: reporter approve XX 2020 --by "NAME"' in said
    assert not (root / "data/XX/editions").exists()


def test_a_note_is_of_no_taking_back(root: Path, say: Say) -> None:
    code, said = say("approve", *EDITION, "--withdraw", "--note", "x", "-w", str(root))
    assert (2, True) == (code, "leave --note out" in said)
