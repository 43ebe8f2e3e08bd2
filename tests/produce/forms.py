"""What lies in the folder of a small edition."""

from pathlib import Path

from reporter.edition.job import Job
from reporter.theme.addresses import Addresses
from reporter.theme.tokens import load_theme
from tests.fixtures import ROOT
from tests.snapshots import TEMPLATES

JOB = Job("XX", 2020, "en")


def left(workspace: Path) -> list[str]:
    """The files of the edition."""
    return sorted(path.suffix for path in (workspace / "build/XX/2020").iterdir() if path.suffix != ".lock")


def addresses(**images: bytes) -> Addresses:
    return Addresses(images, load_theme(ROOT / "assets"), TEMPLATES)
