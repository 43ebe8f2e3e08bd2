"""Signatures: other programs accept them, the PDF stays what it was, and every change afterwards is told."""

import hashlib
import json
import os
import pty
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from reporter.cli.group import run
from reporter.errors import ReporterError, UsageError
from reporter.submission import CHECKSUMS, BagInfo, Verdict, open_package, pack, unsigned_sha256, verify
from reporter.submission.bag import SEAL, SEALED
from reporter.submission.signature import (
    Authority,
    Signature,
    Signed,
    Trust,
    load_roots,
    open_file,
    read_detached,
    read_pdf,
    sign_bytes,
    sign_package,
    sign_pdf,
    signature_checks,
)
from reporter.validate import inspect, validate
from tests.authority import DAY, NOW, PASSPHRASE, Made, authority
from tests.submission.test_verification import repacked

MINISTRY = "Ąžuolų ministerija"
INFO = BagInfo("LT-2020-commission", date(2021, 6, 30), "Ministry of the Interior")
SOFTHSM = next(
    (path for path in Path("/usr/lib").glob("**/libsofthsm2.so")), Path("/usr/local/lib/softhsm/libsofthsm2.so")
)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Iterator[Made]:
    """The authority."""
    with authority(tmp_path_factory.mktemp("authority")) as here:
        yield here


@pytest.fixture(scope="module")
def trust(made) -> Trust:
    """A reader who trusts the authority, now."""
    return Trust(load_roots((made.root,)), NOW)


@pytest.fixture(scope="module")
def clock(made, trust) -> Authority:
    """The timestamp authority."""
    return Authority(made.tsa, trust.roots)


@pytest.fixture
def pdf(tmp_path) -> Path:
    """A small PDF."""
    path = tmp_path / "small.pdf"
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(path)
    return path


@pytest.fixture
def package(tmp_path, pdf) -> Path:
    """A small package."""
    return pack(tmp_path / "LT-2020-commission.zip", {"a.csv": b"geo,value\r\nLT,24\r\n", "small.pdf": pdf}, INFO).path


@pytest.fixture(scope="module", params=[False, True], ids=["B-B", "B-LT"])
def profile(request, made, clock, lithuanian_translated, tmp_path_factory) -> tuple[Path, Path, Signed]:
    """The Lithuanian profile before and after it was signed."""
    target = tmp_path_factory.mktemp("signed") / "LT-2020-lt-signed.pdf"
    signed = _sign(made, lithuanian_translated.pdf, target, clock if request.param else None)
    return lithuanian_translated.pdf, target, signed


def _sign(made: Made, source: Path, target: Path, clock: Authority | None = None, name: str = "seal") -> Signed:
    sign = sign_pdf if source.suffix == ".pdf" else sign_package
    with open_file(made.key(name), PASSPHRASE, NOW) as key:
        return sign(source, target, key, NOW, clock)


def _standing(found: Signature) -> tuple[bool, bool, bool, str]:
    return found.intact, found.whole, found.trusted, found.doubt


def _failures(path: Path, trust: Trust) -> list[str]:
    return [str(each) for result in verify(path, [CHECKSUMS, *signature_checks(trust)]) for each in result.defects]


def test_a_signed_profile_still_passes_both_profiles_of_verapdf_and_our_own_checks(profile):
    assert ((), ()) == (validate(profile[1]), inspect(profile[1]))


def test_a_signed_profile_begins_with_the_bytes_that_were_signed(profile):
    before = profile[0].read_bytes()
    assert before == profile[1].read_bytes()[: len(before)]


def test_poppler_accepts_the_signature_of_a_profile(profile):
    said = subprocess.run(["pdfsig", "-nocert", profile[1]], capture_output=True, text=True, check=False).stdout
    assert "Signature Validation: Signature is Valid." in said
    assert "Signature Type: ETSI.CAdES.detached" in said
    assert f"Signer Certificate Common Name: {MINISTRY}" in said


