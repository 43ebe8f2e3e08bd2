"""From packing to sending by the commands themselves: what was signed is kept, and `status` finds what lies there."""

import hashlib
import json
from pathlib import Path

import pytest

from tests import small
from tests.authority import PASSPHRASE, Made
from tests.edition.signing import CHANGED, called, change, sha256
from tests.send.queued import opened

PLACE = Path("build/XX/2020/package")
NAME, SIGNED = "XX-2020-figures.zip", "XX-2020-figures-signed.zip"


@pytest.fixture
def folder(tmp_path: Path, made: Made, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REPORTER_PASSPHRASE", PASSPHRASE)
    workspace = small.write(tmp_path, small.FINAL)
    (workspace / "out").mkdir()
    monkeypatch.chdir(workspace)
    called("package", "XX", "2020", "--to", "figures", "-q")
    called("sign", str(PLACE / NAME), "--key", made.key(), "-q")
    return workspace / PLACE


def missing(capsys: pytest.CaptureFixture[str]) -> set[str]:
    capsys.readouterr()
    called("status", "XX", "2020", "--format", "json")
    (told,) = json.loads(capsys.readouterr().out)
    (edition,) = told["editions"]
    return {each for each in edition["missing"] if each.endswith(("no package", "not sent"))}


def test_a_signed_package_is_set_aside_when_a_new_one_comes(folder, made, capsys):
    signed = sha256(folder / SIGNED)
    change(Path())
    capsys.readouterr()
    called("package", "XX", "2020", "--to", "figures")
    aside = folder / "earlier" / f"XX-2020-figures-signed-{signed[:12]}.zip"
    assert signed == sha256(aside)
    assert not (folder / SIGNED).exists()
    said = capsys.readouterr().err
    assert f"the signed earlier package was moved to {PLACE / 'earlier' / aside.name}" in said
    # There is room to sign the new one.
    called("sign", str(PLACE / NAME), "--key", made.key(), "-q")
    assert signed != sha256(folder / SIGNED)


def test_machines_are_told_what_was_set_aside_and_what_was_signed_of_the_same_package_stays(folder, capsys):
    before = sha256(folder / SIGNED)
    words = ["package", "XX", "2020", "--to", "figures", "--format", "json"]
    capsys.readouterr()
    called(*words)
    assert json.loads(capsys.readouterr().out)["set_aside"] is None
    assert (before, False) == (sha256(folder / SIGNED), (folder / "earlier").exists())
    change(Path())
    called(*words)
    out, err = capsys.readouterr()
    assert ("", True) == (err, Path(json.loads(out)["set_aside"]).is_file())


def test_a_package_that_is_refused_moves_nothing(folder):
    before = {path.name: sha256(path) for path in folder.glob("*.zip*")}
    (Path() / small.YEAR).write_text(CHANGED.replace("status: final", "status: draft"))
    called("package", "XX", "2020", "--to", "figures", "-q", code=1)
    assert before == {path.name: sha256(path) for path in folder.glob("*.zip*")}
    assert not (folder / "earlier").exists()


def test_what_was_sent_stays_provable_after_a_new_package(folder, capsys):
    content = (folder / SIGNED).read_bytes()
    called("send", str(PLACE / SIGNED), "--to", "figures", "-q")
    change(Path())
    called("package", "XX", "2020", "--to", "figures", "-q")
    with opened(Path("submission")) as outbox:
        (item,) = outbox.items()
        assert content == outbox.outgoing_file(item.dispatch).content
    assert content == (Path("out") / SIGNED).read_bytes()
    assert (SIGNED, "sent", hashlib.sha256(content).hexdigest()) == (item.package, item.state, item.parcel)
