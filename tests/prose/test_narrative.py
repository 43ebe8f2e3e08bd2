"""Narrative: what its expressions print, what they cannot reach, and that its HTML is safe."""

import re

from reporter.prose.narrative import NoteBook
from tests.prose.printing import narrative


def test_headings_cut_the_text_unless_in_code(known, english):
    text = "One.\n\n## Two & three ##\n\n```\n## not\n{{ year }}\n```\n\n ## Four"
    parts = narrative(known, english, text).parts
    assert ["", "Two & three", "Four"] == [title for title, _ in parts]
    assert "<pre><code>## not\n2020\n</code></pre>\n" == parts[1][1].html


def test_the_same_footnote_has_one_number(known, english):
    notebook = NoteBook()
    text = '{{ note("One.") }} {{ note("Two.") }} {{ note("One.") }}'
    html = narrative(known, english, text, notebook).parts[0][1].html
    assert [(1, "One."), (2, "Two.")] == [(note.number, note.text) for note in notebook.notes]
    assert 1 == html.count('<a class="note-call" href="#note-1" title="Note 1">(1)</a>')


def test_a_value_brings_its_notes_along_once(printed):
    figures = "  persons.convicted: {total: 3, note: {en: As published.}}"
    html = printed("{{ persons.convicted }} {{ persons.convicted }}", figures)
    assert '3\u00a0<span class="note" id="note-1" data-number="1">As published.</span> 3' == html


def test_a_part_brings_the_notes_of_its_total_along(printed):
    figures = (
        "  investigations.opened: {total: 9, note: {en: Total.}, by form: {sexual: {value: 4, note: {en: Part.}}}}"
    )
    html = printed("{{ investigations.opened.sexual }}", figures)
    assert ["Part.", "Total."] == re.findall(r'data-number="\d">(.*?)</span>', html)


def test_the_words_of_a_footnote_are_folded_and_may_hold_quotes(known, english):
    notebook = NoteBook()
    narrative(known, english, '{{ note("It\'s \\"quoted\\"\n  {so} to speak.") }}', notebook)
    assert ['It\'s "quoted" {so} to speak.'] == [note.text for note in notebook.notes]
