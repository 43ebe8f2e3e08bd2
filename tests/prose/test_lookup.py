"""A lexicon that is tried only where its patterns can begin finds what it finds when it is tried everywhere."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.prose.lexicon import LEXICONS, LOOKUPS
from reporter.prose.lookup import Lookup
from tests.prose.test_lexicon import INNOCENT, sentences
from tests.snapshots import ROOT

TEXTS = {
    language: " ".join(each.read_text(encoding="utf-8") for each in folder.glob("20*.md"))
    for language in LEXICONS
    for folder in [ROOT / "tests/data/lithuania/data/LT/text" / language]
}
WORDS = {
    language: sorted(
        {word for text, _ in sentences(language) for word in text.replace("*", "").split()}
        | set(INNOCENT[language].split())
    )
    for language in LEXICONS
}


def everywhere(text: str, language: str) -> list[str]:
    groups = "|".join(f"(?:{words})" for _, words in LEXICONS[language])
    whole = re.compile(rf"\b(?:{groups})(?:(?<!\w)|\b)".replace(" ", r"\s+"), re.I)
    return [match[0] for match in whole.finditer(text)]


def looked_up(text: str, language: str) -> list[str]:
    return [match[0] for _, match in LOOKUPS[language].matches(text)]


@pytest.mark.parametrize("language", LEXICONS)
def test_all_texts_of_lithuania_are_read_alike(language: str):
    assert everywhere(TEXTS[language], language) == looked_up(TEXTS[language], language)


@pytest.mark.parametrize("language", LEXICONS)
@settings(max_examples=20)
@given(data=st.data())
def test_any_words_are_read_alike(language: str, data: st.DataObject):
    text = " ".join(data.draw(st.lists(st.sampled_from(WORDS[language]), max_size=12)))
    assert everywhere(text, language) == looked_up(text, language)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("(?:the )?most of", {"the", "mos"}),
        (r"ri[sz]e|\w+ing", {"ri\0", "\0"}),
        (r"up to", {"up "}),
        (r"ne(?:be)?augo", {"neb", "nea"}),
        (r"\d{2}", {f"{digit}\0" for digit in "0123456789"}),
    ],
)
def test_what_a_pattern_begins_with(pattern: str, expected: set[str]):
    assert (frozenset(expected),) == Lookup([pattern]).beginnings
