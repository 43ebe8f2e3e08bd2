"""LibreOffice opens the Word file of a whole profile, and prints every paragraph of it."""

import re
import subprocess
import unicodedata
from pathlib import Path

from tests.word.written import opened, paragraphs, profile_file, text_of


def test_libreoffice_prints_every_paragraph(tmp_path: Path) -> None:
    content = profile_file("LT", 2020, "lt")
    source = tmp_path / "profile.docx"
    source.write_bytes(content)
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    printed = subprocess.run(
        ["pdftotext", "-raw", str(tmp_path / "profile.pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout

    said = squeezed(printed)
    assert "error" not in (done.stdout + done.stderr).lower()
    assert [] == [
        text for text in (text_of(each._p) for each in paragraphs(opened(content))) if not is_within(text, said)
    ]


def squeezed(text: str) -> str:
    """The letters of a text; the numbers of notes stand between them on paper."""
    return re.sub(r"[\W\d_]", "", unicodedata.normalize("NFKC", text)).casefold()


def is_within(text: str, said: str) -> bool:
    """Whether each sentence is printed. A page may part it, so its beginning or its end is enough."""
    sentences = map(squeezed, re.split(r"(?<=[.;:])\s", text))
    return all(each[:24] in said or each[-24:] in said for each in sentences)
