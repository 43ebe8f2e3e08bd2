"""What a reader learns: who signed when, whether to trust, and what was changed."""

import os
from pathlib import Path

import pikepdf
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.submission import CHECKSUMS, Verdict, open_package, pack, verify
from reporter.submission.bag import SEAL
from reporter.submission.signature import (
    Trust,
    load_roots,
    open_file,
    read_detached,
    read_pdf,
    sign_bytes,
    signature_checks,
)
from tests.authority import DAY, NOW, PASSPHRASE, Made, authority
from tests.submission.signature.signed import INFO, MINISTRY, sign_with, standing
from tests.submission.test_verification import repacked


def _failures(path: Path, trust: Trust) -> list[str]:
    return [str(each) for result in verify(path, [CHECKSUMS, *signature_checks(trust)]) for each in result.defects]


def test_the_reader_learns_who_signed_when_and_whether_to_trust(case, trust):
    (found,) = read_pdf(case.after, trust)
    assert (MINISTRY, NOW) == (found.name, found.claimed)
    assert (True, True, True, "") == standing(found)
    stamped = case.signed.level == "B-LT"
    assert ("Test Clock" if stamped else "", stamped) == (found.stamper, found.stamped is not None)
    # Only with a timestamp the file has what proves it when the certificate has expired.
    for days, lasts in ((364, True), (400, stamped)):
        (found,) = read_pdf(case.after, Trust(trust.roots, NOW + days * DAY))
        assert (lasts, "" if lasts else "its certificate was not valid at that time") == (found.trusted, found.doubt)


@settings(max_examples=40)
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
