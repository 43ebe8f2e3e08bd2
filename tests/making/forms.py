"""What lies in the folder of a small edition."""

from pathlib import Path

from reporter.data.theme.cover import Addresses
from reporter.data.theme.tokens import load_theme
from reporter.editions.job import Job
from tests.fixtures import ROOT
from tests.snapshots import TEMPLATES

JOB = Job("XX", 2020, "en")


def left(workspace: Path) -> list[str]:
    return sorted(path.name for path in (workspace / "build/XX/2020").iterdir() if path.suffix != ".lock")


def both(*told: str) -> list[str]:
    """What is told of the profile, and the same of the document that goes with it."""
    return [*told, *(each.replace("XX-2020-", "XX-2020-data-and-methods-") for each in told)]


def files(*endings: str) -> list[str]:
    return sorted(both(*(f"XX-2020-en.{ending}" for ending in endings)))


def addresses(**images: bytes) -> Addresses:
    return Addresses(images, load_theme(ROOT / "assets"), TEMPLATES)
