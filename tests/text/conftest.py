"""What the tests of narrative share."""

import pytest

from reporter.data.records import Vintage, vintage
from tests import small
from tests.small import HEAD, YEAR
from tests.text.printing import narrative
from tests.texts import html


@pytest.fixture
def printed(tmp_path, english):
    """`printed(text)` gives the HTML of a paragraph in the edition of 2020, without its tags p."""

    def print_text(text: str, figures: str = "", before: str = "") -> str:
        changed = {YEAR: f"{HEAD}figures:\n{figures}\n"} if figures else {}
        changed |= {"data/XX/2019.yaml": f"year: 2019\nsource: police\nfigures:\n{before}\n"} if before else {}
        known = vintage(small.load(tmp_path, changed), "XX", 2020)
        made = narrative(known, english, text)
        assert () == made.findings
        ((_, block),) = made.parts
        return html(block).removeprefix("<p>").removesuffix("</p>\n")

    return print_text


@pytest.fixture
def known(tmp_path) -> Vintage:
    return vintage(small.load(tmp_path), "XX", 2020)
