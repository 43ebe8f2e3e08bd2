"""A package as programs that are not ours see it: roc-validator, Info-ZIP, 7-Zip."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from reporter.cli.group import run
from reporter.submission import CHECKSUMS, DESCRIBED, Verdict, verify
from reporter.submission.bag import measure
from tests import small
from tests.fixtures import HERE

JUDGE = HERE / "crate" / "judge.py"
PYTHON = HERE / "crate" / "environment" / "bin" / "python"
NAME = "XX-2020-office"
CONTACT = """\
contacts:
  rapporteur: {name: {en: National Rapporteur}, telephone: "+000 1", email: office@ministry.example,
               website: "https://ministry.example"}
"""
FILES = small.FINAL | {
    "reporter.yaml": "licence: CC-BY-4.0\n"
    + small.FINAL["reporter.yaml"].replace(
        "[pdf, html, page, csv, xlsx, json, source, letter, validation, metadata]", "[csv, json, source, metadata]"
    ),
    "data/XX/country.yaml": small.FILES["data/XX/country.yaml"] + CONTACT,
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = small.write(tmp_path_factory.mktemp("judged"), FILES)
    assert 0 == run(["package", "XX", "2020", "--to", "office", "-q", "-w", str(root)])
    return root / "build/XX/2020/package" / f"{NAME}.zip"


@pytest.fixture
def unpacked(package: Path, tmp_path: Path) -> Path:
    shutil.unpack_archive(package, tmp_path / "unpacked")
    return tmp_path / "unpacked" / NAME


def issues(folder: Path) -> list[dict[str, str]]:
    """What roc-validator finds by the rules REQUIRED and RECOMMENDED of RO-Crate 1.1."""
    done = subprocess.run([str(PYTHON), str(JUDGE), str(folder)], capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr
    return list(json.loads(done.stdout))


def test_roc_validator_finds_nothing_in_the_ro_crate(unpacked):
    assert [] == issues(unpacked / "data")


def test_roc_validator_would_find_a_key_that_is_not_defined_and_a_file_that_is_not_there(unpacked):
    crate = unpacked / "data" / "ro-crate-metadata.json"
    crate.write_text(crate.read_text().replace('"sha256": "http', '"sha257": "http'))
    next((unpacked / "data" / "figures").glob("*.csv")).unlink()
    told = " ".join(each["message"] for each in issues(unpacked / "data"))
    assert 'JSON-LD key "sha256"' in told
    assert "figures" in told


@pytest.mark.parametrize(
    "command",
    [
        ["zip", "-q", "-r", "OUT", NAME],
        ["zip", "-q", "-r", "-0", "-X", "-D", "OUT", NAME],
        ["sh", "-c", f"zip -q -r - {NAME} > OUT"],
        ["7z", "a", "-bd", "-tzip", "OUT", NAME],
        ["7z", "a", "-bd", "-tzip", "-mx=9", "-mcu=on", "OUT", f"./{NAME}/*"],
    ],
    ids=["Info-ZIP", "Info-ZIP, stored", "Info-ZIP, to a pipe", "7-Zip", "7-Zip, without the folder"],
)
def test_what_another_program_packs_again_passes_as_that(package, unpacked, tmp_path, command):
    out = tmp_path / f"{NAME}.zip"
    again = [each.replace("OUT", str(out)) for each in command]
    subprocess.run(again, cwd=unpacked.parent, check=True, capture_output=True)
    archive, *others = verify(out, [CHECKSUMS, DESCRIBED])
    assert [Verdict.PASSED] * 3 == [each.verdict for each in (archive, *others)], (archive, others)
    assert "was unpacked and packed again on its way (not the file that was sent)" == archive.seen[1]
    assert archive.seen[-1].endswith(f": {measure(package).sha256}")
