"""What a reader learns: who signed when, what a certificate is for, whether to trust, and what was changed."""

import os
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from asn1crypto.x509 import Certificate
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.exchange.signature import (
    Trust,
    load_roots,
    open_file,
    pdf_result,
    read_detached,
    read_pdf,
    sign_bytes,
    signature_checks,
)
from reporter.exchange.signature.keys import is_named, unfit_purpose
from reporter.formats.bagit import CHECKSUMS, Verdict, open_package, pack, verify
from reporter.formats.bagit.bag import SEAL
from tests.authority import DAY, NOW, PASSPHRASE, PURPOSES, Made, authority
from tests.send.signature.signed import INFO, MINISTRY, forced, sign_with, standing
from tests.send.test_verification import repacked


def _failures(path: Path, trust: Trust) -> list[str]:
    return [str(each) for result in verify(path, [CHECKSUMS, *signature_checks(trust)]) for each in result.defects]


def test_the_reader_learns_who_signed_when_and_whether_to_trust(case, trust):
    (found,) = read_pdf(case.after, trust)
    assert (MINISTRY, NOW, (True, True, True, "")) == (found.name, found.claimed, standing(found))
    stamped = case.signed.level == "B-LT"
    assert ("Test Clock" if stamped else "", stamped) == (found.stamper, found.stamped is not None)
    for days, lasts in ((364, True), (400, stamped)):
        (found,) = read_pdf(case.after, Trust(trust.roots, NOW + days * DAY))
        assert (lasts, "" if lasts else "its certificate was not valid at that time") == (found.trusted, found.doubt)


@settings(max_examples=40)
@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(1, 255))
def test_no_damage_to_a_signed_pdf_is_a_fault(made, trust, tmp_path_factory, place, byte):
    path = tmp_path_factory.getbasetemp() / f"damaged-{os.getpid()}.pdf"
    whole = _signed_once(made, path)
    at = int(place * len(whole))
    path.write_bytes(whole[:at] + bytes([whole[at] ^ byte]) + whole[at + 1 :])
    found = read_pdf(path, trust)
    gap = whole.index(b"/Contents <"), whole.index(b">", whole.index(b"/Contents <"))
    outside = not gap[0] <= at <= gap[1]
    assert [] == [each for each in found if outside and each.intact and not each.flaw]


_once: dict[Path, bytes] = {}


def _signed_once(made: Made, path: Path) -> bytes:
    if path not in _once:
        with pikepdf.new() as blank:
            blank.add_blank_page()
            blank.save(path)
        target = path.with_name(f"signed-{path.name}")
        sign_with(made, path, target)
        _once[path] = target.read_bytes()
    return _once[path]


def test_a_signer_of_another_authority_or_without_a_root_is_not_trusted(made, pdf, tmp_path):
    target = pdf.with_name("signed.pdf")
    sign_with(made, pdf, target)
    (tmp_path / "other").mkdir()
    (found,) = read_pdf(target, Trust((), NOW))
    assert (True, True, False, "no root certificate was given to trust") == standing(found)
    with authority(tmp_path / "other") as other:
        (found,) = read_pdf(target, Trust(load_roots((other.root,)), NOW))
    assert (True, True, False, "its certificate does not lead to a trusted root") == standing(found)


def test_a_forged_package_with_new_manifests_keeps_no_signature(made, package, trust):
    target = package.with_name("signed.zip")
    sign_with(made, package, target)
    forged = pack(package.with_name("forged.zip"), {"a.csv": b"geo,value\r\nLT,42\r\n"}, INFO).path
    seal = open_package(target).read(SEAL)
    repacked(forged, lambda files: files | {SEAL: seal})
    assert [f"{SEAL}: the signature of {MINISTRY} does not fit: what was signed was altered"] == _failures(
        forged, trust
    )


def test_an_unsigned_package_fails_only_for_who_trusts_somebody(package, trust):
    assert ["LT-2020-commission.zip: is not signed, though a signer to trust was named"] == _failures(package, trust)
    assert [] == _failures(package, Trust((), NOW))


@settings(max_examples=40)
@given(st.data())
def test_no_damage_to_a_detached_signature_is_a_fault(made, trust, data):
    seal = bytearray(_seal(made))
    at = data.draw(st.integers(0, len(seal) - 1))
    seal[at] ^= data.draw(st.integers(1, 255))
    cut = data.draw(st.sampled_from([len(seal), at]))
    found = read_detached(b"manifest", bytes(seal[:cut]), trust)
    assert (MINISTRY if found.intact and found.trusted else found.name) == found.name


