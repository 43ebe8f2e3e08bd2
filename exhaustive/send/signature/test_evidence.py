"""Evidence in the file outlives certificates: what authorities said of them, before and after the signature."""

import socket
from dataclasses import replace
from pathlib import Path

import pytest
from asn1crypto.cms import ContentInfo
from asn1crypto.x509 import Certificate

from exhaustive.send.signature.test_revisions import stamped, store, written
from reporter.cli.group import run
from reporter.exchange.signature import Authority, Signature, pdf_result, read_detached, read_pdf
from reporter.exchange.signature.evidence import evidence_of
from reporter.formats.bagit import Verdict, open_package
from reporter.formats.bagit.bag import SEAL, SEALED
from tests.authority import DAY, NOW, PASSPHRASE, answer, authority, revoke
from tests.send.signature.signed import sign_with

NOT_READ = "nothing in the file says whether its certificate, or one above it, was revoked"
WAYS = pytest.mark.parametrize("name", ["seal", "asked"])


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def seal_of(path: Path, trust) -> Signature:
    package = open_package(path)
    return read_detached(package.read(SEALED), package.read(SEAL), trust)


def state(found: Signature) -> tuple[bool, bool, str, tuple[str, ...]]:
    remarks = tuple(each for each in found.remarks if not each.startswith("added after it was signed"))
    return not found.flaw, found.trusted, found.doubt, remarks


PROVEN = (True, True, "", ())


@WAYS
def test_the_evidence_in_a_pdf_is_enough_when_its_certificate_has_ended(made, pdf, clock, trust, name, request):
    for archive, level in ((False, "B-LT"), (True, "B-LTA")):
        target = pdf.with_name(f"{level}.pdf")
        assert level == sign_with(made, pdf, target, replace(clock, archive=archive), name).level
    request.getfixturevalue("offline")
    for level, years in (("B-LT", 0), ("B-LT", 2), ("B-LTA", 0), ("B-LTA", 9)):
        (found,) = read_pdf(pdf.with_name(f"{level}.pdf"), replace(trust, moment=NOW + years * 365 * DAY))
        assert PROVEN == state(found)
        words = [each.split(" of ")[0] for each in found.remarks]
        assert (["added after it was signed: a document timestamp"] if level == "B-LTA" else []) == words


@WAYS
def test_the_evidence_in_the_seal_of_a_package_is_enough_too(made, package, clock, trust, name, request):
    target = package.with_name("signed.zip")
    assert "B-LT" == sign_with(made, package, target, replace(clock, archive=True), name).level
    request.getfixturevalue("offline")
    for years in (0, 2):
        assert PROVEN == state(seal_of(target, replace(trust, moment=NOW + years * 365 * DAY)))
    found = evidence_of(ContentInfo.load(open_package(target).read(SEAL))["content"])
    assert (1, 0 if name == "seal" else 1) == (len(found.lists), len(found.answers))


def test_where_evidence_is_missing_it_is_told(made, pdf, package, trust, tmp_path):
    sign_with(made, pdf, tmp_path / "a.pdf")
    sign_with(made, package, tmp_path / "a.zip")
    (found,) = read_pdf(tmp_path / "a.pdf", trust)
    assert (True, True, "", (NOT_READ,)) == state(found) == state(seal_of(tmp_path / "a.zip", trust))
    assert any(NOT_READ in line for line in pdf_result(tmp_path / "a.pdf", trust).details)


def test_a_stamp_over_all_proves_what_the_first_stamp_no_longer_can(made, pdf, clock, trust, tmp_path):
    brief = Authority(f"{made.address}/brief", clock.roots)
    whole = sign_with(made, pdf, tmp_path / "a.pdf", brief).path.read_bytes()
    (tmp_path / "b.pdf").write_bytes(stamped(made, whole))
    later = replace(trust, moment=NOW + 600 * DAY)
    found = [read_pdf(tmp_path / name, later)[0].trusted for name in ("a.pdf", "b.pdf")]
    assert [False, True] == found


@pytest.mark.parametrize("before", [True, False])
def test_a_certificate_revoked_before_fails_and_after_is_told(made, pdf, clock, trust, tmp_path, before):
    for path in made.folder.glob("revoked-*"):
        path.unlink()
    whole = sign_with(made, pdf, tmp_path / "a.pdf", clock, "withdrawn").path.read_bytes()
    when = NOW + (-DAY if before else DAY) / 4
    revoke(made.folder, "withdrawn", when)
    serial = Certificate.load((made.folder / "withdrawn.der").read_bytes()).serial_number
    said = answer(made.folder, serial)
    (tmp_path / "b.pdf").write_bytes(written(whole, store(whole, OCSPs=[said])))
    result = pdf_result(tmp_path / "b.pdf", replace(trust, moment=NOW + DAY))
    words = f"its certificate was revoked on {when:%Y-%m-%d %H:%M %Z}"
    if before:
        (defect,) = result.defects
        assert "the signature of Withdrawn seal is not trusted: its certificate was revoked" in defect.message
    else:
        assert (Verdict.PASSED, True) == (result.verdict, f"b.pdf: {words}, after it was signed" in result.details)


def test_what_somebody_else_says_under_the_name_of_an_authority_is_no_evidence(made, pdf, clock, trust, tmp_path):
    (tmp_path / "other").mkdir()
    own = (made.folder / "asked.der").read_bytes()
    with authority(tmp_path / "other") as other:
        (other.folder / "asked.der").write_bytes(own)
        revoke(other.folder, "asked", NOW - DAY)
        forged = answer(other.folder, Certificate.load(own).serial_number)
        crl, root = ((other.folder / name).read_bytes() for name in ("crl.der", "root.der"))
    whole = sign_with(made, pdf, tmp_path / "a.pdf", clock, "asked").path.read_bytes()
    for pieces in ({"OCSPs": [forged]}, {"CRLs": [crl]}, {"Certs": [root]}, {"Certs": [root], "CRLs": [crl]}):
        (tmp_path / "b.pdf").write_bytes(written(whole, store(whole, **pieces)))
        (found,) = read_pdf(tmp_path / "b.pdf", trust)
        told = f"evidence (DSS) was added that does not belong to its signatures: {len(pieces)}"
        assert ((False, True, "", ()), told) == (state(found), found.flaw)


def test_the_command_signs_for_archives(made, pdf, package, monkeypatch, capsys):
    monkeypatch.setenv("REPORTER_PASSPHRASE", PASSPHRASE)
    words = ["--key", made.key(), "--archive"]
    assert 2 == run(["sign", str(pdf), *words])
    assert "--archive has no effect without --tsa" in capsys.readouterr().err
    words += ["--tsa", made.tsa, "--trust", str(made.root)]
    assert 0 == run(["sign", str(pdf), str(package), *words])
    said = capsys.readouterr().err
    assert [" B-LTA", " B-LT"] == [
        line.split("level")[1].split(",")[0] for line in said.splitlines() if "level" in line
    ]
