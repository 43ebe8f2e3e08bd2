"""Four eyes from end to end: somebody else approves what is published, each time, and the package names both."""

import zipfile
from pathlib import Path

import yaml

from reporter.cli.group import run
from reporter.data.files.workspace import Workspace
from reporter.data.read.release import read_releases
from tests import small
from tests.package.editions import change

EDITION = ("XX", "2020")
PACKAGE = "build/XX/2020/package/XX-2020-figures.zip"


def in_package(root: Path, name: str) -> str:
    with zipfile.ZipFile(root / PACKAGE) as package:
        return package.read(f"XX-2020-figures/{name}").decode()


def names_in(root: Path) -> list[str]:
    with zipfile.ZipFile(root / PACKAGE) as package:
        return package.namelist()


def info_of(root: Path) -> list[str]:
    return in_package(root, "bag-info.txt").splitlines()


def test_two_persons_stand_behind_what_leaves(tmp_path: Path) -> None:
    settings = f"{small.FINAL['reporter.yaml']}approvals: 1\n"
    root = small.write(tmp_path, small.FINAL | {"reporter.yaml": settings})

    def typed(*words: str) -> int:
        return run([words[0], *EDITION, *words[1:], "-w", str(root)])

    reason = ("--corrigendum", "en=One victim was counted twice.")
    assert (1, 1) == (typed("publish", "--by", "Ona"), typed("package", "--to", "figures"))
    assert (0, 1) == (typed("approve", "--by", "Ona"), typed("publish", "--by", "ona"))
    assert (0, 0) == (typed("approve", "--by", "Vida"), typed("publish", "--by", "Ona"))
    assert 0 == typed("package", "--to", "figures")
    (release,) = read_releases(Workspace(root).snapshot(), *_edition())
    assert ("Ona", ["Vida"]) == (release.by, [each.by for each in release.approved])
    assert [f"Approved-By: Vida, {release.approved[0].date}"] == [
        each for each in info_of(root) if each.startswith("Approved-By")
    ]
    record = yaml.safe_load(in_package(root, "data/source/data/XX/editions/2020.yaml"))
    assert [("Vida", release.approved[0].sha256)] == [(each["by"], each["sha256"]) for each in record["approved"]]
    page = (root / "build/XX/2020/XX-2020-en.html").read_text()
    assert release.approved[0].sha256 in page.replace("\u00ad", "").replace("<wbr>", "")
    change(Workspace(root))
    assert (1, 1) == (typed("publish", "--by", "Ona", *reason), typed("package", "--to", "figures"))
    assert (0, 0) == (typed("approve", "--by", "Rasa"), typed("publish", "--by", "Ona", *reason))
    assert 0 == typed("package", "--to", "figures")
    assert ["Rasa"] == [
        each.partition(": ")[2].partition(",")[0] for each in info_of(root) if each.startswith("Approved-By")
    ]
    record = yaml.safe_load(in_package(root, "data/source/data/XX/editions/2020.yaml"))
    assert [("Vida", "0" * 64)] == [(each["by"], each["sha256"]) for each in record["approved"]]
    assert [] == [each for each in names_in(root) if "approvals" in each]


def _edition() -> tuple[str, int]:
    return EDITION[0], int(EDITION[1])
