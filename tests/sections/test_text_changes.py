"""The narrative of two editions side by side: what is shown, listed, and said of it."""

import re
from collections.abc import Mapping
from pathlib import Path

from reporter.data.i18n import load_locale
from reporter.data.outline import Part, Volume
from reporter.data.records import Dataset
from reporter.data.theme.tokens import load_theme
from reporter.editions.job import Job
from reporter.editions.state import context_of
from reporter.figures.compare.figures import Manner
from reporter.formats.html import to_html
from reporter.report.context import Context
from reporter.report.document.document import Document, Revised
from reporter.report.sections import compose
from reporter.report.sections.text_changes import texts_carried, texts_changed
from tests import small
from tests.fixtures import ROOT
from tests.outline import outline
from tests.snapshots import TEMPLATES, translated

CHAPTERS = (
    Part("compared_law", "Law, plans and offices", ("law_changed",)),
    Part("compared_text", "The texts, word by word", ("texts_carried", "texts_changed")),
)
ENGLISH = load_locale("en")


def job(*years: str, language: str = "en", country: str = "XX", manner: Manner = Manner.YEARS) -> Job:
    return Job(country, int(years[-1]), language, manner, years)


def document(dataset: Dataset, wanted: Job) -> Document:
    context = context_of(dataset, wanted, translated(wanted.language))
    composed = compose(context.vintage, context.locale, (), None, outlines={Volume.MAIN: CHAPTERS}, context=context)
    assert () == composed.findings
    return composed.document


def context(dataset: Dataset, wanted: Job) -> Context:
    return context_of(dataset, wanted, translated(wanted.language))


def shown(root: Path, texts: Mapping[str, str], *, language: str = "en", languages: str = "[en]") -> list[object]:
    """The blocks of some texts, the small workspace's figures in them; a name is that of a file below text/."""
    files = {small.TEXT: None, "reporter.yaml": f"title: {{en: Small}}\nlanguages: {languages}\n"}
    files |= {f"data/XX/text/{name}.md": text for name, text in texts.items()}
    return list(texts_changed(context(small.load(root, files), job("2019", "2020", language=language))))


def told(block: object) -> list[str]:
    """A revised section: its remark, then its paragraphs with what came and went in brackets."""
    assert isinstance(block, Revised)
    paragraphs = (
        (f"({each.moved}) " if each.moved else "")
        + "".join(f"[{word.label}: {word.text}]" if word.fate else word.text for word in each.words)
        for each in block.paragraphs
    )
    return [each for each in (block.remark, *paragraphs) if each]


def test_the_texts_of_two_years_are_the_golden_ones(golden, lithuania: Dataset):
    golden("lithuania/texts-2019-2020-en.txt", outline(document(lithuania, job("2019", "2020", country="LT"))))


def test_countries_have_no_texts_in_common(lithuania: Dataset):
    wanted = Job("LT", 2020, "en", Manner.COUNTRIES, ("LT", "LT"))
    assert ((), None) == (texts_changed(context(lithuania, wanted)), texts_carried(context(lithuania, wanted)))


def test_both_editions_are_printed_with_their_own_figures(tmp_path):
    text = "# aliens\n\nIn {{ year }}, {{ investigations.opened }} investigations were opened.\n"
    _, section = shown(tmp_path, {"en/2019": text})
    expected = "In [deleted: 2019][inserted: 2020], [deleted: nine][inserted: 11] investigations were opened."
    remark = "Wording unchanged since 2019; only the figures differ."
    assert [remark, expected] == [re.sub(r" (?=\[i)", "", each) for each in told(section)]


def test_sections_that_are_new_or_dropped_say_so(tmp_path):
    texts = {"en/2019": "# aliens\n\nOld.\n", "en/2020": "# aliens\n\n# prevention\n\nNew.\n"}
    _, aliens, prevention = shown(tmp_path, texts)
    assert ["Dropped: the edition of 2020 has no text here.", "[deleted: Old.]"] == told(aliens)
    assert ["New: the edition of 2019 has no text here.", "[inserted: New.]"] == told(prevention)


def test_a_sentence_that_moved_names_the_section_it_went_to(tmp_path):
    moved = "Every victim gets a lawyer free of charge."
    texts = {
        "en/2019": f"# aliens\n\nA victim may stay. {moved}\n\n# prevention\n\nPosters hang everywhere.\n",
        "en/2020": f"# aliens\n\nA victim may stay.\n\n# prevention\n\nPosters hang everywhere. {moved}\n",
    }
    _, aliens, prevention = shown(tmp_path, texts)
    assert [f"A victim may stay. [moved to the section “Prevention”: {moved}]"] == told(aliens)
    there = f"[moved from the section “Legal status of aliens”: {moved}]"
    assert [f"Posters hang everywhere. {there}"] == told(prevention)


def test_paragraphs_that_moved_say_where_they_stood(tmp_path):
    one, two, three = "This first of them all is the longest by far.", "Then the second one.", "Last, the third."
    old, new = ("\n\n".join(("# aliens", *order)) for order in ((one, two, three), (two, three, one)))
    _, section = shown(tmp_path, {"en/2019": old, "en/2020": new})
    assert [
        f"(moved here; it followed “This first of them all is…”) {two}",
        f"(moved with the paragraph above) {three}",
        "1 paragraph unchanged",
    ] == told(section)
    _, section = shown(tmp_path, {"en/2019": new, "en/2020": old})
    assert f"(moved here from the start of the section) {two}" == told(section)[1]


def test_a_section_in_another_language_is_not_compared_word_by_word(tmp_path):
    texts = {"lt/2019": "# aliens\n\nSenas tekstas.\n", "en/2020": "# aliens\n\nA new text.\n"}
    _, section = shown(tmp_path, texts, languages="[en, lt]")
    message = "In the edition of 2019 this section is in another language, so it is not compared: Lithuanian."
    assert [message, "[inserted: A new text.]"] == told(section)


def test_what_is_said_of_a_text_is_said_in_its_language(tmp_path):
    texts = {"en/2019": "# aliens\n\nThey may stay here.\n", "en/2020": "# aliens\n\nThey may stay there.\n"}
    _, section = shown(tmp_path, texts, language="lt", languages="[en, lt]")
    assert isinstance(section, Revised)
    assert ("Užsieniečių teisinė padėtis", "en") == (section.title, section.language)
    assert "They may stay [deleted: here] [inserted: there]." == told(section)[-1]


def test_the_page_says_in_words_what_came_and_went(tmp_path):
    texts = {
        "data/XX/text/en/2019.md": "# aliens\n\nThey may <stay> here.\n\n- Old.\n",
        small.TEXT: "# aliens\n\nThey may <stay> there.\n\n- A new one.\n- Two.\n",
    }
    found = document(small.load(tmp_path, texts), job("2019", "2020"))
    html = to_html(found, load_theme(ROOT / "assets", "ministry"), ENGLISH.text, TEMPLATES)
    section = html[html.index('<div class="revised">') :]
    gone = '<del class="deleted">[<span class="fate">deleted:</span> <span class="what">here</span>]</del>'
    came = '<ins class="inserted">[<span class="fate">inserted:</span> <span class="what">there</span>]</ins>'
    assert f'<p class="paragraph">They may &lt;stay&gt; {gone} {came}.</p>' in section
    assert 3 == section.count('<li class="whole">')
