"""What `reporter verify` says of files that were made again, and what it does with sources that would not end."""

from pathlib import Path
from time import sleep

import pytest

from reporter.cli import making_again
from reporter.cli.making_again import MakingAgain
from reporter.delivery.made_again import Likeness, MadeAgain
from reporter.errors import ReporterError
from reporter.files.processes import run_limited
from reporter.submission import Verdict, open_package, pack
from tests import small
from tests.cli.packing import FINAL, packed
from tests.delivery.test_made_again import forged
from tests.roundtrip.forging import INFO


def said(monkeypatch: pytest.MonkeyPatch, folder: Path, *found: MadeAgain) -> list[str]:
    monkeypatch.setattr(making_again, "run_limited", lambda *_, **__: found)
    path = pack(folder / "XX-2020-office.zip", {"source/reporter.yaml": b"a\n"}, INFO).path
    result = MakingAgain().look(open_package(path))
    return [result.verdict.value, *result.seen, *map(str, result.defects)]


SAME = MadeAgain("data/a.csv", Likeness.SAME)
OTHER = MadeAgain("data/b.csv", Likeness.OTHER, "line 2: value is 3, made again 4")
UNMADE = MadeAgain("data/c.pdf", Likeness.UNMADE, "made by reporter 0.0.1")


def test_what_differs_fails_and_what_was_not_made_is_counted(monkeypatch, tmp_path):
    unmade = "not made again here, 1 (made by reporter 0.0.1): c.pdf"
    assert ["passed", "byte for byte the same: 1 of 1 files"] == said(monkeypatch, tmp_path, SAME)
    assert ["not checked", "byte for byte the same: 1 of 2 files", unmade] == said(monkeypatch, tmp_path, SAME, UNMADE)
    assert ["failed", "byte for byte the same: 0 of 2 files", unmade, f"{OTHER.name}: {OTHER.told}"] == said(
        monkeypatch, tmp_path, OTHER, UNMADE
    )
    own = MadeAgain("data/source/templates/cover.html", Likeness.SAME)
    assert "pages are shaped by the sender's own: templates/cover.html" in said(monkeypatch, tmp_path, own)


def test_a_package_without_sources_is_not_checked(tmp_path):
    found = MakingAgain().look(open_package(pack(tmp_path / "XX-2020-office.zip", {"a.csv": b"a\n"}, INFO).path))
    assert (Verdict.UNCHECKED, ()) == (found.verdict, found.defects)


def test_sources_that_are_wrong_are_told_with_their_line(tmp_path, monkeypatch):
    monkeypatch.chdir(small.write(tmp_path, FINAL))

    def change(files: dict[str, bytes]) -> dict[str, bytes]:
        name = "source/data/XX/2020.yaml"
        return files | {name: files[name].replace(b"men: 20", b"men: 200")}

    result = MakingAgain().look(open_package(forged(packed(), tmp_path, change)))
    assert Verdict.FAILED is result.verdict
    assert "its files cannot be made again: data/XX/2020.yaml:" in str(result.defects[0])


def test_what_does_not_end_takes_too_much_or_fails_is_ended_and_told():
    with pytest.raises(ReporterError, match="it took longer than 1 seconds, and was ended"):
        run_limited(sleep, 60, seconds=1, megabytes=1000)
    with pytest.raises(ReporterError, match="it needs more than 500 MB of memory"):
        run_limited(bytes, 4 << 30, seconds=60, megabytes=500)
    with pytest.raises(ReporterError, match="a fault of the program"):
        run_limited(int, "a", seconds=60, megabytes=500)
