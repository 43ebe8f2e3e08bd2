"""The letter in a package lists what is enclosed, and leaves checksums to the manifest."""

import re

from pypdf import PdfReader

from reporter.validate import validate
from tests.roundtrip.forging import payload


def test_the_letter_lists_each_kind_of_file_once_without_checksums_and_passes_both_profiles(packaged, tmp_path):
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(payload(packaged.package)["XX-2020-office-letter.pdf"])
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(letter).pages).split())
    lines = text.partition("Enclosed ")[2]
    assert "The profile as a PDF (English)" in lines
    assert 1 == lines.count("A file that the profile is made from (")
    read = ["The profile as a PDF", "The profile as a web page", "Data and methods as a PDF"]
    assert read == sorted(read, key=lines.index)
    assert [] == re.findall(r"[0-9a-f]{64}", text)
    assert () == validate(letter)
