"""A workbook is taken in whole or not at all, and no figure changes by it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from reporter.errors import ReporterError
from reporter.files.workspace import Workspace
from reporter.intake.taking_in import TakenIn, take_in
from tests import forms

NOW = datetime(2021, 3, 3, 8, tzinfo=UTC)
NUMBERS = {"": 80, "children": 0, "girls": 0, "boys": 0, "adults": 80, "women": 60, "men": 20}
WHOLE = {f"victims.identified.{code}".strip("."): number for code, number in NUMBERS.items()}
WHOLE |= {"investigations.opened": 11, "investigations.opened.sexual": 4, "investigations.opened.labour": 7}


def files(root: Path) -> dict[str, bytes]:
    """Every file of a workspace."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def taken_in(root: Path, content: bytes, *, writes: bool = True) -> TakenIn:
    workspace = Workspace(root)
    return take_in(workspace, workspace.snapshot(), content, "police.xlsx", "2021-03-03", NOW, writes=writes)


def test_what_is_complete_and_only_odd_leaves_one_file_and_no_mail(workspace: Path) -> None:
    before = files(workspace)
    taken = taken_in(workspace, forms.filled(forms.form(workspace), WHOLE | {"investigations.opened": "11 "}))
    received = "data/XX/received/police-2020.yaml"
    assert ((), (workspace / received,)) == (taken.reception.open, taken.written)
    assert before == {path: content for path, content in files(workspace).items() if path != received}


def test_what_is_wrong_is_told_at_its_cell_and_goes_back_as_a_copy_with_a_mail(workspace: Path) -> None:
    before = set(files(workspace))
    taken = taken_in(workspace, forms.filled(forms.form(workspace), WHOLE | {"victims.identified.women": 90}))
    assert [
        "build/XX/forms/XX-2020-police-comments.eml",
        "build/XX/forms/XX-2020-police-comments.xlsx",
        "data/XX/received/police-2020.yaml",
    ] == sorted(set(files(workspace)) - before)
    assert ("Identified victims!D5", "Identified victims (women) is 90, more than its total 80") in [
        (each.cell, each.words) for each in taken.problems
    ]


def test_to_look_writes_nothing(workspace: Path) -> None:
    before = files(workspace)
    taken = taken_in(workspace, forms.filled(forms.form(workspace), {"victims.identified": 12}), writes=False)
    assert (before, ()) == (files(workspace), taken.written)
    assert ["victims.identified"] == [each.figure for each in taken.proposals]


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0" + bytes(999), b"PK\x03\x04" + bytes(999)])
def test_of_what_is_refused_nothing_is_written(workspace: Path, content: bytes) -> None:
    before = files(workspace)
    with pytest.raises(ReporterError, match=r"^police\.xlsx "):
        taken_in(workspace, content)
    assert before == files(workspace)
