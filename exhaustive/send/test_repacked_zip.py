"""A package that programs of others pack again: Info-ZIP and 7-Zip, in their ways."""

import shutil
import subprocess
from pathlib import Path

import pytest

from reporter.formats.bagit import CHECKSUMS, Verdict, open_package, pack, verify
from tests.send.packages import FILES, INFO


@pytest.mark.parametrize(
    "command",
    [
        ["zip", "-q", "-r", "OUT", INFO.name],
        ["zip", "-q", "-r", "-0", "-X", "-D", "OUT", INFO.name],
        ["sh", "-c", f"zip -q -r - {INFO.name} > OUT"],
        ["7z", "a", "-bd", "-tzip", "OUT", INFO.name],
        ["7z", "a", "-bd", "-tzip", "-mx=9", "-mcu=on", "OUT", f"./{INFO.name}/*"],
    ],
    ids=["Info-ZIP", "Info-ZIP, stored", "Info-ZIP, to a pipe", "7-Zip", "7-Zip, without the folder"],
)
def test_what_another_program_packs_again_passes_as_that(tmp_path: Path, command: list[str]) -> None:
    sent = pack(tmp_path / "sent.zip", FILES, INFO)
    shutil.unpack_archive(sent.path, tmp_path / "unpacked")
    out = tmp_path / f"{INFO.name}.zip"
    again = [each.replace("OUT", str(out)) for each in command]
    subprocess.run(again, cwd=tmp_path / "unpacked", check=True, capture_output=True)
    archive, checksums = verify(out, [CHECKSUMS])
    assert (Verdict.PASSED, Verdict.PASSED) == (archive.verdict, checksums.verdict), (archive, checksums)
    assert open_package(sent.path).files == open_package(out).files
