"""Packages of what another program published, and of what changes meanwhile."""

from pathlib import Path

import pytest

from reporter.cli.group import run
from reporter.data.files.sources import sums_of
from reporter.data.read.release import read_releases
from reporter.editions import changes as release
from reporter.editions import program
from reporter.editions.making import composed
from reporter.exchange.package import made_again, packaging
from reporter.exchange.publish import publishing
from reporter.exchange.publish.publishing import freeze
from reporter.formats.bagit import open_package
from tests import small
from tests.cli.packing import CHANGED, FINAL, packed
from tests.snapshots import snapshot


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One whose edition of 2020 was published with its files."""
    root = small.write(tmp_path, FINAL)
    monkeypatch.chdir(root)
    assert 0 == run(["publish", "XX", "2020"])
    return root


def finished(root: Path) -> list[tuple[str, int]]:
    """The finished files of 2020, each with the moment in which it was written."""
    files = (root / "build/XX/2020").glob("XX-2020-*en.*")
    return sorted((path.name, path.stat().st_mtime_ns) for path in files)


def another_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on a newer program is installed, whose pages are other ones."""
    for each in (program, composed, release, packaging, made_again):
        monkeypatch.setattr(each, "__version__", "99")


def test_a_newer_program_leaves_what_was_published_and_packs_it(
    published: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = finished(published)
    another_program(monkeypatch)
    assert 0 == run(["build", "XX", "2020", "--format", "pdf,html,xlsx", "--validate"])
    assert 5 == capsys.readouterr().out.count("unchanged")
    (published_as,) = read_releases(snapshot(published), "XX", 2020)
    package = open_package(packed("office"))
    inside = {name.rpartition("/")[2]: package.read(name) for name in package.payload}
    assert published_as.files == sums_of({name: inside[name] for name, _ in published_as.files})
    assert before == finished(published)


def test_what_another_program_makes_does_not_take_its_place_and_what_was_altered_does_not_leave(
    published: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = finished(published)
    another_program(monkeypatch)
    assert 1 == run(["build", "XX", "2020", "--force", "--validate"])
    assert "XX-2020-en.pdf would differ from the published file, which is not replaced" in capsys.readouterr().err
    assert before == finished(published)
    (published / "build/XX/2020/XX-2020-en.pdf").write_bytes(b"%PDF altered")
    assert 1 == run(["package", "XX", "2020", "--to", "office"])
    said = capsys.readouterr().err
    assert "XX-2020-en.pdf would differ from the published file, which is not replaced" in said
    assert "hint: reporter publish XX 2020 restores it" in said
    assert 0 == run(["status", "XX", "2020"])
    assert "XX-2020-en.pdf is not what was published" in capsys.readouterr().out
    monkeypatch.undo()
    monkeypatch.chdir(published)
    assert 0 == run(["publish", "XX", "2020"])
    assert "its files were made again" in capsys.readouterr().out
    assert packed("office").is_file()


def test_what_changes_while_it_is_published_is_built_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(small.write(tmp_path, FINAL))

    def change(*made: object) -> object:
        small.write(tmp_path, CHANGED)
        return freeze(*made)

    monkeypatch.setattr(publishing, "freeze", change)
    assert 0 == run(["publish", "XX", "2020"])
    before = Path("build/XX/2020/XX-2020-en.html").read_bytes()
    assert 0 == run(["build", "XX", "2020", "--format", "html", "-q"])
    assert before == Path("build/XX/2020/XX-2020-en.html").read_bytes()
    assert Path("build/XX/2020/unpublished/XX-2020-unpublished-en.html").is_file()
    monkeypatch.setattr(publishing, "freeze", freeze)
    small.write(tmp_path, FINAL)
    capsys.readouterr()
    assert 0 == run(["publish", "XX", "2020"])
    assert "nothing changed since" in capsys.readouterr().out
    assert before == Path("build/XX/2020/XX-2020-en.html").read_bytes()