_seals: list[bytes] = []


def _seal(made: Made) -> bytes:
    if not _seals:
        with open_file(made.key(), PASSPHRASE, NOW) as key:
            _seals.append(sign_bytes(b"manifest", key, NOW))
    return _seals[0]


def test_a_signed_pdf_in_a_package_is_read_too(made, pdf, package, trust, tmp_path):
    sign_with(made, pdf, tmp_path / "a.pdf")
    path = pack(tmp_path / "b.zip", {"a.pdf": tmp_path / "a.pdf"}, INFO).path
    assert Verdict.PASSED == verify(path, signature_checks(trust))[-1].verdict
    damaged = (tmp_path / "a.pdf").read_bytes().replace(b"612", b"611", 1)
    path = pack(tmp_path / "b.zip", {"a.pdf": damaged}, INFO).path
    assert [f"data/a.pdf: the signature of {MINISTRY} does not fit: what was signed was altered"] == _failures(
        path, Trust((), NOW)
    )


UNFIT = {
    "tls": "web servers",
    "tls_both": "logging in, web servers",
    "client": "logging in",
    "code": "signing programs",
    "stamp": "timestamps",
    "unknown": "1.2.3.4.5",
    "authority": "issuing certificates",
    "mail_authority": "issuing certificates",
    "revoker": "issuing certificates",
}


def certificate(made, name="seal"):
    return Certificate.load((made.folder / f"{name}.der").read_bytes())


def test_a_certificate_signs_documents_if_it_states_no_purpose_or_that(made):
    assert UNFIT == {name: unfit for name in PURPOSES if (unfit := unfit_purpose(certificate(made, name)))}


@pytest.mark.parametrize("name", ["mail", "tls"])
@pytest.mark.parametrize("kind", ["package", "pdf"])
def test_what_is_signed_by_a_certificate_for_another_purpose_fails(made, trust, request, name, kind):
    source = request.getfixturevalue(kind)
    target = source.with_name(f"signed{source.suffix}")
    forced(made, source, target, name)
    for given_trust in (trust, replace(trust, roots=())):
        result = pdf_result(target, given_trust) if kind == "pdf" else verify(target, signature_checks(given_trust))[1]
        message = f"the certificate of For {name} is not for signing documents but for: {UNFIT.get(name)}"
        assert ([message] if name in UNFIT else []) == [each.message for each in result.defects]


def test_a_certificate_is_meant_by_its_whole_name_or_organisation_or_digest(made):
    own = certificate(made)
    digest = own.sha256.hex()
    pairs = ":".join(digest[place : place + 2] for place in range(0, 64, 2)).upper()
    for name in (
        MINISTRY,
        f"  {MINISTRY} ",
        "A\u0328z\u030cuolu\u0328 ministerija",
        "Test only",
        digest,
        pairs,
        f"sha256:{digest}",
        f"sha256 Fingerprint={pairs}",
    ):
        assert is_named(own, ("Nobody", name))
    parts = ("Ąžuolų", "ministerija", "", " ", "Test", f"{MINISTRY} Ltd", ".*", "*", "LT", digest[:-2], f"{digest}00")
    assert [] == [name for name in parts if is_named(own, (name,))]


@pytest.mark.parametrize("kind", ["package", "pdf"])
def test_a_signer_who_is_not_meant_fails_though_trusted(made, trust, request, kind):
    source = request.getfixturevalue(kind)
    target = source.with_name(f"signed{source.suffix}")
    sign_with(made, source, target, name="fake")

    def looked(signers):
        meant = replace(trust, signers=signers)
        return pdf_result(target, meant) if kind == "pdf" else verify(target, signature_checks(meant))[1]

    fake = "Fake Ąžuolų ministerija Ltd"
    assert [f"is signed by {fake}, and not by {MINISTRY}"] == [each.message for each in looked((MINISTRY,)).defects]
    assert f"accepted: certificates of {MINISTRY} under this root" == looked((MINISTRY,)).details[-1]
    assert Verdict.PASSED is looked((fake,)).verdict
    assert Verdict.PASSED is looked((MINISTRY, fake)).verdict
    anybody = looked(())
    assert Verdict.PASSED is anybody.verdict
    assert "any certificate under this root: --signer names the expected one" in anybody.details[-1]
