"""What is published stays, whatever other file of the edition changes."""

from pathlib import Path

import pypdf
import pytest

from tests.edition.test_published_files import (
    BESIDE,
    EDITS,
    STAMP,
    build,
    corrected,
    edit,
    live,
    published,
    require_published_files_stay,
    require_stamped,
)

FIXTURES = (published, corrected, live)


@pytest.mark.parametrize("kind", sorted(EDITS.keys() - {"figure", "catalogue"}))
def test_whatever_changes_the_published_files_stay(live: Path, kind: str) -> None:
    require_published_files_stay(live, kind)


def test_it_is_mistaken_for_a_published_one_on_no_page_of_a_pdf(live: Path) -> None:
    edit(live)
    build(live, formats="pdf")
    reader = pypdf.PdfReader(BESIDE / "XX-2020-unpublished-en.pdf")
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert [] == [number for number, words in enumerate(pages[:-1], 1) if STAMP not in words]
    require_stamped("pages", "\n".join(pages))
    require_stamped("metadata", f"{reader.metadata} {reader.xmp_metadata.stream.get_data().decode()}")