def test_the_reader_of_a_profile_learns_who_signed_when_and_whether_to_trust(profile, trust):
    (found,) = read_pdf(profile[1], trust)
    assert (MINISTRY, NOW) == (found.name, found.claimed)
    assert (True, True, True, "") == _standing(found)
    stamped = profile[2].level == "B-LT"
    assert ("Test Clock" if stamped else "", stamped) == (found.stamper, found.stamped is not None)


def test_only_a_timestamp_outlives_the_certificate(profile, trust):
    """B-LT carries in itself what is needed to prove it when the certificate has long expired."""
    (found,) = read_pdf(profile[1], Trust(trust.roots, NOW + 364 * DAY))
    assert found.trusted
    (found,) = read_pdf(profile[1], Trust(trust.roots, NOW + 400 * DAY))
    lasting = (True, "") if profile[2].level == "B-LT" else (False, "its certificate was not valid at that time")
    assert lasting == (found.trusted, found.doubt)


def test_the_attachments_of_a_signed_profile_are_still_there(profile):
    with pikepdf.open(profile[0]) as before, pikepdf.open(profile[1]) as after:
        assert list(before.attachments) == list(after.attachments)


def test_a_byte_changed_in_a_signed_pdf_is_noticed(made, pdf, trust):
    target = pdf.with_name("signed.pdf")
    _sign(made, pdf, target)
    whole = target.read_bytes()
    target.write_bytes(whole.replace(b"612", b"611", 1))
    assert [(False, "it is not intact")] == [(each.intact, each.doubt) for each in read_pdf(target, trust)]


def test_a_page_changed_after_signing_is_told(made, pdf, trust):
    target = pdf.with_name("signed.pdf")
    _sign(made, pdf, target)
    with target.open("rb+") as file:
        writer = IncrementalPdfFileWriter(file)
        page = writer.root["/Pages"]["/Kids"][0]
        page["/Rotate"] = generic.NumberObject(90)
        writer.update_container(page)
        writer.write_in_place()
    assert [(True, False)] == [(each.intact, each.whole) for each in read_pdf(target, trust)]


@settings(max_examples=150, deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(1, 255))
def test_no_damage_to_a_signed_pdf_is_a_fault(made, trust, tmp_path_factory, place, byte):
    """Whatever is broken, the answer is a value; and what can be read was not altered, or is told to be."""
    path = tmp_path_factory.getbasetemp() / f"damaged-{os.getpid()}.pdf"
    whole = _signed_once(made, path)
    at = int(place * len(whole))
    path.write_bytes(whole[:at] + bytes([whole[at] ^ byte]) + whole[at + 1 :])
    found = read_pdf(path, trust)
    gap = whole.index(b"/Contents <"), whole.index(b">", whole.index(b"/Contents <"))
    outside = not gap[0] <= at <= gap[1]
    assert [] == [each for each in found if outside and each.intact and each.whole]


def test_a_signed_pdf_is_sound_until_it_is_damaged(made, trust, tmp_path):
    path = tmp_path / "whole.pdf"
    whole = _signed_once(made, path)
    path.write_bytes(whole)
    assert [(True, True, True, "")] == [_standing(each) for each in read_pdf(path, trust)]


_once: dict[Path, bytes] = {}


def _signed_once(made: Made, path: Path) -> bytes:
    if path not in _once:
        with pikepdf.new() as blank:
            blank.add_blank_page()
            blank.save(path)
        target = path.with_name(f"signed-{path.name}")
        _sign(made, path, target)
        _once[path] = target.read_bytes()
    return _once[path]


def test_without_a_root_it_is_told_who_signed_but_not_trusted(made, pdf):
    target = pdf.with_name("signed.pdf")
    _sign(made, pdf, target)
    (found,) = read_pdf(target, Trust((), NOW))
    assert (True, True, False, "no root certificate was given to trust") == _standing(found)


def test_a_signer_of_another_authority_is_not_trusted(made, pdf, tmp_path):
    target = pdf.with_name("signed.pdf")
    _sign(made, pdf, target)
    (tmp_path / "other").mkdir()
    with authority(tmp_path / "other") as other:
        (found,) = read_pdf(target, Trust(load_roots((other.root,)), NOW))
    assert (True, True, False, "its certificate does not lead to a trusted root") == _standing(found)


