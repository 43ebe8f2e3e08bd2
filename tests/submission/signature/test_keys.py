"""Keys and passphrases: refused with a remedy and without their secret."""

import os
import pty
import subprocess
import sys

import pytest

from reporter.errors import ReporterError, UsageError
from reporter.submission.signature import (
    load_roots,
    open_file,
)
from tests.authority import NOW, PASSPHRASE


@pytest.mark.parametrize(
    ("name", "passphrase", "message"),
    [
        ("seal", "wrong", "does not open with this passphrase"),
        ("seal", "", "does not open with this passphrase"),
        ("bare", PASSPHRASE, "holds no private key"),
        ("expired", PASSPHRASE, "the certificate of Expired seal expired on "),
        ("early", PASSPHRASE, "the certificate of Early seal begins on "),
        ("server", PASSPHRASE, "is not made for signing documents, but for: key_encipherment"),
    ],
)
def test_a_key_that_cannot_sign_is_refused_with_a_remedy_and_without_its_secret(made, name, passphrase, message):
    with pytest.raises(ReporterError, match=message) as raised, open_file(made.key(name), passphrase, NOW):
        pass
    assert raised.value.hint
    assert PASSPHRASE not in str(raised.value)
    assert raised.value.__suppress_context__ or not raised.value.__context__


def test_what_is_no_key_file_is_refused(made):
    with pytest.raises(ReporterError, match=r"root\.pem is no PKCS#12 file"), open_file(str(made.root), "", NOW):
        pass
    with pytest.raises(UsageError, match=r"none\.p12 cannot be read: No such file"), open_file("none.p12", "", NOW):
        pass


def test_what_is_no_root_certificate_is_refused(made, pdf):
    with pytest.raises(ReporterError, match="holds no certificates"):
        load_roots((pdf,))
    assert 1 == len(load_roots((made.folder / "seal.der",)))


def test_the_passphrase_is_no_option_and_needs_a_terminal_or_a_variable(made, pdf, monkeypatch, told):
    monkeypatch.delenv("REPORTER_PASSPHRASE", raising=False)
    assert 2 == told("sign", pdf, "--key", made.key(), "--passphrase", "x")[0]
    code, _, said = told("sign", pdf, "--key", made.key())
    assert (2, True) == (code, "set REPORTER_PASSPHRASE" in said)


def test_the_passphrase_is_asked_for_at_a_terminal_and_not_shown(made, pdf):
    """At a real terminal: what is typed is neither echoed nor printed later."""
    leader, follower = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "REPORTER_PASSPHRASE"}
    command = [sys.executable, "-m", "reporter", "sign", str(pdf), "--key", made.key(), "-v"]
    with subprocess.Popen(
        command, stdin=follower, stdout=follower, stderr=follower, env=environment, start_new_session=True
    ) as process:
        os.close(follower)
        said = b""
        while b"Passphrase of" not in said:
            said += os.read(leader, 1000)
        os.write(leader, f"{PASSPHRASE}\n".encode())
        while True:
            try:
                said += os.read(leader, 1000)
            except OSError:
                break
    os.close(leader)
    assert (0, False) == (process.returncode, "ąžuolo" in said.decode())
    assert pdf.with_name("small-signed.pdf").is_file()
