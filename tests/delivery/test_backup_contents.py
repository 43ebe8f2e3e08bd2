"""A back-up has all that a person needs to go on, nothing that opens a door, and the same bytes each time."""

import subprocess

import pytest

from reporter.delivery.backup_contents import held_files, left_out
from reporter.errors import ReporterError
from reporter.files.workspace import Workspace
from tests import small
from tests.delivery.backups import JOURNAL, bytes_of, made, packed, place

MORE = {
    "data/XX/editions/2020.yaml": "year: 2020\n",
    "data/XX/editions/2020/0/data/XX/2020.yaml": "year: 2020\n",
    "templates/desk/own.html": "<p>",
    "schema/year.json": "{}",
    "submission/receipts/a.eml": b"x" * 5_000_000,
    JOURNAL: "{}\n",
}
BESIDE = {
    "build/XX/2020/XX-2020-en.pdf": "%PDF",
    "outgoing/website/a.zip": "PK",
    "notes.docx": "PK",
    "data/XX/ministry.p12": "key",
    "themes/own/Root.PEM": "key",
    ".git/config": "",
    ".reporter/edit.lock": "",
    ".reporter/before/2026.zip": "PK",
    "data/.writing-1-2020.yaml": "",
}


def test_all_that_is_needed_to_go_on_is_in_it_and_what_is_left_out_is_named(tmp_path):
    workspace = made(tmp_path, small.FILES | MORE | BESIDE)
    assert sorted(small.FILES | MORE) == list(held_files(workspace))
    assert ("data/XX/ministry.p12", "notes.docx", "outgoing/", "themes/own/Root.PEM") == left_out(workspace)


def test_the_same_workspace_gives_the_same_bytes_which_other_programs_unpack(tmp_path):
    one, other = made(tmp_path / "one", small.FILES | MORE), Workspace(tmp_path / "other")
    place(other.root, dict(reversed((small.FILES | MORE).items())))
    archive = packed(one, tmp_path / "1.zip")
    assert archive.read_bytes() == packed(other, tmp_path / "2.zip").read_bytes()
    subprocess.run(["python3", "-m", "zipfile", "-e", archive, tmp_path / "out"], check=True)
    command = ["sha256sum", "--check", "--quiet", "--strict", "sha256sums.txt"]
    assert 0 == subprocess.run(command, check=False, cwd=tmp_path / "out/reporter-backup").returncode


def test_a_name_that_no_archive_has_is_said(tmp_path):
    for path, said in (
        ("data/XX/a:b.yaml", "its name has a character"),
        ("themes/own/con.css", "its name is a device on Windows"),
    ):
        with pytest.raises(ReporterError) as caught:
            bytes_of(held_files(made(tmp_path / path[:4], {**small.FILES, path: ""})))
        assert caught.value.message.startswith(f"{path} cannot stand in a back-up: {said}")


def test_what_cannot_be_read_is_not_left_out_silently(tmp_path):
    workspace = made(tmp_path / "here")
    (tmp_path / "secret.md").write_text("elsewhere")
    (workspace.root / "data/XX/text/en/2019.md").symlink_to(tmp_path / "secret.md")
    with pytest.raises(ReporterError) as caught:
        held_files(workspace)
    told = "data/XX/text/en/2019.md leads out of the workspace by a symbolic link: the back-up would lack it"
    assert caught.value.message == told
