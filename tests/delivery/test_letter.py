"""The letter in a package names every other file with its checksum."""

from pathlib import Path

from pypdf import PdfReader

from reporter.submission import open_package
from reporter.validate import validate
from tests.roundtrip.forging import payload


def test_the_letter_names_every_other_file_with_its_checksum_and_passes_both_profiles(packaged, tmp_path):
    files = payload(packaged.package)
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(files.pop("XX-2020-office-letter.pdf"))
    text = "".join(page.extract_text() for page in PdfReader(letter).pages).replace("\n", "").replace(" ", "")
    del files["ro-crate-metadata.json"]
    assert [] == [name for name in files if name not in text]
    manifest = verify_sums(packaged.package)
    assert [] == [name for name in files if manifest[name] not in text]
    assert () == validate(letter)


def verify_sums(path: Path) -> dict[str, str]:
    lines = open_package(path).read("manifest-sha256.txt").decode().splitlines()
    return {name.removeprefix("data/"): known for known, _, name in (line.partition("  ") for line in lines)}
