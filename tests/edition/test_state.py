"""A change in any file makes an edition due."""

import pytest

from reporter.edition.program import program_digest
from reporter.files.workspace import Workspace
from tests.fixtures import LITHUANIA, copy_workspace
from tests.produce.words import JOB
from tests.snapshots import digest_now


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("data/LT/2009.yaml", "# a comment"),
        ("data/LT/text/en/2014.md", "more words"),
        ("data/catalogue.yaml", "# a comment"),
        ("reporter.yaml", "theme: eu-blue"),
    ],
)
def test_a_change_in_any_file_makes_the_edition_due(name, more, tmp_path):
    copy_workspace(LITHUANIA, tmp_path)
    workspace = Workspace(tmp_path)
    before = digest_now(workspace, JOB)
    (tmp_path / name).write_text(f"{(tmp_path / name).read_text()}\n{more}\n")
    assert before != digest_now(workspace, JOB)


def test_the_state_of_an_edition_is_the_same_whoever_reads_the_program():
    workspace = Workspace(LITHUANIA)
    assert digest_now(workspace, JOB) == digest_now(workspace, JOB, program_digest())
    assert digest_now(workspace, JOB) != digest_now(workspace, JOB, "another program")


def test_a_renamed_file_makes_the_edition_due(tmp_path):
    copy_workspace(LITHUANIA, tmp_path)
    before = digest_now(Workspace(tmp_path), JOB)
    (tmp_path / "data/LT/text/en").rename(tmp_path / "data/LT/text/lv")
    assert before != digest_now(Workspace(tmp_path), JOB)