@pytest.mark.parametrize("stamped", [False, True])
def test_a_signed_package_keeps_every_byte_before_its_signature(made, package, clock, trust, stamped):
    target = package.with_name("signed.zip")
    signed = _sign(made, package, target, clock if stamped else None)
    assert ("B-T" if stamped else "B-B") == signed.level
    before, after = open_package(package), open_package(target)
    assert (*before.names, SEAL) == after.names
    end = package.read_bytes().index(b"PK\1\2")
    assert package.read_bytes()[:end] == target.read_bytes()[:end]
    assert hashlib.sha256(package.read_bytes()).hexdigest() == unsigned_sha256(after)
    results = verify(target, [CHECKSUMS, *signature_checks(trust)])
    verdicts = [Verdict.PASSED, Verdict.PASSED, Verdict.PASSED, Verdict.ABSENT]
    assert verdicts == [each.verdict for each in results]


@pytest.mark.parametrize("stamped", [False, True], ids=["B-B", "B-T"])
def test_the_level_of_a_signed_package_is_that_of_the_signature_in_it(made, package, clock, trust, stamped):
    target = package.with_name("signed.zip")
    level = _sign(made, package, target, clock if stamped else None).level
    after = open_package(target)
    found = read_detached(after.read(SEALED), after.read(SEAL), trust)
    assert (True, True, True, "") == _standing(found)
    expected = ("B-T", "Test Clock", True) if stamped else ("B-B", "", False)
    assert expected == (level, found.stamper, found.stamped is not None)


def test_openssl_and_another_bagit_accept_a_signed_package(made, package, clock, tmp_path):
    _sign(made, package, package.with_name("signed.zip"), clock)
    with zipfile.ZipFile(package.with_name("signed.zip")) as archive:
        archive.extractall(tmp_path / "out")
    bag = tmp_path / "out" / INFO.name
    command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", SEAL, "-content", SEALED]
    command += ["-CAfile", made.root, "-purpose", "any", "-cades", "-out", "/dev/null"]
    done = subprocess.run(command, cwd=bag, capture_output=True, text=True, check=False)
    assert (0, True) == (done.returncode, "successful" in done.stderr), done.stderr
    command = [sys.executable, "-W", "ignore", "-m", "bagit", "--validate", str(bag)]
    assert 0 == subprocess.run(command, capture_output=True, check=False).returncode


def test_a_forged_package_with_new_manifests_keeps_no_signature(made, package, trust):
    target = package.with_name("signed.zip")
    _sign(made, package, target)
    forged = pack(package.with_name("forged.zip"), {"a.csv": b"geo,value\r\nLT,42\r\n"}, INFO).path
    seal = open_package(target).read(SEAL)
    repacked(forged, lambda files: files | {SEAL: seal})
    assert [f"{SEAL}: the signature of {MINISTRY} does not fit: what was signed was altered"] == _failures(
        forged, trust
    )


def test_an_unsigned_package_fails_only_for_who_trusts_somebody(package, trust):
    assert ["LT-2020-commission.zip: is not signed, though a signer to trust was named"] == _failures(package, trust)
    assert [] == _failures(package, Trust((), NOW))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_damage_to_a_detached_signature_is_a_fault(made, trust, data):
    seal = bytearray(_seal(made))
    at = data.draw(st.integers(0, len(seal) - 1))
    seal[at] ^= data.draw(st.integers(1, 255))
    cut = data.draw(st.sampled_from([len(seal), at]))
    found = read_detached(b"manifest", bytes(seal[:cut]), trust)
    assert (MINISTRY if found.intact and found.trusted else found.name) == found.name


def test_a_detached_signature_is_sound_until_it_is_damaged(made, trust):
    seal = _seal(made)
    assert (True, True, True, "") == _standing(read_detached(b"manifest", seal, trust))
    # The value of the signature is the last thing in it.
    damaged = seal[:-1] + bytes([seal[-1] ^ 1])
    assert (False, True, False, "it is not intact") == _standing(read_detached(b"manifest", damaged, trust))
    assert (False, True, False, "it is not intact") == _standing(read_detached(b"manifesto", seal, trust))


