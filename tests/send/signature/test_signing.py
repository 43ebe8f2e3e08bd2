"""Signatures: keys that sign or are refused, the file stays what it was, and every change afterwards is told."""

import subprocess
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pkcs11
import pytest
from pkcs11.util.x509 import decode_x509_certificate

from reporter.cli.group import run
from reporter.data.errors import ReporterError, UsageError
from reporter.exchange.signature import Authority, load_roots, open_file, read_detached, read_pdf, signature_checks
from reporter.formats.bagit import CHECKSUMS, Verdict, open_package, verify
from reporter.formats.bagit.bag import SEAL, SEALED
from tests.authority import NOW, PASSPHRASE
from tests.send.packages import repacked
from tests.send.signature.signed import MINISTRY, sign_with, standing


def test_a_signed_pdf_begins_with_the_bytes_that_were_signed_and_has_its_attachments(case):
    before = case.before.read_bytes()
    assert before == case.after.read_bytes()[: len(before)]
    with pikepdf.open(case.after) as after:
        assert ["a.csv"] == list(after.attachments)


@pytest.mark.parametrize("stamped", [False, True])
def test_a_signed_package_keeps_every_byte_before_its_signature(made, package, clock, trust, stamped):
    target = package.with_name("signed.zip")
    signed = sign_with(made, package, target, clock if stamped else None)
    assert ("B-LT" if stamped else "B-B") == signed.level
    before, after = open_package(package), open_package(target)
    assert (*before.names, SEAL) == after.names
    end = package.read_bytes().index(b"PK\1\2")
    assert package.read_bytes()[:end] == target.read_bytes()[:end]
    assert before.identity == after.identity
    found = read_detached(after.read(SEALED), after.read(SEAL), trust)
    assert ("Test Clock" if stamped else "", stamped) == (found.stamper, found.stamped is not None)
    results = verify(target, [CHECKSUMS, *signature_checks(trust)])
    verdicts = [Verdict.PASSED, Verdict.PASSED, Verdict.PASSED, Verdict.ABSENT]
    assert verdicts == [each.verdict for each in results]


def test_a_signature_holds_when_the_package_is_packed_again(made, package, trust, tmp_path):
    signed = package.with_name("signed.zip")
    sign_with(made, package, signed)
    again = tmp_path / "again.zip"
    with zipfile.ZipFile(signed) as archive, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as other:
        for name in reversed(archive.namelist()):
            other.writestr(name, archive.read(name))
    archive, checksums, signature, *_ = verify(again, (CHECKSUMS, *signature_checks(trust)))
    assert [Verdict.PASSED] * 3 == [each.verdict for each in (archive, checksums, signature)]
    assert open_package(package).identity == open_package(again).identity


@pytest.mark.parametrize("kind", ["package", "pdf"])
def test_what_was_signed_is_not_signed_again(made, request, kind):
    source = request.getfixturevalue(kind)
    signed, again = (source.with_name(f"{name}{source.suffix}") for name in ("signed", "again"))
    sign_with(made, source, signed)
    with pytest.raises(ReporterError, match="is already signed"):
        sign_with(made, signed, again)
    assert not again.exists()


def test_a_package_that_was_altered_is_not_signed(made, package):
    repacked(package, lambda files: files | {"data/a.csv": b"other"})
    with pytest.raises(ReporterError, match=r"data/a\.csv: was altered"):
        sign_with(made, package, package.with_name("signed.zip"))


def locked() -> bytes:
    made = BytesIO()
    with pikepdf.new() as pdf:
        pdf.save(made, encryption=pikepdf.Encryption(owner="a", user="b"))
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "cannot be signed as a PDF"),
        (b"%PDF-1.7\n", "cannot be signed as a PDF"),
        (b"%PDF-1.7\ntrailer <</Root 1 0 R>>\nstartxref\n0\n%%EOF", "cannot be signed as a PDF"),
        (locked(), r"small\.pdf is encrypted"),
    ],
    ids=["empty", "torn", "no objects", "encrypted"],
)
def test_a_damaged_or_encrypted_pdf_is_not_signed(made, pdf, content, said):
    pdf.write_bytes(content)
    with pytest.raises(ReporterError, match=said):
        sign_with(made, pdf, pdf.with_name("signed.pdf"))
    assert [pdf] == list(pdf.parent.iterdir())


