"""Names of persons: what tells two of them apart, and what does not."""

import pytest

from reporter.model import folded_name, plain_name


@pytest.mark.parametrize(
    "name", ["Vida Jonaitė", "VIDA  JONAITE", "Jonaitė, Vida", "vida jonaite\u0307", "\tVida\nJonaitė"]
)
def test_case_accents_blanks_and_order_make_no_other_person(name: str) -> None:
    assert ("jonaite", "vida") == folded_name(name)


@pytest.mark.parametrize("name", ["Vidas Jonaitis", "V. Jonaitė", "Vida"])
def test_other_words_are_another_person(name: str) -> None:
    assert folded_name("Vida Jonaitė") != folded_name(name)


@pytest.mark.parametrize("name", ["", "  ", "...", "\u200b", "—"])
def test_what_has_no_letter_is_nobody(name: str) -> None:
    assert () == folded_name(plain_name(name))


def test_a_name_stands_on_one_line() -> None:
    assert "Vida Replaces: nothing" == plain_name("Vida\r\nReplaces: nothing\u2028")
