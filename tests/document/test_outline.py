"""What is in which document, and that nothing is in none."""

import pytest

from reporter.document.outline import COMPARED, PROFILE, SECTIONS, TEXTS, Volume, parts
from reporter.model import Annexes


def blocks(*outlines):
    return {block for outline in outlines for part in parts(outline) for block in part.blocks}


@pytest.mark.parametrize("annexes", Annexes)
def test_wherever_the_annexes_stand_everything_is_in_one_of_the_documents(annexes):
    # In the profile revisions are listed if there are any, in Data and methods always.
    assert blocks(SECTIONS) == blocks(*PROFILE[annexes].values()) - {"revised"}


def test_the_profile_keeps_of_the_annexes_what_a_reader_needs():
    short = PROFILE[Annexes.SHORT]
    both = blocks(short[Volume.MAIN]) & blocks(short[Volume.METHODS])
    assert {"symbols", "abbreviations", "sources"} == both
    assert "revised" in blocks(short[Volume.MAIN])
    assert [] == [part.code for part in short[Volume.METHODS] if part.annex]


def test_the_texts_word_by_word_are_not_in_the_comparison():
    assert set() == blocks(COMPARED[Volume.MAIN]) & blocks(TEXTS)