def test_a_certificate_that_no_list_speaks_of_stays_below_b_lt(made, pdf, clock, tmp_path):
    signed = sign_with(made, pdf, tmp_path / "signed.pdf", clock, "silent")
    assert "B-T" == signed.level


@pytest.mark.parametrize(
    ("name", "address", "message"),
    [
        ("seal", "http://127.0.0.1:9/tsa", "gives no timestamp: Cannot connect"),
        ("seal", "{}/broken", "gives no timestamp: .*expected content type"),
        ("lost", "{}/tsa", "evidence for the certificates cannot be collected: "),
        ("revoked", "{}/tsa", "evidence for the certificates cannot be collected: .*revoked"),
        ("seal", "ftp://x", "is not the address of a timestamp authority"),
    ],
)
def test_what_the_authorities_do_not_say_is_told(made, pdf, trust, name, address, message):
    target = pdf.with_name("signed.pdf")
    with pytest.raises(ReporterError, match=message) as raised:
        sign_with(made, pdf, target, Authority(address.format(made.address), trust.roots), name)
    assert raised.value.hint
    assert [pdf] == list(pdf.parent.iterdir())


def test_the_command_signs_beside_and_verifies(made, package, pdf, monkeypatch, called):
    monkeypatch.setenv("REPORTER_PASSPHRASE", PASSPHRASE)
    monkeypatch.chdir(package.parent)
    before = package.read_bytes()
    code, out, err = called("sign", package.name, "small.pdf", "--key", made.key())
    assert (0, ["LT-2020-commission-signed.zip", "small-signed.pdf"]) == (code, out.splitlines())
    assert [f"  signed by {MINISTRY}, level B-B, sha256 "] * 2 == [line[:-64] for line in err.splitlines()]
    assert before == package.read_bytes()
    bare = "not proved   made again          it carries no sources: nothing in it can be proved"
    code, out, err = called("verify", "LT-2020-commission-signed.zip", "--trust", made.root)
    assert (1, True, True) == (code, "passed       signature" in out, bare in out)
    assert "fails: it is not proved\n  hint: prove it with the version of the program that made it" in err
    code, out, err = called("verify", "LT-2020-commission-signed.zip")
    assert (4, True, True) == (code, bare in out, "signed.zip is not proved\n" in err)


def test_what_was_signed_before_is_not_signed_again_and_the_rest_is(made, package, pdf, monkeypatch, called):
    monkeypatch.setenv("REPORTER_PASSPHRASE", PASSPHRASE)
    monkeypatch.chdir(package.parent)
    assert 0 == called("sign", "small.pdf", "--key", made.key())[0]
    before = Path("small-signed.pdf").read_bytes()
    code, out, err = called("sign", "small.pdf", package.name, "--key", made.key())
    assert (0, ["LT-2020-commission-signed.zip"], True) == (code, out.splitlines(), "was signed before" in err)
    monkeypatch.delenv("REPORTER_PASSPHRASE")
    assert (0, "") == called("sign", "small.pdf", package.name, "--key", made.key())[:2]
    assert before == Path("small-signed.pdf").read_bytes()


@pytest.mark.parametrize("content", [b"%PDF-1.7 other", b"PK\3\4 other", b"", None])
def test_a_file_in_the_place_of_the_signed_one_is_never_replaced(made, pdf, monkeypatch, capsys, content):
    monkeypatch.setenv("REPORTER_PASSPHRASE", PASSPHRASE)
    there = pdf.read_bytes() if content is None else content
    target = pdf.with_name("small-signed.pdf")
    target.write_bytes(there)
    assert 2 == run(["sign", str(pdf), "--key", made.key()])
    assert (True, there) == ("small-signed.pdf already exists" in capsys.readouterr().err, target.read_bytes())


def test_the_command_says_what_is_wrong_with_a_package(package, capsys):
    repacked(package, lambda files: files | {"data/a.csv": b"other"})
    assert 1 == run(["verify", str(package)])
    out, err = capsys.readouterr()
    assert "  data/a.csv: was altered: differs in sha256, sha512 from what was packed" in out.splitlines()
    # One message for it: what is not as it was packed is not looked at further.
    assert ["signature", "signatures of PDFs", "made again", "PDF standards"] == [
        line.removeprefix("not checked").strip() for line in out.splitlines() if line.startswith("not checked")
    ]
    assert "ask the sender to send it again" in err


