"""`reporter approve`: what it says, and what status and publish say of it."""

import json
from pathlib import Path

import pytest

from tests import small
from tests.fixtures import Say

EDITION = ("XX", "2020")
BY_VIDA = ("approve", *EDITION, "--by", "Vida")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return small.write(tmp_path, small.FINAL | {"reporter.yaml": f"{small.FINAL['reporter.yaml']}approvals: 1\n"})


def test_it_says_what_was_approved_what_comes_next_and_what_changed_since(root: Path, say: Say) -> None:
    code, said = say(*BY_VIDA)
    assert (0, True) == (code, said.startswith("XX 2020, number 0: approved by Vida on "))
    assert "files       7, sha256 " in said
    assert "findings    no error, 1 warning open, 0 accepted" in said
    assert "hint: somebody else publishes it: reporter publish XX 2020" in said
    assert "already, and nothing changed since" in say("approve", *EDITION, "--by", "VIDA")[1]
    text = root / small.TEXT
    text.write_text(f"{text.read_text()}\nOne victim returned.\n")
    assert f": {small.TEXT}" in say(*BY_VIDA)[1]


def test_status_tells_of_it_only_where_it_is_demanded(root: Path, say: Say) -> None:
    def status() -> tuple[list[str], list[str]]:
        found = json.loads(say("status", *EDITION, "--format", "json")[1])[0]["editions"][0]
        return [each["by"] for each in found["approved"]], [each for each in found["missing"] if "approv" in each]

    missing = 'approval by one other person than who publishes: reporter approve XX 2020 --by "NAME"'
    assert ([], [missing]) == status()
    say(*BY_VIDA)
    assert (["Vida"], []) == status()
    assert "  approved    Vida, " in say("status", *EDITION)[1]
    year = root / small.YEAR
    year.write_text(f"{year.read_text()}# read again\n")
    first, second = status()[1]
    assert (missing, True) == (first, second.endswith(f"for other files; since then changed: {small.YEAR}"))
    settings = root / "reporter.yaml"
    settings.write_text(settings.read_text().replace("approvals: 1\n", ""))
    assert ([], []) == status()


def test_what_was_approved_is_taken_back_once(root: Path, say: Say) -> None:
    say(*BY_VIDA)
    assert "taken back, what was approved by Vida on" in say("approve", *EDITION, "--by", "vida", "--withdraw")[1]
    code, said = say("approve", *EDITION, "--by", "vida", "--withdraw")
    assert (2, True) == (code, "XX 2020, number 0, was not approved by vida" in said)
    code, said = say("approve", *EDITION, "--withdraw", "--note", "x")
    assert (2, True) == (code, "leave --note out" in said)


def test_publish_names_the_command_to_type(root: Path, say: Say) -> None:
    code, said = say("publish", *EDITION, "--by", "R. P.")
    assert (1, True) == (code, "is to be approved by one other person than R. P., who publishes it" in said)
    assert 'types: reporter approve XX 2020 --by "NAME"' in said
    assert not (root / "data/XX/editions").exists()
