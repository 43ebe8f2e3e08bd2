"""The RO-Crate of a package as a validator that is not ours judges it."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from reporter.cli.group import run
from tests import small

CRATE = Path(__file__).parent.parent / "crate"
JUDGE = CRATE / "judge.py"
PYTHON = CRATE / "environment" / "bin" / "python"
NAME = "XX-2020-office"
CONTACT = """\
contacts:
  rapporteur: {name: {en: National Rapporteur}, telephone: "+000 1", email: office@ministry.example,
               website: "https://ministry.example"}
"""
FILES = small.FINAL | {
    "reporter.yaml": "licence: CC-BY-4.0\n"
    + small.FINAL["reporter.yaml"].replace(
        "[pdf, html, page, csv, xlsx, json, letter, validation, metadata]", "[csv, json, metadata]"
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
