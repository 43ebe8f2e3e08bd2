"""A change in any file makes an edition due."""

import pytest

from reporter.edition.job import Job
from reporter.edition.program import program_digest
from reporter.files.workspace import Workspace
from reporter.model import Annexes, Label
from tests import small
from tests.snapshots import digest_now, freeze_now, state_of


def test_a_change_in_any_file_or_of_the_program_makes_the_edition_due(tmp_path):
    small.write(tmp_path, {"data/XX/text/en/2019.md": "# victims\n\nWords.\n"})
    workspace, job = Workspace(tmp_path), Job("XX", 2020, "en")
    seen = [digest_now(workspace, job)]
    assert seen == [digest_now(workspace, job, program_digest())]
    seen.append(digest_now(workspace, job, "another program"))
    for name, more in (
        ("data/XX/2018.yaml", "# a comment"),
        ("data/XX/text/en/2019.md", "more words"),
        ("data/catalogue.yaml", "# a comment"),
        ("reporter.yaml", "theme: eu-blue"),
    ):
        (tmp_path / name).write_text(f"{(tmp_path / name).read_text()}\n{more}\n")
        seen.append(digest_now(workspace, job))
    (tmp_path / "data/XX/text/en").rename(tmp_path / "data/XX/text/lv")
    assert 7 == len({*seen, digest_now(workspace, job)})


SUM = "0" * 64


@pytest.mark.parametrize(
    ("files", "annexes"),
    [
        ((("XX-2020-en.html", SUM),), Annexes.FULL),
        ((("XX-2020-data-and-methods-en.html", SUM), ("XX-2020-en.html", SUM)), Annexes.SHORT),
    ],
)
def test_what_was_published_keeps_the_documents_that_it_had(files, annexes, tmp_path):
    small.write(tmp_path, small.FINAL)
    job = Job("XX", 2020, "en")
    assert Annexes.SHORT is state_of(Workspace(tmp_path), job).annexes
    freeze_now(Workspace(tmp_path), job, "2021-06-30", Label(), files)
    found = state_of(Workspace(tmp_path), job)
    assert (annexes, annexes) == (found.annexes, found.checked.dataset.settings.annexes)
    (tmp_path / small.YEAR).write_text((tmp_path / small.YEAR).read_text() + "# a comment\n")
    assert Annexes.SHORT is state_of(Workspace(tmp_path), job).annexes
