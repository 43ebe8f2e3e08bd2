"""Calls of footnotes: never behind a numeral, in reading order, none lost."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.prose.call_places import SET, TYPED, WAITS, settled, with_calls

NOUNS = frozenset(("victims", "members", "investigations", "tyrimai", "aukų", "women", "gavusių", "asmenų"))
CALLED = "\u00a0(1)"


def placed(html: str, sign: str = WAITS) -> str:
    """HTML with calls, of which each stands where `@` is."""
    return with_calls(settled(html.replace("@", f"{sign}0{SET}"), NOUNS), lambda _: CALLED).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<p>24@ victims were identified, 16 of them women.</p>",
            "<p>24 victims (1) were identified, 16 of them women.</p>",
        ),
        ("<p>It has 25@ new members.</p>", "<p>It has 25 new members (1).</p>"),
        ("<p><strong>25@</strong> new members</p>", "<p><strong>25</strong> new members (1)</p>"),
        ("<p>It fell to 24@.</p><p>More.</p>", "<p>It fell to 24. (1)</p><p>More.</p>"),
        (
            "<p>It fell from 39@ in 2019 to 24 in 2020. More</p>",
            "<p>It fell from 39 in 2019 to 24 in 2020. (1) More</p>",
        ),
        ("<p>A rise by 12.5@ % of all cases, then</p>", "<p>A rise by 12.5 % of all cases (1), then</p>"),
        ("<p>54 %@ pagalbą gavusių asmenų, o kiti</p>", "<p>54 % pagalbą gavusių asmenų (1), o kiti</p>"),
        ("<p>Nustatyta 24@, 2019 m. – 39.</p>", "<p>Nustatyta 24, 2019 m. – 39. (1)</p>"),
        ("<li>Victims: 24@</li>", "<li>Victims (1): 24</li>"),
        ("<p>24@ &amp; 30 women, &#x27;x&#x27;</p>", "<p>24 &amp; 30 women (1), &#x27;x&#x27;</p>"),
        ("<p>24@ <a class='reference'>Table 3</a>, so</p>", "<p>24 <a class='reference'>Table 3</a>, so (1)</p>"),
        (
            "<p><a class='reference' href='#figure-a'>Figure 3</a>@</p>",
            "<p><a class='reference' href='#figure-a'>Figure 3</a> (1)</p>",
        ),
        ("<p>See <a href='b'>a</a>2020@</p>", "<p>See (1) <a href='b'>a</a>2020</p>"),
        ("<p>24@@ victims</p>", "<p>24 victims (1) (1)</p>"),
    ],
)
def test_a_call_waits_for_a_word(html, expected):
    assert expected == placed(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>They met@, then left.</p>", "<p>They met (1), then left.</p>"),
        ("<p>On 5 May 2015@ it began.</p>", "<p>On 5 May 2015 it began (1).</p>"),
        ("<p>They left.</p><p>@They came.</p>", "<p>They left.</p><p>They came (1).</p>"),
    ],
)
def test_a_call_that_somebody_placed_moves_only_from_a_numeral(html, expected):
    assert expected == placed(html, TYPED)


WORDS = "24|12.5| %| victims| of them|,|. |; | (|)|<em>|</em>| <a href='x'>the 24</a>| <a class='reference'>Table 3</a>"
PARTS = st.sampled_from([*WORDS.split("|"), " &amp; ", "&#x27;", " in 2020", "@", "@"])


@settings(max_examples=50)
@given(st.lists(PARTS, max_size=14).map("".join))
def test_no_call_is_lost_and_none_follows_a_numeral_where_a_word_is_near(text):
    html = f"<p>In all,{text} people came.</p>"
    made = placed(html)
    assert html.count("@") == made.count("(1)")
    assert html.replace("@", "") == made.replace(" (1)", "")
    assert not re.search(r"[\d%](?:</?em>)*\s\(1\)", made)
