"""A finished profile that was signed for archives: valid, accessible and provable when every certificate has ended."""

import subprocess
import time
from dataclasses import replace

import pytest

from exhaustive.send.signature.test_evidence import PROVEN, state
from exhaustive.send.signature.test_revisions import content, note, rotated, title, written, xmp, xmp_in_place
from reporter.exchange.signature import read_pdf
from reporter.formats.validate.vera import validate
from tests.authority import NOW
from tests.pdf.tag_checks import inspect
from tests.send.signature.signed import sign_with


@pytest.fixture(scope="module")
def archived(made, clock, packaged, tmp_path_factory):
    """The profile, signed by a seal of an authority that answers, and stamped as a whole."""
    pdf = packaged.workspace / "build/XX/2020/XX-2020-en.pdf"
    path = tmp_path_factory.mktemp("archived") / "XX-2020-en-signed.pdf"
    assert "B-LTA" == sign_with(made, pdf, path, replace(clock, archive=True), "asked").level
    return path


def test_it_passes_both_profiles_and_is_proven_for_years(archived, trust):
    assert ((), ()) == (validate(archived), inspect(archived))
    for years in (0, 9):
        (found,) = read_pdf(archived, replace(trust, moment=NOW.replace(year=NOW.year + years)))
        assert PROVEN == state(found)
    said = subprocess.run(["pdfsig", "-nocert", archived], capture_output=True, text=True, check=False).stdout
    # Poppler verifies no timestamps of documents, but sees that this one covers everything.
    signature, stamp = said.split("Signature #")[1:]
    assert (True, True) == ("Signature is Valid." in signature, "Total document signed" in stamp)


@pytest.mark.parametrize(
    "change", [xmp, xmp_in_place, title, content, note, rotated], ids=lambda change: change.__name__
)
def test_no_change_of_it_passes_or_takes_long(archived, trust, tmp_path, change):
    path = tmp_path / "changed.pdf"
    path.write_bytes(written(archived.read_bytes(), change))
    began = time.process_time()
    (found,) = read_pdf(path, trust)
    assert (True, True) == (bool(found.flaw), time.process_time() - began < 2)
