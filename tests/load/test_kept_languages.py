"""Of a file some languages are left out, and nothing else."""

from collections.abc import Collection, Mapping
from typing import Any

import pytest
import yaml

from reporter.load.kept_languages import in_languages
from reporter.model.label import OFFICIAL
from tests.fixtures import LITHUANIA, RURITANIA
from tests.snapshots import yaml_files


def only(data: Any, kept: Collection[str]) -> Any:
    """What a file says, without the texts of other languages where a kept one has them."""
    if isinstance(data, Mapping):
        if data and OFFICIAL.issuperset(data) and any(each in kept for each in data):
            return {language: text for language, text in data.items() if language in kept}
        return {key: only(value, kept) for key, value in data.items()}
    return [only(value, kept) for value in data] if isinstance(data, list) else data


FILES = (
    *yaml_files(RURITANIA),
    *(LITHUANIA / "data" / each for each in ("catalogue.yaml", "LT/country.yaml", "LT/2020.yaml")),
)


@pytest.mark.parametrize("kept", ["lt", "fi", "en lt"])
def test_every_file_says_the_same_in_the_languages_that_are_kept(kept):
    for path in FILES:
        text = path.read_text()
        made = in_languages(text, kept.split())
        assert only(yaml.load(text, yaml.CBaseLoader), kept.split()) == yaml.load(made, yaml.CBaseLoader), path
        assert (kept in ("fi", "en lt")) <= (text == made)


def test_comments_and_all_else_stay_as_they_were_typed():
    text = """\
# a file
title: {en: "A: b",   lt: C} # in one line
of:   [1,  2]
note:
  # of the note
  lt: >-
    Daug
    eilučių
  en: >-
    Some
    lines

  fi: Suomi
terms:
  en: [a, b]
  lt: [c,
       d]
last: {lt: X, en: Y}
"""
    assert """\
# a file
title: {en: "A: b"} # in one line
of:   [1,  2]
note:
  # of the note
  en: >-
    Some
    lines

terms:
  en: [a, b]
last: {en: Y}
""" == in_languages(text, {"en"})
