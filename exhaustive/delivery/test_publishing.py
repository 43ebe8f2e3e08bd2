"""What was published is made again, after crashes and by other programs."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from reporter.cli.group import run
from reporter.edition.inputs import sums_of
from reporter.load.release import add_seal, read_releases, release_text
from tests.snapshots import snapshot


def test_what_was_published_before_there_were_workbooks_is_made_again_without_them(
    live: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (release,) = read_releases(snapshot(live), "XX", 2020)
    older = add_seal(replace(release, files=tuple(each for each in release.files if not each[0].endswith(".xlsx"))))
    (live / "data/XX/editions/2020.yaml").write_text(release_text(older), encoding="utf-8")
    assert 0 == run(["rebuild", "XX", "2020", "--to", str(live / "again"), "-w", str(live)])
    assert ["XX-2020-en.html", "XX-2020-en.pdf"] == sorted(path.name for path in (live / "again").iterdir())
    shutil.rmtree(live / "build")
    assert 0 == run(["publish", "XX", "2020", "-w", str(live)])
    assert 0 == run(["build", "XX", "2020", "--format", "xlsx", "-w", str(live)])
    capsys.readouterr()
    assert 0 == run(["publish", "XX", "2020", "-w", str(live)])
    assert "is published already, and nothing changed since" in capsys.readouterr().out


def test_files_that_a_crash_left_behind_are_made_again(live: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (release,) = read_releases(snapshot(live), "XX", 2020)
    shutil.rmtree(live / "build")
    assert 0 == run(["publish", "XX", "2020", "-w", str(live)])
    assert "its files were made again" in capsys.readouterr().out
    made = {name: (live / "build/XX/2020" / name).read_bytes() for name, _ in release.files}
    assert release.files == sums_of(made)


def test_both_numbers_can_be_made_again(corrected: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == run(["rebuild", "XX", "2020", "--verify", "-w", str(corrected)])
    assert 0 == run(["rebuild", "XX", "2020", "--number", "0", "--verify", "-w", str(corrected)])
    assert 2 == capsys.readouterr().out.count("every byte is as it was published")
