"""What a reviewer wrote is told at the sentence of the source, with file and line; a number as the figure it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.data.files.workspace import Workspace
from reporter.data.languages.sentences import likeness, place_in, plain_text
from reporter.data.records import ReviewRemark
from tests import reviews, small
from tests.word.reviewed import Change, comment, new_paragraph, reviewed, tracked

Shared = tuple[Workspace, bytes]
OPENED, FIGURES = "investigations were opened", "data/XX/2020.yaml"


def told(shared: Shared, *changes: Change) -> tuple[ReviewRemark, ...]:
    workspace, content = shared
    return reviews.told(workspace.snapshot(), reviewed(content, *changes))


def places(remarks: tuple[ReviewRemark, ...]) -> list[tuple[str, str, int]]:
    return [(each.section, each.file, each.line) for each in remarks]


def line_of(words: str, path: str = small.TEXT) -> int:
    text = (small.FILES | reviews.FILES)[path]
    return text[: text.index(words)].count("\n") + 1


def test_a_comment_stands_at_its_sentence_and_at_the_item_of_a_list(shared: Shared) -> None:
    law = comment("The law did not change", "It did, in May.", "Rasa", 20)
    said, item = told(shared, law, comment("open at night", "Since when?"))
    assert ("general_situation", small.TEXT, line_of("were women")) == places((said,))[0]
    assert ("The law did not change.", "The law did not change") == (said.sentence, said.words)
    assert ("Rasa", "2026-11-20", "It did, in May.") == (said.author, said.day, said.text)
    assert line_of("- The second") == item.line


@pytest.mark.parametrize(
    ("place", "old", "new", "figure"),
    [
        (OPENED, "11", "12", "investigations.opened"),
        ("were women", "60", "61", "victims.identified.women"),
        (OPENED, "opened", "started", ""),
    ],
)
def test_a_changed_number_is_told_as_its_figure(shared: Shared, place: str, old: str, new: str, figure: str) -> None:
    (said,) = told(shared, tracked(place, old, new))
    (change,) = said.changes
    assert (old, new, figure, 2020 if figure else 0) == (change.old, change.new, change.figure, change.year)
    place = f"{FIGURES}:{line_of(figure.removesuffix('.women'), small.YEAR)}" if figure else ""
    assert ("police" if figure else "", place) == (change.source, change.at)


def test_a_number_in_a_sentence_made_of_values_is_its_figure_of_its_year(shared: Shared) -> None:
    (said,) = told(shared, tracked("Nobody knows why", "9", "8"))
    change = said.changes[0]
    assert ("9", "8", "investigations.opened", 2019) == (change.old, change.new, change.figure, change.year)
    assert line_of("| change_sentence") == said.line


def test_a_headline_of_values_stands_in_its_heading(shared: Shared) -> None:
    (said,) = told(shared, comment("Many more cases", "Really?"))
    assert ("general_situation", small.TEXT, 1) == places((said,))[0]


def test_changes_of_one_author_in_a_sentence_are_one_remark(shared: Shared) -> None:
    change = tracked("The law did", "law", "statute"), tracked("did not change", "change", "alter")
    (said,) = told(shared, *change)
    assert [("law", "statute"), ("change", "alter")] == [(each.old, each.new) for each in said.changes]


def test_a_new_paragraph_is_told_below_the_sentence_before_it(shared: Shared) -> None:
    (said,) = told(shared, new_paragraph("Nobody knows why", "Since May a hotline is open."))
    assert ("¶ Since May a hotline is open.", "") == (said.changes[0].new, said.changes[0].old)
    assert "Nobody knows why that is so." == said.sentence


def test_what_stands_in_a_cell_is_its_observation(shared: Shared) -> None:
    (said,) = told(shared, in_cell("Investigations opened", "11", "Not 12?"))
    assert ("investigations.opened", 2020, FIGURES) == (said.figure, said.of, said.file)
    assert line_of("investigations.opened", small.YEAR) == said.line


def in_cell(stub: str, value: str, text: str) -> Change:
    """A comment on the cell of a row that has a value."""

    def change(document):  # type: ignore[no-untyped-def]
        for table in document.tables:
            for row in table.rows:
                cells = [cell for cell in row.cells if cell.text.startswith(value)]
                if row.cells[0].text == stub and cells:
                    document.add_comment(cells[-1].paragraphs[0].runs, text=text, author="Ona", initials="O")
                    return
        raise AssertionError(f"no cell has {value}")

    return change


def test_a_text_of_a_file_has_its_line_and_one_of_the_program_none(shared: Shared) -> None:
    own, label = told(shared, comment("Sexual exploitation", "Which?"), comment("What the figures mean", "Move it."))
    assert ("data/catalogue.yaml", line_of("Sexual exploitation", "data/catalogue.yaml")) == (label.file, label.line)
    assert ("", 0, "") == (own.file, own.line, own.doubt)


def test_words_that_are_nowhere_are_said_to_be_so(shared: Shared) -> None:
    foreign = new_paragraph("Nobody knows why", "x"), comment("The law did not", "y")
    assert ["", ""] == [each.doubt for each in told(shared, *foreign)]
    workspace, content = shared
    other = reviewed(content, comment("The law did not change", "Whose?"))
    sources = workspace.snapshot().overlay({small.TEXT: b"# general_situation\n\nAll is written anew here.\n"})
    (said,) = reviews.told(sources, other)
    assert said.doubt.startswith("these words are not in the edition")
    assert ("general_situation", "") == (said.section, said.file)


def test_words_are_found_again_after_the_text_was_edited(shared: Shared) -> None:
    workspace, content = shared
    text = reviews.TEXT.replace("In {{ year }}", "A new first sentence stands here.\nThen, in {{ year }}")
    year = small.FILES[small.YEAR].replace("total: 11", "total: 14")
    sources = workspace.snapshot().overlay({small.TEXT: text.encode(), small.YEAR: year.encode()})
    back = reviewed(content, tracked(OPENED, "11", "12"), comment("The law did not", "It did."))
    number, law = reviews.told(sources, back)
    assert "where it is 14 now" in number.changes[0].at
    assert (4, 5) == (number.line, law.line)


def test_what_strangers_write_is_kept_in_one_line(shared: Shared) -> None:
    texts = "\u202egnp.exe", "a\nb\tc", "x" * 9_000
    said = told(shared, *(comment("The law did not change", each) for each in texts))
    assert [True] * 3 == [each.text.isprintable() and len(each.text) <= 1_000 for each in said]


OLD = "In 2020, 24 victims were identified."
NEW = "Then, in 2020, 24 victims of trafficking were identified."


def test_a_word_is_found_where_it_stands_now_and_one_that_is_gone_where_it_would_begin() -> None:
    words = ("2020", "24", "victims", "were", "identified")
    assert [NEW.index(each) for each in words] == [place_in(NEW, OLD, OLD.index(each)) for each in words]
    assert OLD.index("were") == place_in(OLD, NEW, NEW.index("trafficking"))


@given(st.text(), st.text())
def test_no_place_is_outside_of_the_other_text(one: str, other: str) -> None:
    assert all(0 <= place_in(other, one, place) <= len(other) for place in range(len(one) + 1))


def test_blanks_that_break_no_line_are_no_difference() -> None:
    assert "Figure 3 – a" == plain_text("Figure\u00a03 \u2013\u202fa")
    assert 1.0 == likeness("Two words", "two\u00a0words")
    assert 0.0 == likeness("", "")
