"""A document in a language that is half translated: what stands in it is in one language, and says which."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from html.parser import HTMLParser

import pytest

from reporter.check import RULES
from reporter.data.errors import Mark
from reporter.data.files.sources import Sources
from reporter.data.i18n import Locale, load_locale
from reporter.data.i18n.po_file import DOCUMENT, TOOL, has_words
from reporter.data.i18n.refresh import PROBLEM, head_of, program_messages
from reporter.data.outline import Volume
from reporter.data.records import Dataset, Label, Passage
from reporter.data.records.label import language_of
from reporter.data.theme.tokens import load_theme
from reporter.editions.checked import CheckedDataset, load_checked
from reporter.editions.job import Job
from reporter.editions.making.composed import document_of, documents_of
from reporter.editions.resources import locale_of
from reporter.figures.compare.figures import Manner
from reporter.formats.html import WebData, screen_drawings, to_html, to_web
from reporter.report.document.content import texts
from reporter.report.document.document import Document
from tests import small
from tests.editions import checked
from tests.fixtures import ROOT, RURITANIA
from tests.snapshots import TEMPLATES, snapshot

# Greek stands in for any language: whatever is translated into it is in other letters than what is not.
LANGUAGE = "el"
LATIN, GREEK = re.compile(r"[A-Za-z]"), re.compile(r"[α-ωά-ώΑ-ΩΆ-Ώ]")
LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
                        "αβγδεφγηιξκλμνοπκρστυβωχψζΑΒΓΔΕΦΓΗΙΞΚΛΜΝΟΠΚΡΣΤΥΒΩΧΨΖ")  # fmt: skip
PLACE = re.compile(r"(\{\w*\})")
# What has one name in every language: the country without a name, codes of statistics and flags, letters of annexes and
# of items of a law, files, the program, addresses.
NAMES = re.compile(
    r"\bXX(?:-[\w.-]+)?\b|\b[A-Z][A-Z\d_]*\b|^[a-z]{1,2}(?:\(\d+\))*$|\([a-z]\)|\bc\s–|\breporter [\w.]+|"
    r"(?:https://)?[\w.@/]+\.(?:example|org)/?[\w/.]*|" + "|".join(each.code for each in RULES)
    # The codes of rules.
)
# A text in Greek calls charts as their captions do, and groups of countries by the name they have.
CALLED = re.compile(r"\b(?:Figure|Table|Annex)\s[\d…Α-Ω]+|Nordic countries|Gulf states")
JOBS = {
    "profile": Job("XX", 2022, LANGUAGE),
    "years": Job("XX", 2022, LANGUAGE, Manner.YEARS, ("2021", "2022")),
    "many years": Job("XX", 2022, LANGUAGE, Manner.YEARS, ("2018", "2019", "2021", "2022")),
    "editions": Job("XX", 2021, LANGUAGE, Manner.EDITIONS, ("2021", "2022")),
    "countries": Job("XX", 2022, LANGUAGE, Manner.COUNTRIES, ("XX", "XX")),
}
NARRATIVE = """\
Τα {{ victims.identified }} θύματα, {{ victims.identified | change }}: {{ investigations.opened.labour | share }}.
{{ investigations.opened | change_sentence }} Βλέπε {{ figure("forms_year") }}: {{ countries.exploitation }}.
"""


def greek(text: str) -> str:
    return "".join(each if PLACE.fullmatch(each) else each.translate(LETTERS) for each in PLACE.split(text))


def half_translated(sources: Sources, share: float, seed: int) -> Locale:
    chance = random.Random(seed)
    entries = []
    for one, *plural in program_messages(DOCUMENT):
        done = chance.random() < share
        lines = [f"msgid {quoted(one)}", *(f"msgid_plural {quoted(each)}" for each in plural)]
        if plural:
            lines += [f"msgstr[{n}] {quoted(greek(form) if done else '')}" for n, form in enumerate((one, *plural))]
        else:
            lines.append(f"msgstr {quoted(greek(one) if done else '')}")
        entries.append("\n".join(lines))
    file = head_of(LANGUAGE) + "\n" + "\n\n".join(entries) + "\n"
    own = Sources.from_contents({f"translations/{LANGUAGE}.po": file.encode()})
    return load_locale(LANGUAGE, own.values(), lambda code: locale_of(sources, code))


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def half_labelled(thing: object, translate: Callable[[], bool]) -> object:
    if isinstance(thing, Label):
        more = ((LANGUAGE, greek(thing.texts[0][1])),) if thing.texts and translate() else ()
        return Label((*thing.texts, *more))
    if isinstance(thing, tuple) and not hasattr(thing, "_fields"):
        return tuple(half_labelled(each, translate) for each in thing)
    if is_dataclass(thing) and not isinstance(thing, (type, Mark)):
        found = {each.name: getattr(thing, each.name) for each in fields(thing) if each.init}
        made = {name: half_labelled(value, translate) for name, value in found.items()}
        return replace(thing, **{name: value for name, value in made.items() if value is not found[name]})
    return thing


class Spoken(HTMLParser):
    """The words of a page by the language in which they are said to be: what is read, and what is read aloud."""

    ALOUD = ("alt", "aria-label", "title")
    VOID = ("meta", "link", "img", "br", "hr", "wbr", "col", "input")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.words: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        language = known.get("lang") or (self.open[-1][1] if self.open else "")
        self.words += [(language, known[name]) for name in self.ALOUD if known.get(name)]
        if tag not in self.VOID:
            self.open.append((tag, language))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self.open and not {"style", "svg"} & {tag for tag, _ in self.open}:
            self.words.append((self.open[-1][1], data))


@pytest.fixture(scope="module")
def half() -> Callable[[str, float], tuple[Document, Locale]]:
    """`half(name, share)` is a document of Ruritania with a share of its messages and labels in Greek."""
    sources, found = snapshot(RURITANIA), checked("XX")

    @cache
    def made(name: str, share: float) -> tuple[Document, Locale]:
        chance, locale = random.Random(name), half_translated(sources, share, 1)
        dataset = half_labelled(found.dataset, lambda: chance.random() < share)
        assert isinstance(dataset, Dataset)
        (country,) = dataset.countries
        written = Passage("victims", LANGUAGE, 2022, NARRATIVE, Mark("data/XX/text/el/2022.md"))
        dataset = replace(dataset, countries=(replace(country, passages=(*country.passages, written)),))
        return document_of(CheckedDataset(dataset, found.findings), JOBS[name], locale), locale

    return made


def pieces(document: Document) -> Iterator[str]:
    """Every text of a document; of running text every paragraph, item and footnote."""
    for text in texts(document):
        yield from (re.sub("<[^>]*>", "", each) for each in re.split(r'</(?:li|p)>|<span class="note".*?</span>', text))


@pytest.mark.parametrize("name", JOBS)
def test_no_sentence_caption_headline_or_description_mixes_languages(half, name):
    document, _ = half(name, 0.5)
    shown = [NAMES.sub("", CALLED.sub("", each)) for each in pieces(document)]
    assert [] == [each for each in shown if LATIN.search(each) and GREEK.search(each)]
    # Both languages are there, or nothing would have been tried.
    assert [True, True] == [any(map(each.search, shown)) for each in (LATIN, GREEK)]


@pytest.mark.parametrize("name", JOBS)
def test_what_a_document_prints_is_among_the_messages_of_documents(monkeypatch, name):
    asked, made = set[str](), Locale._in_one_language

    def listening(locale: Locale, message: str, *more: object) -> str:
        asked.add(message)
        return made(locale, message, *more)

    monkeypatch.setattr(Locale, "_in_one_language", listening)
    locale = locale_of(snapshot(RURITANIA), "en")
    document = document_of(checked("XX"), replace(JOBS[name], language="en"), locale)
    to_html(document, load_theme(ROOT / "assets"), locale.text, TEMPLATES)
    # Where a language has no words for a finding, the document names its figure.
    of_checks = {ids[0] for ids, each in program_messages(TOOL).items() if PROBLEM in each.flags}
    known = {ids[0] for ids in program_messages(DOCUMENT)} | of_checks
    assert set() == {each for each in asked if has_words(each)} - known


def test_a_finding_without_words_in_a_language_is_listed_by_its_figure():
    job = Job("XX", 2022, "el")
    document = documents_of(checked("XX"), job, locale_of(snapshot(RURITANIA), "el"), anyway=True)[Volume.METHODS]
    (listed,) = (each for chapter in document.sections for each in chapter.walk() if each.code == "findings")
    lines = [(str(each.title), *map(str, each.lines)) for block in listed.blocks for each in block.entries]
    rule = "Κανόνας: sex-not-derivable· προειδοποίηση"
    assert ("2019: Identified victims", rule, "The sex of the children is not stated.") in lines


@pytest.mark.parametrize("name", ["profile", "years"])
def test_a_page_says_of_all_words_in_which_language_they_are(half, name):
    document, locale = half(name, 0.5)
    theme, drawing = load_theme(ROOT / "assets"), b'<svg viewBox="0 0 1 1"></svg>'
    data = WebData(
        dict.fromkeys((each.name for each in screen_drawings(document)), drawing),
        {each.code: "" for each in document.figures()},
    )
    pages = (to_html(document, theme, locale.text, TEMPLATES), to_web(document, theme, locale.text, TEMPLATES, data))
    found = {(language, words.strip()) for page in pages for language, words in Spoken(page).words}
    spoken = {(language, NAMES.sub("", CALLED.sub("", words))) for language, words in found}
    assert {"el", "en"} == {language for language, _ in spoken}
    wrong = {"el": LATIN, "en": GREEK}
    assert [] == sorted(words for language, words in spoken if wrong[language].search(words))


def test_nothing_is_said_of_translation_where_all_is_translated(ruritania):
    document = document_of(CheckedDataset(ruritania, ()), Job("XX", 2022, "en"), locale_of(snapshot(RURITANIA), "en"))
    assert "" == document.remark
    assert [] == [each for each in texts(document) if language_of(each)]


def test_data_behind_the_charts_stand_in_the_second_document_under_the_numbers_of_the_profile():
    made = documents_of(checked("LT"), Job("LT", 2020, "en"), load_locale("en"))
    profile, methods = made[Volume.MAIN], made[Volume.METHODS]
    behind = [table.caption for table in methods.tables() if table.caption.startswith("Data of Figure")]
    assert [f"Data of Figure {each.number}: {each.caption}" for each in profile.figures()] == behind
    assert () == methods.figures()
    numbers = {table.number: table.code for table in (*profile.tables(), *methods.tables())}
    assert list(range(1, len(numbers) + 1)) == sorted(numbers)
    assert [sheet.number for sheet in profile.sheets] == sorted(numbers)
    assert "1" == methods.sections[0].number


def test_a_source_that_nobody_knows_stands_in_a_draft_by_its_code(tmp_path):
    """In the workbench the page is there while somebody writes, whatever is still wrong."""
    small.write(tmp_path, {small.YEAR: small.FILES[small.YEAR].replace("source: police", "source: polise")})
    job = Job("XX", 2020, "en")
    made = documents_of(load_checked(snapshot(tmp_path), "XX"), job, load_locale("en"), anyway=True)
    notes = {each.source_note for each in made[Volume.MAIN].figures()}
    assert any("polise" in each for each in notes)
