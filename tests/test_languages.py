"""Languages: the typefaces have all letters of the Union, and numbers and dates are written as each language does."""

import ast
import io
import re
import sys
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from reporter.data.files.sources import SourceFile
from reporter.data.i18n import Locale, load_locale
from reporter.data.i18n.po_file import read_po_file
from reporter.data.records.label import OFFICIAL
from reporter.data.theme.tokens import load_theme
from reporter.editions.job import Job
from reporter.editions.making.composed import document_of
from reporter.formats.pdf import to_pdf
from tests.editions import checked
from tests.pdf.tag_checks import inspect
from tests.snapshots import TEMPLATES, translated

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import messages  # noqa: E402 - a script, not a part of the package

gathered = cache(messages.gathered)

# Every letter of the language besides A to Z.
LETTERS = {
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "cs": "áčďéěíňóřšťúůýž",
    "da": "æøåé",
    "de": "äöüß",
    "el": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
    "en": "éï",
    "es": "áéíñóúü¿¡ªº",
    "et": "äõöüšž",
    "fi": "åäöšž",
    "fr": "àâæçéèêëîïôœùûüÿ",
    "ga": "áéíóú",
    "hr": "čćđšž",
    "hu": "áéíóöőúüű",
    "it": "àèéìîòóù",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
    "mt": "ċġħżàèìòù",
    "nl": "áéëïóöü",
    "pl": "ąćęłńóśźż",
    "pt": "ãáâàçéêíõóôú",
    "ro": "ăâîșț",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "sl": "čšž",
    "sv": "åäöé",
}
# 5001, 1234567, −12.5, 36 %, −7.1 %, 5 March 2020, March 2020, "A, B and C"; quotation marks around a word.
FORMATS = {
    "bg": ("5 001", "1 234 567", "−12,5", "36%", "−7,1%", "5 март 2020 г.", "март 2020 г.", "A, B и C", "„x“"),
    "cs": ("5 001", "1 234 567", "−12,5", "36 %", "−7,1 %", "5. března 2020", "březen 2020", "A, B a C", "„x“"),
    "da": ("5.001", "1.234.567", "−12,5", "36 %", "−7,1 %", "5. marts 2020", "marts 2020", "A, B og C", "“x”"),
    "de": ("5.001", "1.234.567", "−12,5", "36 %", "−7,1 %", "5. März 2020", "März 2020", "A, B und C", "„x“"),
    "el": ("5.001", "1.234.567", "−12,5", "36%", "−7,1%", "5 Μαρτίου 2020", "Μάρτιος 2020", "A, B και C", "«x»"),
    "en": ("5,001", "1,234,567", "−12.5", "36%", "−7.1%", "5 March 2020", "March 2020", "A, B and C", "“x”"),
    "es": ("5.001", "1.234.567", "−12,5", "36 %", "−7,1 %", "5 de marzo de 2020", "marzo de 2020", "A, B y C", "«x»"),
    "et": ("5 001", "1 234 567", "−12,5", "36%", "−7,1%", "5. märts 2020", "märts 2020", "A, B ja C", "„x“"),
    "fi": (
        "5 001",
        "1 234 567",
        "−12,5",
        "36 %",
        "−7,1 %",
        "5. maaliskuuta 2020",
        "maaliskuu 2020",
        "A, B ja C",
        "”x”",
    ),
    "fr": ("5 001", "1 234 567", "−12,5", "36 %", "−7,1 %", "5 mars 2020", "mars 2020", "A, B et C", "« x »"),
    "ga": ("5,001", "1,234,567", "−12.5", "36%", "−7.1%", "5 Márta 2020", "Márta 2020", "A, B agus C", "“x”"),
    "hr": ("5.001", "1.234.567", "−12,5", "36 %", "−7,1 %", "5. ožujka 2020.", "ožujak 2020.", "A, B i C", "„x”"),
    "hu": ("5 001", "1 234 567", "−12,5", "36%", "−7,1%", "2020. március 5.", "2020. március", "A, B és C", "„x”"),
    "it": ("5.001", "1.234.567", "−12,5", "36%", "−7,1%", "5 marzo 2020", "marzo 2020", "A, B e C", "«x»"),
    "lt": ("5 001", "1 234 567", "−12,5", "36 %", "−7,1 %", "2020 m. kovo 5 d.", "2020 m. kovas", "A, B ir C", "„x“"),
    "lv": ("5 001", "1 234 567", "−12,5", "36%", "−7,1%", "2020. gada 5. marts", "2020. g. marts", "A, B un C", "“x”"),
    "mt": ("5,001", "1,234,567", "−12.5", "36%", "−7.1%", "5 ta’ Marzu 2020", "Marzu 2020", "A, B, u C", "“x”"),
    "nl": ("5.001", "1.234.567", "−12,5", "36%", "−7,1%", "5 maart 2020", "maart 2020", "A, B en C", "‘x’"),
    "pl": ("5 001", "1 234 567", "−12,5", "36%", "−7,1%", "5 marca 2020", "marzec 2020", "A, B i C", "„x”"),
    "pt": ("5 001", "1 234 567", "−12,5", "36%", "−7,1%", "5 de março de 2020", "março de 2020", "A, B e C", "«x»"),
    "ro": ("5.001", "1.234.567", "−12,5", "36 %", "−7,1 %", "5 martie 2020", "martie 2020", "A, B și C", "„x”"),
    "sk": ("5 001", "1 234 567", "−12,5", "36 %", "−7,1 %", "5. marca 2020", "marec 2020", "A, B a C", "„x“"),
    "sl": ("5.001", "1.234.567", "−12,5", "36 %", "−7,1 %", "5. marec 2020", "marec 2020", "A, B in C", "„x“"),
    "sv": ("5 001", "1 234 567", "−12,5", "36 %", "−7,1 %", "5 mars 2020", "mars 2020", "A, B och C", "”x”"),
}
SIGNS = "„“”‚‘’«»–—−…≥≈§€°±·▲▼№"
# Pyphen, which hyphenates the PDF, has no patterns of these.
UNHYPHENATED = ("fi", "ga", "mt")
# One word for the languages of each script; whether it is one of theirs is nothing to the patterns.
LONG = {None: "international representatives", "bg": "неприкосновеността", "el": "αντιπροσωπευτικότητα"}
SCRIPTS = {"bg": "bg", "el": "el"}
ROLES = ("Source Sans 3", "Source Serif 4", "Source Serif 4 Display")


