"""Whose a certificate is, and what it may be used for."""

from dataclasses import replace

import pytest
from asn1crypto.x509 import Certificate

from reporter.errors import ReporterError
from reporter.submission import Verdict, verify
from reporter.submission.signature import open_file, pdf_result, signature_checks
from reporter.submission.signature.certificates import is_named, unfit_purpose
from tests.authority import NOW, PASSPHRASE, PURPOSES
from tests.submission.signature.signed import MINISTRY, forced, sign_with

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


@pytest.mark.parametrize("name", PURPOSES)
def test_our_own_key_is_refused_where_a_recipient_would_refuse_it(made, name):
    if name not in UNFIT:
        with open_file(made.key(name), PASSPHRASE, NOW) as key:
            assert f"For {name}" == key.name
        return
    message = f"is not made for signing documents, but for: {UNFIT[name]}"
    with pytest.raises(ReporterError, match=message) as raised, open_file(made.key(name), PASSPHRASE, NOW):
        pass
    assert "documentSigning" in raised.value.hint


@pytest.mark.parametrize("name", ["mail", "tls"])
@pytest.mark.parametrize("kind", ["package", "pdf"])
def test_what_is_signed_by_a_certificate_for_another_purpose_fails(made, trust, request, name, kind):
    source = request.getfixturevalue(kind)
    target = source.with_name(f"signed{source.suffix}")
    forced(made, source, target, name)
    for given_trust in (trust, replace(trust, roots=())):
        result = pdf_result(target, given_trust) if kind == "pdf" else verify(target, signature_checks(given_trust))[1]
        message = f"the certificate of For {name} is not made for signing documents, but for: {UNFIT.get(name)}"
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
        # As OpenSSL prints it.
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
    assert f"accepted: certificates of {MINISTRY} under this root" == looked((MINISTRY,)).seen[-1]
    assert Verdict.PASSED is looked((fake,)).verdict
    assert Verdict.PASSED is looked((MINISTRY, fake)).verdict
    anybody = looked(())
    assert Verdict.PASSED is anybody.verdict
    assert "any certificate under this root, whoever it belongs to: --signer names whose is meant" in anybody.seen[-1]
