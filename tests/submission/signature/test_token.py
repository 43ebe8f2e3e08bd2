"""A key in hardware signs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reporter.submission.signature import (
    read_pdf,
)
from tests.submission.signature.signed import standing

SOFTHSM = next(
    (path for path in Path("/usr/lib").glob("**/libsofthsm2.so")), Path("/usr/local/lib/softhsm/libsofthsm2.so")
)


@pytest.fixture(scope="module")
def token(made, tmp_path_factory) -> tuple[str, dict[str, str]]:
    """A key in SoftHSM, which never leaves it: its address, and the environment that finds it."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    (folder / "softhsm.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    environment = os.environ | {"SOFTHSM2_CONF": str(folder / "softhsm.conf"), "REPORTER_PASSPHRASE": "4321"}
    tool = ["softhsm2-util", "--token", "Ministry", "--pin", "4321"]
    for more in (
        ["--init-token", "--free", "--label", "Ministry", "--so-pin", "8765"],
        ["--import", str(made.folder / "seal.key"), "--label", "seal", "--id", "a1"],
    ):
        subprocess.run([*tool, *more], env=environment, capture_output=True, check=True)
    put = (
        "import sys, pkcs11\nfrom pkcs11.util.x509 import decode_x509_certificate as decode\n"
        "token = pkcs11.lib(sys.argv[1]).get_token(token_label='Ministry')\n"
        "with token.open(rw=True, user_pin='4321') as session:\n"
        "    kind = decode(open(sys.argv[2], 'rb').read())\n"
        "    session.create_object(kind | {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: 'seal'})\n"
    )
    seal = str(made.folder / "seal.der")
    subprocess.run([sys.executable, "-c", put, str(SOFTHSM), seal], env=environment, capture_output=True, check=True)
    return f"pkcs11:token=Ministry;object=seal?module-path={SOFTHSM}", environment


def test_a_key_in_a_module_of_hardware_signs(token, pdf, trust):
    source, environment = token
    command = [sys.executable, "-m", "reporter", "sign", str(pdf), "--key", source]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr
    assert [(True, True, True, "")] == [standing(each) for each in read_pdf(pdf.with_name("small-signed.pdf"), trust)]


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        (lambda source: (source, "1111"), 1, "the token refuses this PIN: PinIncorrect"),
        (lambda source: (source.replace("Ministry", "Other"), "4321"), 1, "No token matching criteria"),
        (lambda source: (source.replace("object=seal", "object=other"), "4321"), 1, "Could not find cert"),
        (lambda source: (source.replace(".so", ".none"), "4321"), 1, "no key at pkcs11:"),
        (lambda source: (source.replace("object=seal;", "").replace("object=seal", ""), "4321"), 2, "lacks object"),
        (lambda source: (f"{source}&pin-value=4321", "4321"), 2, "a PIN does not belong on the command line"),
        (lambda source: (f"{source}&slot=1", "4321"), 2, "a key is not found by slot"),
    ],
)
def test_a_token_that_does_not_open_is_told(token, pdf, told, monkeypatch, change, code, message):
    source, environment = token
    source, pin = change(source)
    monkeypatch.setenv("SOFTHSM2_CONF", environment["SOFTHSM2_CONF"])
    monkeypatch.setenv("REPORTER_PASSPHRASE", pin)
    found, _, said = told("sign", pdf, "--key", source)
    assert (code, True) == (found, message in said), said
    assert not pdf.with_name("small-signed.pdf").exists()