_seals: list[bytes] = []


def _seal(made: Made) -> bytes:
    if not _seals:
        with open_file(made.key(), PASSPHRASE, NOW) as key:
            _seals.append(sign_bytes(b"manifest", key, NOW))
    return _seals[0]


def test_a_signed_pdf_in_a_package_is_read_too(made, pdf, package, trust, tmp_path):
    _sign(made, pdf, tmp_path / "a.pdf")
    path = pack(tmp_path / "b.zip", {"a.pdf": tmp_path / "a.pdf"}, INFO).path
    assert Verdict.PASSED == verify(path, signature_checks(trust))[-1].verdict
    damaged = (tmp_path / "a.pdf").read_bytes().replace(b"612", b"611", 1)
    path = pack(tmp_path / "b.zip", {"a.pdf": damaged}, INFO).path
    assert [f"data/a.pdf: the signature of {MINISTRY} does not fit: what was signed was altered"] == _failures(
        path, Trust((), NOW)
    )


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


def test_a_pdf_that_was_signed_is_not_signed_again(made, pdf):
    _sign(made, pdf, pdf.with_name("signed.pdf"))
    with pytest.raises(ReporterError, match="is signed already"):
        _sign(made, pdf.with_name("signed.pdf"), pdf.with_name("again.pdf"))
    assert not pdf.with_name("again.pdf").exists()


def test_a_package_that_was_signed_is_not_signed_again(made, package):
    _sign(made, package, package.with_name("signed.zip"))
    with pytest.raises(ReporterError, match="is signed already"):
        _sign(made, package.with_name("signed.zip"), package.with_name("again.zip"))


def test_a_package_that_was_altered_is_not_signed(made, package):
    package.write_bytes(package.read_bytes().replace(b"LT,24", b"LT,42", 1))
    with pytest.raises(ReporterError, match=r"data/a\.csv: was altered"):
        _sign(made, package, package.with_name("signed.zip"))


def test_an_encrypted_pdf_is_not_signed(made, pdf):
    secret = pdf.with_name("secret.pdf")
    with pikepdf.open(pdf) as opened:
        opened.save(secret, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(ReporterError, match=r"secret\.pdf is encrypted"):
        _sign(made, secret, pdf.with_name("signed.pdf"))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"%PDF-1.7\ntrailer <</Root 1 0 R>>\nstartxref\n0\n%%EOF"])
def test_a_damaged_pdf_is_not_signed(made, pdf, content):
    pdf.write_bytes(content)
    with pytest.raises(ReporterError, match="is no PDF that can be signed"):
        _sign(made, pdf, pdf.with_name("signed.pdf"))
    assert [pdf] == list(pdf.parent.iterdir())


def test_where_nothing_can_be_written_nothing_appears(made, pdf):
    with pytest.raises(ReporterError, match="cannot be written"):
        _sign(made, pdf, pdf / "signed.pdf")


def test_a_certificate_that_no_list_speaks_of_stays_below_b_lt(made, pdf, clock, tmp_path):
    """Nothing can be embedded that says it was not revoked; only the clock's certificate has such a list."""
    signed = _sign(made, pdf, tmp_path / "signed.pdf", clock, "silent")
    assert "B-T" == signed.level


@pytest.mark.parametrize(
    ("name", "address", "message"),
    [
        ("seal", "http://127.0.0.1:9/tsa", "gives no timestamp: Cannot connect"),
        ("seal", "{}/broken", "gives no timestamp: .*expected content type"),
        ("lost", "{}/tsa", "the certificates cannot be proven for later: "),
        ("revoked", "{}/tsa", "the certificates cannot be proven for later: .*revoked"),
        ("seal", "ftp://x", "is no address of a timestamp authority"),
    ],
)
def test_what_the_authorities_do_not_say_is_told(made, pdf, trust, name, address, message):
    target = pdf.with_name("signed.pdf")
    with pytest.raises(ReporterError, match=message) as raised:
        _sign(made, pdf, target, Authority(address.format(made.address), trust.roots), name)
    assert raised.value.hint
    assert [pdf] == list(pdf.parent.iterdir())


