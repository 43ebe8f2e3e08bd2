"""Two versions of a text laid over each other, word by word."""

from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.comparison.text_diff import (
    Fate,
    Paragraph,
    WordRun,
    compare_paragraphs,
    compare_words,
    mark_moved_sentences,
)

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
    return compare_paragraphs(*([Paragraph(each, each[-1:]) for each in version] for version in (old, new)))


def shown(runs: tuple[WordRun, ...]) -> str:
    return "".join(SIGNS[run.fate].format(run.text) for run in runs)


def said(revisions, fates, place) -> list[str]:
    """One version, rebuilt from the revisions."""
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
@given(TEXT)
def test_a_text_against_itself_is_unchanged(text):
    assert [] == [each for each in compare(text, text) if not each.unchanged]


@settings(max_examples=40)
@given(TEXT, TEXT)
def test_what_moved_one_way_moved_the_other(old, new):
    assert moves(compare(old, new)) == {(was, now) for now, was in moves(compare(new, old))}


@settings(max_examples=40)
@given(st.permutations(["One of them was left.", "Two others came late.", "Three did not come.", "Nobody asked why."]))
def test_paragraphs_in_another_order_moved_and_nothing_was_written(order):
    found = compare(sorted(order), order)
    assert {Fate.UNCHANGED} == {run.fate for each in found for run in each.runs}


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
    ],
)
def test_whole_words_are_deleted_and_inserted(old, new, expected):
    assert expected == shown(compare_words(old, new))


def test_single_equal_words_do_not_hold_a_new_sentence_together():
    old = "The Ministry of the Interior opened a website for the public in March"
    new = "Since then volunteers of the Red Cross ran courses for many young guests in Vilnius"
    assert f"[-{old}][+{new}]" == shown(compare_words(old, new))


def test_a_paragraph_that_changed_places_is_said_to_have_moved():
    first, second, third = "A short one.", "A second paragraph with more words in it.", "A third that is quite as long."
    found = compare([first, second, third], [second, third, first])
    assert [(1, 0, False), (2, 1, False), (0, 2, True)] == [(each.was, each.now, each.moved) for each in found]


def test_a_moved_paragraph_shows_what_was_changed_in_it():
    long = "Police officers were trained for many days in every county."
    found = compare(["Judges were trained in 2018.", long], [long, "Judges were trained in 2019."])
    assert ["Judges were trained in[- 2018][+ 2019]."] == [shown(each.runs) for each in found if each.moved]


def test_a_deleted_paragraph_stands_where_it_was():
    found = compare(["One is here.", "Two was here.", "Three stays."], ["One is here.", "Three stays."])
    assert ["One is here.", "[-Two was here.]", "Three stays."] == [shown(each.runs) for each in found]


MOVED = "Non-governmental organisations have an important voice there."


def test_a_sentence_that_went_to_another_section_is_followed():
    old, new = [f"The Commission meets. {MOVED}"], ["The Commission meets."]
    found = mark_moved_sentences(
        {"a": compare(old, new), "b": compare(["Projects help them."], [f"Projects help them. {MOVED}"])}
    )
    assert [f"The Commission meets.[< {MOVED}]"] == [shown(each.runs) for each in found["a"]]
    assert [f"Projects help them.[> {MOVED}]"] == [shown(each.runs) for each in found["b"]]
    assert ["b", "a"] == [run.place for code in "ab" for each in found[code] for run in each.runs if run.place]


def test_a_few_words_that_stand_elsewhere_too_have_not_moved():
    found = mark_moved_sentences(
        {"a": compare(["It meets. So it was."], ["It meets."]), "b": compare(["X y."], ["X y. So it was."])}
    )
    assert ["It meets.[- So it was.]"] == [shown(each.runs) for each in found["a"]]


def test_a_full_stop_that_abbreviates_ends_no_sentence():
    moved = "Nuo 2019 m. Londone dirba policijos atašė."
    found = mark_moved_sentences({"a": compare([moved], []), "b": compare([], ["Viena.", moved])})
    assert [f"[<{moved}]"] == [shown(each.runs) for each in found["a"]]