def formats(locale: Locale) -> tuple[str, ...]:
    """What a language makes of the same values, with every space an ordinary one."""
    made = (
        locale.number(5001),
        locale.number(1234567),
        locale.number(Decimal("-12.5")),
        locale.percent(Decimal("0.364")),
        locale.percent(Decimal("-0.0714"), 1),
        locale.date("2020-03-05"),
        locale.date("2020-03"),
        locale.listed(["A", "B", "C"]),
    )
    return tuple(re.sub(r"[\u00a0\u202f\u2009]", " ", each) for each in made)


@pytest.mark.parametrize("language", sorted(OFFICIAL))
def test_a_language_writes_numbers_dates_and_lists_its_own_way(language):
    assert FORMATS[language][:-1] == formats(load_locale(language))


@pytest.fixture(scope="module")
def specimen() -> str:
    """The text of a page on which every language shows its letters, formats and countries in every typeface, and sets
    long words in a narrow column."""
    theme = load_theme(ROOT / "assets")
    faces = "".join(
        f'@font-face {{ font-family: "{face.family}"; src: url(asset:fonts/{face.path.name}); '
        f"font-weight: {face.weight}; font-style: {face.style} }}"
        for face in theme.fonts
    )
    styles = "".join(f'.r{n} {{ font-family: "{name}" }}' for n, name in enumerate(ROLES))
    styles += "p.long { hyphens: auto; width: 2.2cm; font: 12pt 'Source Sans 3' }"
    body = "".join(_paragraphs(load_locale(language)) for language in LETTERS)
    body += "".join(
        f'<p class="long" lang="{language}">[{language}] {LONG[SCRIPTS.get(language)]} ]</p>' for language in LETTERS
    )
    head = f'<title>T</title><style>{faces}{styles}</style><link rel="stylesheet" href="template:css/language.css">'
    html = f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{body}'
    # to_pdf raises ReporterError when a character is in none of the fonts, or anything else is amiss.
    pages = PdfReader(io.BytesIO(to_pdf(html, {}, theme, TEMPLATES).content)).pages
    return "".join(page.extract_text() for page in pages)


def _paragraphs(locale: Locale) -> str:
    letters = LETTERS[locale.language]
    upper = "".join(each.upper() for each in letters if each.upper() != each and len(each.upper()) == 1)
    countries = ", ".join(locale.country(code) for code in ("DE", "EL", "LT", "RO", "UK", "CI"))
    text = f"{locale.language} {letters} {upper} {SIGNS} {countries} {' | '.join(formats(locale))} <q>x</q>"
    return "".join(f'<p class="r{n}" lang="{locale.language}">{text}</p>' for n in range(len(ROLES)))


@pytest.mark.parametrize("language", LETTERS)
def test_a_language_has_its_letters_in_every_typeface_its_quotation_marks_and_its_hyphens(specimen, language):
    letters = f"{language} {LETTERS[language]}"
    assert len(ROLES) <= specimen.count(letters)
    shown = specimen[specimen.index(letters) :]
    quoted = re.search(r"\S\s?x\s?\S", shown[: shown.index("x") + 3])[0]
    assert FORMATS[language][-1] == re.sub(r"\s", " ", quoted)
    shown = specimen[specimen.index(f"[{language}]") :]
    assert (language not in UNHYPHENATED) == any(mark in shown[: shown.index("]", 4)] for mark in "-\u2010\u00ad")