def test_a_revoked_seal_is_told_where_the_file_carries_the_proof(made, pdf, trust, clock):
    """Signed without proof, so nothing says it was revoked: that is why a recipient wants B-LT."""
    target = pdf.with_name("signed.pdf")
    _sign(made, pdf, target, None, "revoked")
    assert [True] == [each.trusted for each in read_pdf(target, trust)]


def test_the_command_signs_beside_and_verifies(made, package, monkeypatch, capsys):
    monkeypatch.setenv("REPORTER_PASSPHRASE", PASSPHRASE)
    monkeypatch.chdir(package.parent)
    before = package.read_bytes()
    assert 0 == run(["sign", package.name, "small.pdf", "--key", made.key()])
    out, err = capsys.readouterr()
    assert ["LT-2020-commission-signed.zip", "small-signed.pdf"] == out.splitlines()
    assert [f"  signed by {MINISTRY}, level B-B, sha256 "] * 2 == [line[:-64] for line in err.splitlines()]
    assert before == package.read_bytes()
    assert 1 == run(["verify", "LT-2020-commission-signed.zip", "--trust", str(made.root)])
    said = capsys.readouterr().out
    assert "passed       signature" in said
    assert "failed       PDF standards" in said


def test_what_was_signed_before_is_not_signed_again_and_the_rest_is(made, package, monkeypatch, capsys):
    monkeypatch.setenv("REPORTER_PASSPHRASE", PASSPHRASE)
    monkeypatch.chdir(package.parent)
    assert 0 == run(["sign", "small.pdf", "--key", made.key()])
    before = Path("small-signed.pdf").read_bytes()
    capsys.readouterr()
    assert 0 == run(["sign", "small.pdf", package.name, "--key", made.key()])
    said = capsys.readouterr()
    assert (["LT-2020-commission-signed.zip"], True) == (said.out.splitlines(), "was signed before" in said.err)
    monkeypatch.delenv("REPORTER_PASSPHRASE")
    assert 0 == run(["sign", "small.pdf", package.name, "--key", made.key()])
    assert ("", before) == (capsys.readouterr().out, Path("small-signed.pdf").read_bytes())


@pytest.mark.parametrize("content", [b"%PDF-1.7 other", b"PK\3\4 other", b"", None])
def test_a_file_in_the_place_of_the_signed_one_is_never_replaced(made, pdf, monkeypatch, capsys, content):
    """Another file, or the PDF itself, unsigned."""
    monkeypatch.setenv("REPORTER_PASSPHRASE", PASSPHRASE)
    there = pdf.read_bytes() if content is None else content
    target = pdf.with_name("small-signed.pdf")
    target.write_bytes(there)
    assert 2 == run(["sign", str(pdf), "--key", made.key()])
    assert "small-signed.pdf is there already" in capsys.readouterr().err
    assert there == target.read_bytes()


@pytest.mark.parametrize(
    ("name", "content"), [("book.xlsx", b"PK\x03\x04"), ("notes.zip", b"no ZIP"), ("a.pdf", b"PK")]
)
def test_what_is_neither_a_pdf_nor_a_package_is_not_signed(made, tmp_path, capsys, name, content):
    (tmp_path / name).write_bytes(content)
    assert 2 == run(["sign", str(tmp_path / name), "--key", made.key()])
    said = capsys.readouterr().err
    assert f"{name} is neither a PDF nor a package\n  hint: name what reporter build or package made" in said
    assert [name] == [path.name for path in tmp_path.iterdir()]


def test_a_package_that_was_packed_anew_is_not_taken_for_signed(made, package, monkeypatch, capsys):
    monkeypatch.setenv("REPORTER_PASSPHRASE", PASSPHRASE)
    assert 0 == run(["sign", str(package), "--key", made.key()])
    pack(package, {"a.csv": b"geo,value\r\nLT,25\r\n"}, INFO)
    assert 2 == run(["sign", str(package), "--key", made.key()])
    assert "LT-2020-commission-signed.zip is there already" in capsys.readouterr().err


