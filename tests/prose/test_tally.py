"""A noun follows its number, in every form that its language has."""

import pytest

from reporter.errors import Mark
from reporter.i18n import load_locale
from reporter.model import Passage
from reporter.prose.evaluation import Printer
from reporter.prose.narrative import NoteBook, compose
from tests.prose.claiming import OPENED, known


@pytest.mark.parametrize(
    ("language", "number", "expected"),
    [("en", "1", "One\u00a0case"), ("en", "11", "11\u00a0cases"), ("en", "0", "0\u00a0cases")],
)
def test_a_noun_follows_its_number(tmp_path, language, number, expected):
    place = known(tmp_path, {2020: number})
    text = Passage("justice", language, 2020, f'{{{{ {OPENED} | counted("case", "cases") }}}}', Mark("t.md", 2))
    made = compose((text,), Printer(place, load_locale(language), {}), NoteBook())
    assert f"<p>{expected}</p>\n" == made.parts[0][1].html


@pytest.mark.parametrize(
    ("number", "expected"), [(1, "auka"), (21, "auka"), (2, "aukos"), (24, "aukos"), (10, "aukų"), (11, "aukų")]
)
def test_lithuanian_has_three_forms(number, expected):
    assert expected == load_locale("lt").form(("auka", "aukos", "aukų"), number)
