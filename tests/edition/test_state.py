"""A change in any file makes an edition due."""

from reporter.edition.job import Job
from reporter.edition.program import program_digest
from reporter.files.workspace import Workspace
from tests import small
from tests.snapshots import digest_now


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
