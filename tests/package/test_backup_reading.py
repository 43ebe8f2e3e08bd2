"""A backup has all that a person needs to go on, and one that was cut, altered or made up is refused."""

import io
import struct
import subprocess
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as some

from reporter.data.errors import ReporterError
from reporter.data.files.sources import checksum
from reporter.data.files.workspace import Workspace
from reporter.exchange.backup import held_files, left_out, read_backup
from reporter.formats.bagit.bag import write_zip
from tests import small
from tests.package.backups import JOURNAL, bytes_of, made, packed, place

GOOD = {path: text.encode() for path, text in small.FILES.items()}
ABOUT = b'{"kind": "back-up of a workspace of reporter", "form": 1, "program": "1.0"}'
TOP = "reporter-backup/"


def forged(files: dict[str, bytes], about: bytes = ABOUT, sums: bytes | None = None) -> bytes:
    named = {f"{TOP}{name}": content for name, content in files.items()}
    listed = "".join(f"{checksum(each)}  {name.removeprefix(TOP)}\n" for name, each in named.items())
    named = {f"{TOP}about.json": about, f"{TOP}sha256sums.txt": listed.encode() if sums is None else sums, **named}
    made = io.BytesIO()
    write_zip(made, ((name, [each]) for name, each in named.items()))
    return made.getvalue()


def refusal(tmp_path, content: bytes) -> str:
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(ReporterError) as caught:
        read_backup(tmp_path / "a.zip")
    return caught.value.message


def zipped(name: str = "x", content: bytes = b"", compression: int = zipfile.ZIP_STORED, attributes: int = 0) -> bytes:
    opened = io.BytesIO()
    with zipfile.ZipFile(opened, "w", compression) as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = attributes << 16
        info.compress_type = compression
        archive.writestr(info, content)
    return opened.getvalue()


INSIDE = {"workspace/reporter.yaml": b"title: {en: A}\n"}
LISTED = f"{checksum(INSIDE['workspace/reporter.yaml'])}  workspace/reporter.yaml\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7", "a.zip is not a backup: a.zip: is not a ZIP"),
        (zipped(), "a.zip is not a backup of a workspace"),
        (
            forged(INSIDE | {"workspace/data/../../x": b""}),
            f"a.zip is not a backup: {TOP}workspace/data/../../x: its name",
        ),
        (zipped("../../etc/x"), "a.zip is not a backup: ../../etc/x: its name leads out of the package by '..'"),
        (zipped("link", b"/etc", attributes=0o120777), "a.zip is not a backup: link: is a symbolic link"),
        (
            zipped("x", bytes(9_000_000), zipfile.ZIP_DEFLATED),
            "a.zip is not a backup: x: would expand to 9000000 bytes: a ZIP bomb",
        ),
        (forged(INSIDE, about=b"{}"), "a.zip is not marked as a backup"),
        (forged(INSIDE, about=b"[" * 100_000), "a.zip is not marked as a backup"),
        (forged(INSIDE, about=ABOUT.replace(b"1,", b"2,")), "a.zip was written by a newer version, 1.0"),
        (forged({}), "a.zip contains no reporter.yaml: it is not of a workspace"),
        *(
            (forged(INSIDE | {path: b""}), "a.zip contains a file that does not belong to a workspace")
            for path in (
                "workspace/build/x",
                "workspace/data/x.p12",
                "workspace/submission/outbox.sqlite3-journal",
                "journal/evil.jsonl",
                "elsewhere/x",
            )
        ),
        (
            forged(INSIDE | {"workspace/data/L": b"", "workspace/data/L/x": b""}),
            "a.zip has a file where others need a folder",
        ),
        (forged(INSIDE, sums=b""), "a.zip is damaged: reporter.yaml was altered"),
        (
            forged(INSIDE, sums=f"{LISTED}{'0' * 64}  workspace/data/x\n".encode()),
            "a.zip lacks files that are on its list",
        ),
    ],
)
def test_what_is_no_back_up_is_refused_with_its_reason(tmp_path, content, said):
    assert refusal(tmp_path, content).startswith(said)


@given(some.data())
def test_no_file_of_it_can_be_changed_cut_or_added(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("altered")
    files = {"reporter.yaml": b"title: {en: A}\n", "data/catalogue.yaml": b"sources: {}\n"}
    whole = bytes_of(files)
    at = data.draw(some.integers(0, len(whole) - 1))
    kind = data.draw(some.sampled_from(("changed", "cut", "added")))
    altered = {
        "changed": whole[:at] + bytes([whole[at] ^ data.draw(some.integers(1, 255))]) + whole[at + 1 :],
        "cut": whole[:at],
        "added": whole[:at] + b"\0" + whole[at:],
    }[kind]
    (folder / "a.zip").write_bytes(altered)
    with suppress(ReporterError):
        assert files == read_backup(folder / "a.zip")


@given(some.binary(max_size=300))
def test_nothing_that_comes_is_a_fault_of_the_program(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("any")
    refusal(folder, content)
    refusal(folder, b"PK\3\4" + content + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, 46, len(content), 0))


MORE = {
    "data/XX/editions/2020.yaml": "year: 2020\n",
    "data/XX/editions/2020/0/data/XX/2020.yaml": "year: 2020\n",
    "templates/workbench/own.html": "<p>",
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
        ("themes/own/con.css", "its name is the name of a device on Windows"),
    ):
        with pytest.raises(ReporterError) as caught:
            bytes_of(held_files(made(tmp_path / path[:4], {**small.FILES, path: ""})))
        assert caught.value.message.startswith(f"{path} cannot be in a backup: {said}")


def test_what_cannot_be_read_is_not_left_out_silently(tmp_path):
    workspace = made(tmp_path / "here")
    (tmp_path / "secret.md").write_text("elsewhere")
    (workspace.root / "data/XX/text/en/2019.md").symlink_to(tmp_path / "secret.md")
    with pytest.raises(ReporterError) as caught:
        held_files(workspace)
    told = (
        "data/XX/text/en/2019.md leads out of the workspace through a symbolic link: it would be missing from the "
        "backup"
    )
    assert caught.value.message == told