def test_the_command_tells_of_a_profile_for_machines(made, profile, capsys):
    assert 0 == run(["verify", str(profile[1]), "--trust", str(made.root), "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    assert (True, ["signature", "PDF standards"]) == (told["passes"], [each["check"] for each in told["checks"]])
    assert "trusted" in told["checks"][0]["seen"][0]


def test_the_command_says_what_is_wrong_with_a_package(package, capsys):
    whole = package.read_bytes()
    package.write_bytes(whole.replace(b"LT,24", b"LT,42", 1))
    assert 1 == run(["verify", str(package)])
    out, err = capsys.readouterr()
    assert "  data/a.csv: was altered: differs in sha256, sha512, CRC-32 from what was packed" in out.splitlines()
    assert "ask the sender for it again" in err


def test_the_passphrase_is_no_option_and_needs_a_terminal_or_a_variable(made, pdf, monkeypatch, capsys):
    monkeypatch.delenv("REPORTER_PASSPHRASE", raising=False)
    assert 2 == run(["sign", str(pdf), "--key", made.key(), "--passphrase", "x"])
    capsys.readouterr()
    command = [sys.executable, "-m", "reporter", "sign", str(pdf), "--key", made.key()]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert (2, True) == (done.returncode, "set REPORTER_PASSPHRASE" in done.stderr)


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


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["sign", "{pdf}", "--key", "{key}"], "pip install 'reporter[sign]'"),
        (["verify", "{package}", "--trust", "{root}"], "pip install 'reporter[sign]'"),
        (["sign", "{pdf}", "--key", "pkcs11:object=x"], "pip install 'reporter[sign]'"),
    ],
)
def test_without_the_extra_the_remedy_is_told(made, pdf, package, arguments, message):
    known = {"pdf": pdf, "package": package, "key": made.key(), "root": made.root}
    done = _without("pyhanko", [each.format(**known) for each in arguments])
    assert (2, True) == (done.returncode, message in done.stderr)


def test_without_the_extra_a_package_is_verified_but_for_its_signature(package):
    done = _without("pyhanko", ["verify", str(package)])
    assert "passed       checksums" in done.stdout
    assert "not checked  signature           signatures need the package pyhanko: pip install" in done.stdout


def _without(name: str, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    code = f"import sys; sys.modules[{name!r}] = None; from reporter.cli.group import run; sys.exit(run(sys.argv[1:]))"
    environment = os.environ | {"REPORTER_PASSPHRASE": PASSPHRASE}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False, env=environment
    )


@pytest.fixture
def token(made, tmp_path) -> tuple[str, dict[str, str]]:
    """A key in SoftHSM, which never leaves it: its address, and the environment that finds it."""
    (tmp_path / "tokens").mkdir()
    (tmp_path / "softhsm.conf").write_text(f"directories.tokendir = {tmp_path / 'tokens'}\nlog.level = ERROR\n")
    environment = os.environ | {"SOFTHSM2_CONF": str(tmp_path / "softhsm.conf"), "REPORTER_PASSPHRASE": "4321"}
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


def _sign_by_token(pdf: Path, source: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "reporter", "sign", str(pdf), "--key", source]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_a_key_in_a_module_of_hardware_signs(token, pdf, trust):
    done = _sign_by_token(pdf, *token)
    assert 0 == done.returncode, done.stderr
    assert [(True, True, True, "")] == [_standing(each) for each in read_pdf(pdf.with_name("small-signed.pdf"), trust)]


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
def test_a_token_that_does_not_open_is_told(token, pdf, change, code, message):
    source, environment = token
    source, pin = change(source)
    done = _sign_by_token(pdf, source, environment | {"REPORTER_PASSPHRASE": pin})
    assert (code, True) == (done.returncode, message in done.stderr), done.stderr
    assert not pdf.with_name("small-signed.pdf").exists()


def test_the_moment_of_signing_is_the_one_handed_in(made, pdf, trust):
    target = pdf.with_name("signed.pdf")
    with open_file(made.key(), PASSPHRASE, NOW) as key:
        sign_pdf(pdf, target, key, datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    assert [datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)] == [each.claimed for each in read_pdf(target, trust)]
