"""A note stands beside its call in the tree of tags."""

from tests.pdf.tagged import FOOT, NOTE, tell


def test_a_note_stands_beside_its_call_and_has_its_identifier(facts):
    read = facts(f"<p>One{NOTE.format(7, 'Why')} two</p>", FOOT)
    assert "P(One Reference(1) Note(Lbl(1.) Why) two)" == tell(read.tree.kids[0])
    assert frozenset({"note-7"}) == read.identities


def test_a_note_that_goes_on_at_the_foot_of_the_next_page_is_one_note(told):
    long = "<br>".join("abcdef")
    assert "P(One Reference(1) Note(Lbl(1.) a b c d e f) two)" == told(f"<p>One{NOTE.format(1, long)} two</p>", FOOT)
