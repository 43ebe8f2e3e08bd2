"""Packages of what was published: only that leaves, and a corrigendum says what it is and what it replaces."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from reporter.build.inventory import inputs_of
from reporter.build.plan import Job
from reporter.build.release import draft, freeze, with_files
from reporter.build.workspace import Workspace
from reporter.cli.group import run
from reporter.load.release import read_releases
from reporter.model import Label
from reporter.submission import open_package
from tests import small

CHANGED = small.FINAL | {
    small.YEAR: small.FINAL[small.YEAR].replace("men: 20", "men: 19").replace("total: 80", "total: 79")
}
REASON = "One victim was counted twice."
PLACE = Path("build/XX/2020/package")


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One whose edition of 2020 was published, on 1 March 2021."""
    root = small.write(tmp_path, small.FINAL)
    (root / "out").mkdir()
    released(root)
    monkeypatch.chdir(root)
    return root


def released(root: Path, day: str = "2021-03-01", reason: str = "") -> None:
    """Publishes the next number of 2020 without building anything."""
    job, within = Job("XX", 2020, "en"), Workspace(root)
    inputs, earlier = inputs_of(within, job), read_releases(root, "XX", 2020)
    why = Label((("en", reason),)) if reason else Label()
    freeze(within, with_files(draft(job, inputs, earlier, date=day, by="R. P.", reason=why), ()), inputs)


def corrected(root: Path) -> None:
    """Changes a figure and publishes the change, on 1 June 2021."""
    small.write(root, CHANGED)
    released(root, "2021-06-01", REASON)


def packed(code: str = "figures", *words: str) -> Path:
    """The package of 2020 for a recipient, packed anew."""
    assert 0 == run(["package", "XX", "2020", "--to", code, "-q", *words])
    return PLACE / f"XX-2020-{code}.zip"


def labels(path: Path) -> dict[str, str]:
    """What bag-info.txt says."""
    lines = open_package(path).read("bag-info.txt").decode().splitlines()
    return dict(line.split(": ", 1) for line in lines)


# only what was published


def test_what_changed_since_it_was_published_does_not_leave(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small.write(workspace, CHANGED)
    assert 1 == run(["package", "XX", "2020", "--to", "figures"])
    said = capsys.readouterr().err
    assert (
        "XX 2020, number 0 of 2021-03-01 is published, and its files changed since:\n  input data/XX/2020.yaml" in said
    )
    assert 'hint: put them back, or publish the change: reporter publish XX 2020 --corrigendum "en=…"' in said
    assert not PLACE.exists()
    small.write(workspace, small.FINAL)
    assert packed().is_file()


def test_after_its_corrigendum_it_leaves(workspace: Path) -> None:
    corrected(workspace)
    assert packed().is_file()


def test_what_was_never_published_may_be_packed_and_has_no_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small.write(tmp_path, small.FINAL))
    assert "Edition-Number" not in labels(packed())
