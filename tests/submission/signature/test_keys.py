"""Keys and passphrases: refused with a remedy and without their secret."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pkcs11
import pytest
from pkcs11.util.x509 import decode_x509_certificate

from reporter.errors import ReporterError, UsageError
from reporter.submission.signature import load_roots, open_file, read_pdf
from tests.authority import NOW, PASSPHRASE
from tests.submission.signature.signed import standing


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


def test_what_is_no_key_file_and_no_root_certificate_is_refused(made, pdf):
    with pytest.raises(ReporterError, match="holds no certificates"):
        load_roots((pdf,))
    assert 1 == len(load_roots((made.folder / "seal.der",)))
    with pytest.raises(ReporterError, match=r"root\.pem is no PKCS#12 file"), open_file(str(made.root), "", NOW):
        pass
    with pytest.raises(UsageError, match=r"none\.p12 cannot be read: No such file"), open_file("none.p12", "", NOW):
        pass


def test_the_passphrase_is_no_option_and_needs_a_terminal_or_a_variable(made, pdf, monkeypatch, told):
    monkeypatch.delenv("REPORTER_PASSPHRASE", raising=False)
    assert 2 == told("sign", pdf, "--key", made.key(), "--passphrase", "x")[0]
    code, _, said = told("sign", pdf, "--key", made.key())
    assert (2, True) == (code, "set REPORTER_PASSPHRASE" in said)


# keys in hardware


SOFTHSM = next(
    (path for path in Path("/usr/lib").glob("**/libsofthsm2.so")), Path("/usr/local/lib/softhsm/libsofthsm2.so")
)


@pytest.fixture(scope="module")
def token(made, tmp_path_factory) -> Iterator[str]:
    """The address of a key in SoftHSM, which never leaves it."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    (folder / "softhsm.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    tool = ["softhsm2-util", "--token", "Ministry", "--pin", "4321"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm.conf"))
        for more in (
            ["--init-token", "--free", "--label", "Ministry", "--so-pin", "8765"],
            ["--import", str(made.folder / "seal.key"), "--label", "seal", "--id", "a1"],
        ):
            subprocess.run([*tool, *more], capture_output=True, check=True)
        with pkcs11.lib(str(SOFTHSM)).get_token(token_label="Ministry").open(rw=True, user_pin="4321") as session:
            kind = decode_x509_certificate((made.folder / "seal.der").read_bytes())
            session.create_object(kind | {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: "seal"})
        yield f"pkcs11:token=Ministry;object=seal?module-path={SOFTHSM}"


def test_a_key_in_a_module_of_hardware_signs(token, pdf, trust, told, monkeypatch):
    monkeypatch.setenv("REPORTER_PASSPHRASE", "4321")
    code, _, said = told("sign", pdf, "--key", token)
    assert 0 == code, said
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
    source, pin = change(token)
    monkeypatch.setenv("REPORTER_PASSPHRASE", pin)
    found, _, said = told("sign", pdf, "--key", source)
    assert (code, True) == (found, message in said), said
    assert not pdf.with_name("small-signed.pdf").exists()
