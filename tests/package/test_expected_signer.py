"""A recipient gets only what is signed by whom it expects."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reporter.cli.group import run
from tests import small
from tests.authority import PASSPHRASE, Made, authority
from tests.cli.packing import FINAL, PLACE, packed
from tests.send.signature.signed import MINISTRY

SETTINGS = FINAL["reporter.yaml"]
PACKAGE, SIGNED = PLACE / "XX-2020-books.zip", PLACE / "XX-2020-books-signed.zip"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    with authority(tmp_path_factory.mktemp("authority")) as here:
        yield here


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: Made) -> Path:
    root = small.write(tmp_path, FINAL)
    (root / "out").mkdir()
    (root / "root.pem").write_bytes(made.root.read_bytes())
    (root / "other.pem").write_bytes((made.folder / "other.der").read_bytes())
    monkeypatch.chdir(root)
    monkeypatch.setenv("REPORTER_PASSPHRASE", PASSPHRASE)
    packed("books")
    expecting(root, f"signer: {MINISTRY}, trust: root.pem, ")
    return root


def expecting(root: Path, keys: str) -> None:
    text = SETTINGS.replace("books: {", f"books: {{{keys}")
    assert text != SETTINGS or not keys
    (root / "reporter.yaml").write_text(text, encoding="utf-8")


def test_another_key_signs_nothing_for_a_recipient_that_does_not_expect_it(workspace, made, capsys):
    assert 1 == run(["sign", str(PACKAGE), "--key", made.key("fake")])
    line = next(number for number, line in enumerate(SETTINGS.splitlines(), 1) if "books:" in line)
    expected = f"books expects a signature of {MINISTRY} under root.pem (reporter.yaml:{line}:3)"
    told = f"{expected}, but this key is not accepted: it is that of Fake Ąžuolų ministerija Ltd"
    assert (True, False) == (told in capsys.readouterr().err, SIGNED.exists())
    expecting(workspace, f"signer: {MINISTRY}, trust: other.pem, ")
    assert 1 == run(["sign", str(PACKAGE), "--key", made.key()])
    assert f"the certificate of {MINISTRY} leads to none of its roots" in capsys.readouterr().err
    expecting(workspace, f"signer: {MINISTRY}, trust: lost.pem, ")
    assert 2 == run(["sign", str(PACKAGE), "--key", made.key()])
    assert "lost.pem cannot be read" in capsys.readouterr().err
    expecting(workspace, "trust: root.pem, ")
    assert 0 == run(["sign", str(PACKAGE), "--key", made.key("fake")])


def test_only_what_is_signed_as_expected_is_sent(workspace, made, capsys):
    send = ["send", "--to", "books", "--dry-run"]
    assert 1 == run([*send, str(PACKAGE)])
    assert "XX-2020-books.zip: is not signed, though a signer to trust was named" in capsys.readouterr().err
    expecting(workspace, "")
    assert 0 == run(["sign", str(PACKAGE), "--key", made.key("fake")])
    expecting(workspace, f"signer: {MINISTRY}, ")
    assert 1 == run([*send, str(SIGNED)])
    assert f"is signed by Fake Ąžuolų ministerija Ltd, and not by {MINISTRY}" in capsys.readouterr().err
    SIGNED.unlink()
    expecting(workspace, f"signer: {MINISTRY}, trust: root.pem, ")
    assert 0 == run(["sign", str(PACKAGE), "--key", made.key()])
    assert 0 == run([*send, str(SIGNED)])
    assert [] == list((workspace / "out").iterdir())
