"""Two versions of a text laid over each other, word by word."""

from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.figures.compare.text_diff import Fate, WordRun, compare_paragraphs, compare_words, mark_moved_sentences

OLD, NEW = (Fate.UNCHANGED, Fate.DELETED, Fate.LEFT), (Fate.UNCHANGED, Fate.INSERTED, Fate.CAME)
SAID = st.sampled_from(
    ["the", "court", "convicted", "24", "1 234", "persons", "in", "2019", ",", ".", "24 %", "ir", "–"]
)
SPACE = st.sampled_from(["", " ", "  ", "\u00a0"])
PARAGRAPH = st.lists(st.tuples(SAID, SPACE), max_size=12).map(lambda parts: "".join(chain.from_iterable(parts)))
TEXT = st.lists(PARAGRAPH | st.text(max_size=20), max_size=6)
SIGNS = {Fate.UNCHANGED: "{}", Fate.DELETED: "[-{}]", Fate.INSERTED: "[+{}]", Fate.LEFT: "[<{}]", Fate.CAME: "[>{}]"}


def compare(old, new):
    """Two versions whose paragraphs are of a sort by their last sign: a heading ends otherwise than a sentence."""
    return compare_paragraphs(*([(each, each[-1:]) for each in version] for version in (old, new)))


def shown(runs: tuple[WordRun, ...]) -> str:
    return "".join(SIGNS[run.fate].format(run.text) for run in runs)


def said(revisions, fates, place) -> list[str]:
    found = [each for each in revisions if getattr(each, place) is not None]
    found.sort(key=lambda each: getattr(each, place))
    return ["".join(run.text for run in each.runs if run.fate in fates) for each in found]


def moves(revisions) -> set[tuple[int, int]]:
    return {(each.was, each.now) for each in revisions if each.moved}


@settings(max_examples=40)
@given(TEXT, TEXT)
def test_what_is_unchanged_and_deleted_is_the_old_text_what_is_unchanged_and_inserted_the_new(old, new):
    found = mark_moved_sentences({"a": compare(old, new)})["a"]
    assert (old, new) == (said(found, OLD, "was"), said(found, NEW, "now"))


@settings(max_examples=40)
@given(TEXT, TEXT)
def test_what_moved_one_way_moved_the_other(old, new):
    assert moves(compare(old, new)) == {(was, now) for now, was in moves(compare(new, old))}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("In 2019, 39 victims came.", "In 2020, 24 victims came.", "In[- 2019][+ 2020],[- 39][+ 24] victims came."),
        ("They had 1 234 cards.", "They had 1 235 cards.", "They had[- 1 234][+ 1 235] cards."),
        ("Men were 24 % of all.", "Men were 24 of all.", "Men were[- 24 %][+ 24] of all."),
        ("The court convicted them.", "The courts convicted them.", "The[- court][+ courts] convicted them."),
        ("Officers train here.", "Officers, too, train here.", "Officers[+, too,] train here."),
        ("Children’s homes took part.", "Children’s homes took part!", "Children’s homes took part[-.][+!]"),
        ("Teisėjai mokėsi.", "Prokurorai ir teisėjai mokėsi.", "[-Teisėjai][+Prokurorai ir teisėjai] mokėsi."),
        ("It ended.", "", "[-It ended.]"),
        # Single equal words do not hold a new sentence together.
        (
            "The Ministry of the Interior opened a website for the public in March",
            "Since then volunteers of the Red Cross ran courses for many young guests in Vilnius",
            "[-The Ministry of the Interior opened a website for the public in March]"
            "[+Since then volunteers of the Red Cross ran courses for many young guests in Vilnius]",
        ),
    ],
)
def test_whole_words_are_deleted_and_inserted(old, new, expected):
    assert expected == shown(compare_words(old, new))


def test_a_paragraph_that_changed_places_has_moved_and_shows_what_was_changed_in_it():
    long = "Police officers were trained for many days in every county."
    found = compare(["Judges were trained in 2018.", "Gone.", long], [long, "Judges were trained in 2019."])
    assert [
        (1, None, False, "[-Gone.]"), (2, 0, False, long), (0, 1, True, "Judges were trained in[- 2018][+ 2019]."),
    ] == [(each.was, each.now, each.moved, shown(each.runs)) for each in found]  # fmt: skip


MOVED = "Non-governmental organisations have an important voice there."
POLICE = "Nuo 2019 m. Londone dirba policijos atašė."


@pytest.mark.parametrize(
    ("left", "came", "expected"),
    [
        (
            (f"The Commission meets. {MOVED}", "The Commission meets."),
            ("Projects help them.", f"Projects help them. {MOVED}"),
            (f"The Commission meets.[< {MOVED}]", f"Projects help them.[> {MOVED}]"),
        ),
        # A few words that stand elsewhere too have not moved.
        (
            ("It meets. So it was.", "It meets."),
            ("X y.", "X y. So it was."),
            ("It meets.[- So it was.]", "X y.[+ So it was.]"),
        ),
        # A full stop that abbreviates ends no sentence.
        ((POLICE, ""), ("", f"Viena.|{POLICE}"), (f"[<{POLICE}]", f"[+Viena.][>{POLICE}]")),
    ],
)
def test_a_sentence_that_went_to_another_section_is_followed(left, came, expected):
    found = mark_moved_sentences(
        {
            code: compare(*(each.split("|") if each else [] for each in pair))
            for code, pair in zip("ab", (left, came), strict=True)
        }
    )
    assert expected == tuple("".join(shown(each.runs) for each in found[code]) for code in "ab")
    places = [run.place for code in "ab" for each in found[code] for run in each.runs if run.place]
    assert places == (["b", "a"] if "<" in expected[0] else [])