def test_what_is_neither_a_pdf_nor_a_package_is_not_signed(made, tmp_path, called):
    for name, content in (("book.xlsx", b"PK\x03\x04"), ("notes.zip", b"no ZIP"), ("a.pdf", b"PK")):
        path = tmp_path / name
        path.write_bytes(content)
        code, _, said = called("sign", path, "--key", made.key())
        assert (2, content, [path]) == (code, path.read_bytes(), list(tmp_path.iterdir()))
        assert f"{name} is neither a PDF nor a package\n  hint: name a file made by reporter build or package" in said
        path.unlink()


def test_without_the_extra_the_remedy_is_told(made, pdf, package, called, monkeypatch, without_pyhanko):
    monkeypatch.setenv("REPORTER_PASSPHRASE", PASSPHRASE)
    for words in (
        ["sign", pdf, "--key", made.key()],
        ["sign", pdf, "--key", "pkcs11:object=x"],
        ["verify", package, "--trust", made.root],
    ):
        code, _, said = called(*words)
        assert (2, True) == (code, 'pip install "reporter[sign]"' in said)
    said = called("verify", package)[1]
    assert "passed       checksums" in said
    assert "not checked  signature           signatures need the package pyhanko: pip install" in said


@pytest.mark.parametrize(
    ("name", "passphrase", "message"),
    [
        ("seal", "wrong", "does not open with this passphrase"),
        ("seal", "", "does not open with this passphrase"),
        ("bare", PASSPHRASE, "contains no private key"),
        ("expired", PASSPHRASE, "the certificate of Expired seal expired on "),
        ("early", PASSPHRASE, "the certificate of Early seal is valid only from "),
        ("server", PASSPHRASE, "is not for signing documents but for: key_encipherment"),
    ],
)
def test_a_key_that_cannot_sign_is_refused_with_a_remedy_and_without_its_secret(made, name, passphrase, message):
    with pytest.raises(ReporterError, match=message) as raised, open_file(made.key(name), passphrase, NOW):
        pass
    assert raised.value.hint
    assert name != "server" or "documentSigning" in raised.value.hint
    assert PASSPHRASE not in str(raised.value)
    assert raised.value.__suppress_context__ or not raised.value.__context__


def test_what_is_no_key_file_and_no_root_certificate_is_refused(made, pdf):
    with pytest.raises(ReporterError, match="contains no certificates"):
        load_roots((pdf,))
    assert 1 == len(load_roots((made.folder / "seal.der",)))
    with pytest.raises(ReporterError, match=r"root\.pem is not a PKCS#12 file"), open_file(str(made.root), "", NOW):
        pass
    with pytest.raises(UsageError, match=r"none\.p12 cannot be read: No such file"), open_file("none.p12", "", NOW):
        pass


def test_the_passphrase_is_no_option_and_needs_a_terminal_or_a_variable(made, pdf, monkeypatch, called):
    monkeypatch.delenv("REPORTER_PASSPHRASE", raising=False)
    assert 2 == called("sign", pdf, "--key", made.key(), "--passphrase", "x")[0]
    code, _, said = called("sign", pdf, "--key", made.key())
    assert (2, True) == (code, "set REPORTER_PASSPHRASE" in said)


SOFTHSM = next(
    (path for path in Path("/usr/lib").glob("**/libsofthsm2.so")), Path("/usr/local/lib/softhsm/libsofthsm2.so")
)


@pytest.fixture(scope="module")
def token(made, tmp_path_factory) -> Iterator[str]:
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


def test_a_key_in_a_module_of_hardware_signs(token, pdf, trust, called, monkeypatch):
    monkeypatch.setenv("REPORTER_PASSPHRASE", "4321")
    code, _, said = called("sign", pdf, "--key", token)
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
        (lambda source: (f"{source}&slot=1", "4321"), 2, "keys cannot be found by slot"),
    ],
)
def test_a_token_that_does_not_open_is_told(token, pdf, called, monkeypatch, change, code, message):
    source, pin = change(token)
    monkeypatch.setenv("REPORTER_PASSPHRASE", pin)
    found, _, said = called("sign", pdf, "--key", source)
    assert (code, True) == (found, message in said), said
    assert not pdf.with_name("small-signed.pdf").exists()