def test_what_a_stylesheet_prints_in_capitals_is_neither_lost_nor_another_text(tmp_path: Path) -> None:
    theme = load_theme(ROOT / "assets")
    (face,) = [each for each in theme.fonts if (each.family, each.weight, each.style) == (ROLES[0], 400, "normal")]
    source = f'@font-face {{ font-family: "{face.family}"; src: url(asset:fonts/{face.path.name}) }}'
    style = f'{source} * {{ font-family: "{face.family}" }} p {{ text-transform: uppercase }}'
    paragraphs = (f'<p lang="{each}">{letters}</p>' for each, letters in {**LETTERS, "tr": "iıçğöşü"}.items())
    body = f"<h1>T</h1>{''.join(paragraphs)}"
    html = f'<!DOCTYPE html><html lang="lt"><title>T</title><style>{style}</style><body>{body}</html>'
    path = tmp_path / "capitals.pdf"
    path.write_bytes(to_pdf(html, {}, theme, TEMPLATES).content)
    assert () == inspect(path, html)


# Catalogues


def test_the_catalogue_is_what_make_messages_writes_and_lacks_no_message_of_the_program():
    for kind, template in messages.parts_of(gathered()).items():
        assert (ROOT / "translations" / f"{kind}.pot").read_bytes() == messages.written(template), "run make messages"
        for path in sorted((ROOT / "translations" / kind).glob("*.po")):
            updated = messages.updated(path, template)
            if path.stem == "lt":
                assert [] == messages.missing(updated), f"run make messages, then fill every empty msgstr of {path}"
            assert path.read_bytes() == messages.written(updated), f"run make messages: it updates {path}"


def test_one_term_stands_for_one_thing():
    for path in (ROOT / "translations").glob("*/*.po"):
        with path.open("rb") as file:
            assert [] == messages.misused(messages.read_po(file), path.stem)


def test_translations_have_the_placeholders_of_their_messages():
    for path in (ROOT / "translations").glob("*/*.po"):
        source = SourceFile(path.name, path.read_bytes)
        assert [] == list(read_po_file(source, path.stem).faults()), path


def test_every_hint_that_the_workbench_shows_is_a_message():
    known = {re.sub(r"{\w+}", "{}", frame) for _, frame in messages.problem_frames()}
    forgotten = []
    for path in sorted((ROOT / "reporter").rglob("*.py")):
        if not messages.PROBLEM_ROOMS.fullmatch(path.relative_to(ROOT / "reporter").as_posix()):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            hints = [each.value for each in getattr(node, "keywords", ()) if each.arg in ("hint", "remedy")]
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in ("hint", "remedy"):
                hints.append(node.value)
            for hint in (each for each in hints if isinstance(each, ast.Constant | ast.JoinedStr) and is_said(each)):
                frames = messages.frames_of(hint)
                if not frames or not {re.sub(r"{\w+}", "{}", each) for each in frames} <= known:
                    forgotten.append(f"{path.name}:{hint.lineno}: {ast.unparse(hint)}")
    assert [] == forgotten


def is_said(hint: ast.Constant | ast.JoinedStr) -> bool:
    """Whether a hint has words of its own: a word alone, and values, are none."""
    texts = (
        [hint] if isinstance(hint, ast.Constant) else [each for each in hint.values if isinstance(each, ast.Constant)]
    )
    return len(re.findall(r"[a-z]{2,}", " ".join(str(each.value) for each in texts))) > 1


@pytest.mark.parametrize("year", [2012, 2020])
def test_no_message_of_a_document_was_forgotten_when_they_were_gathered(year, monkeypatch):
    known = {each.id if isinstance(each.id, str) else each.id[0] for each in gathered()}
    asked: set[str] = set()

    def remember(_self: Locale, message: str, **values: object) -> str:
        asked.add(message)
        return message.format(**values) if values else message

    monkeypatch.setattr(Locale, "text", remember)
    document_of(checked("LT"), Job("LT", year, "en"), load_locale("en"))
    assert set() == asked - known - {"{n}"}


# numbers of figures and tables


@pytest.mark.parametrize("year", [2009, 2020])
def test_figures_and_tables_have_the_same_numbers_in_every_language(year):
    made = {
        language: document_of(checked("LT"), Job("LT", year, language), translated(language))
        for language in ("en", "lt")
    }
    numbered = {
        language: [(each.number, each.code) for each in (*document.figures(), *document.tables())]
        for language, document in made.items()
    }
    assert numbered["en"] == numbered["lt"]
