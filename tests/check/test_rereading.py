"""Last year's texts are found in this year's, whatever was done to their numbers, and where one language is behind."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from itertools import count

import pytest

from reporter.check import check
from reporter.check.rereading import Reread, TextSort, reread
from reporter.errors import Finding, Mark
from reporter.model import Dataset, Label, Passage, StillHolds, Wording
from reporter.prose.expression import PIECE
from tests.fixtures import LITHUANIA
from tests.snapshots import dataset_of

Rewrite = Callable[[str, str], str]
MONTHS = {
    "en": ("March", "April", "May", "June", "July", "August", "October", "November", "December", "September"),
    "lt": ("kovo", "balandžio", "gegužės", "birželio", "liepos", "rugpjūčio", "spalio", "lapkričio", "sausio"),
}
WORDS = {
    "en": ("twenty-four", "one", "no", "three hundred and five", "twelfth", "both", "a dozen", "half", "thirtieth"),
    "lt": ("dvidešimt keturios", "viena", "nė vieno", "trys šimtai penkių", "dvyliktasis", "abi", "pusę", "dviejų"),
}
DIRECTIONS = {
    "en": (("fell", "rose"), ("fewer", "more"), ("lowest", "highest"), ("fallen", "risen"), ("growing", "falling")),
    "lt": (("sumažėjo", "padidėjo"), ("mažiau", "daugiau"), ("mažiausi", "didžiausi"), ("mažėja", "didėja")),
}


SINGULARS = dict(
    zip(
        ("victims", "cases", "persons", "women", "were", "projects", "aukos", "aukų", "tyrimai", "asmenys"),
        ("victim", "case", "person", "woman", "was", "project", "auka", "auka", "tyrimas", "asmuo"),
        strict=True,
    )
)


def each_in_turn(pattern: str, made: Callable[[str, int], str]) -> Rewrite:
    """Replaces every match by something else each time, outside expressions."""

    def rewrite(text: str, language: str) -> str:
        numbers = count()
        return outside(text, lambda part: re.sub(pattern, lambda _: made(language, next(numbers)), part))

    return rewrite


def outside(text: str, alter: Callable[[str], str]) -> str:
    """Alters a text between its expressions."""
    made, place = [], 0
    for piece in (*PIECE.finditer(text), None):
        made.append(alter(text[place : piece.start() if piece else len(text)]))
        made.append(piece[0] if piece else "")
        place = piece.end() if piece else place
    return "".join(made)


def values(made: Callable[[str, str], str]) -> Rewrite:
    """Replaces expressions that print a value; `made` gets the expression and the language."""
    return lambda text, language: PIECE.sub(
        lambda piece: piece[0] if re.match(r"\{\{\s*(?:note|figure|table)\(", piece[0]) else made(piece[0], language),
        text,
    )


def swapped(text: str, language: str) -> str:
    pairs = [*DIRECTIONS[language], *(pair[::-1] for pair in DIRECTIONS[language])]
    known = dict(pairs)
    text = re.sub(r"\| (fell|rose|lowest|highest|unchanged)\(", lambda _: "| unchanged(", text)
    return re.sub(r"\b(" + "|".join(known) + r")\b", lambda word: known[word[0]], text)


def without_address(expression: str, _: str) -> str:
    """The words that an expression prints, with a number that was typed."""
    words = re.search(r'"([^"]*)"[^"]*\}\}$', expression)
    return f"37 {words[1]}" if words and "counted" in expression else words[1] if words else "37"


WAYS: dict[str, Rewrite] = {
    "nothing at all": lambda text, _: text,
    "other digits": each_in_turn(r"\d+", lambda _, n: str(2021 + 7 * n)),
    "numbers in words": each_in_turn(r"\b\d+\b", lambda language, n: WORDS[language][n % len(WORDS[language])]),
    "numbers with signs": each_in_turn(
        r"\b\d+\b", lambda _, n: ("1 200", "1,200", "12.5 %", "2019–2021", "≥ 5")[n % 5]
    ),
    "other months": each_in_turn(
        r"\b(?:January|March|April|May|June|July|October|November|kovo|balandžio|gegužės|birželio|liepos|spalio)\b",
        lambda language, n: MONTHS[language][n % len(MONTHS[language])],
    ),
    "years as decades": each_in_turn(
        r"\b20\d\d\b", lambda language, _: "2010s" if language == "en" else "2010-aisiais"
    ),
    "values typed": values(without_address),
    "values of another year": values(
        lambda each, _: re.sub(r"^\{\{\s*([\w.]+)[^\"]*\}\}$", r"{{ \1 | at(2019) }}", each)
    ),
    "other directions": swapped,
    "no-break spaces": lambda text, _: outside(text, lambda part: re.sub(r"(?<=\w) (?=\w)", "\u00a0", part)),
    "other quotes and dashes": lambda text, _: outside(
        text, lambda part: re.sub("[“”„]", "'", part).replace("–", " - ").replace("’", "'")
    ),
    "emphasis": lambda text, _: outside(text, lambda part: re.sub(r"\b([A-ZČŠŽ]\w+) (\w+)\b", r"**\1** _\2_", part)),
    "capitals": lambda text, _: outside(text, str.upper),
    "soft hyphens": lambda text, _: outside(text, lambda part: re.sub(r"(\w{4})(\w{4})", "\\1\u00ad\\2", part)),
    "letters put together": lambda text, _: outside(
        text, lambda part: part.replace("ė", "e\u0307").replace("š", "s\u030c")
    ),
    "entities": lambda text, _: outside(
        text, lambda part: part.replace("ė", "&#279;").replace(" – ", "&nbsp;&ndash; ")
    ),
    "other punctuation": lambda text, _: outside(
        text, lambda part: re.sub(r"(?<=\w\w)\. (?=\w)", "; ", part).replace(",", "")
    ),
    "singulars": lambda text, _: outside(
        text, lambda part: re.sub("|".join(rf"\b{each}\b" for each in SINGULARS), lambda word: SINGULARS[word[0]], part)
    ),
}


@cache
def lithuania() -> Dataset:
    return dataset_of(LITHUANIA, ("LT",))


def copied(way: Rewrite) -> tuple[Reread, ...]:
    """The texts of 2021, when somebody makes them of those of 2020."""
    dataset = lithuania()
    files = [each for each in dataset.wordings if each.year and each.mark.path.startswith("data/LT")]
    passages = [each for each in dataset.countries[0].passages if each.year == 2020]
    found = reread(
        (*passages, *(rewritten(each, way) for each in passages)),
        (*files, *(relabelled(each, way) for each in files if each.year == 2020)),
    )
    return found[2021]


def rewritten(passage: Passage, way: Rewrite) -> Passage:
    mark = Mark(passage.mark.path.replace("2020", "2021"), passage.mark.line)
    headline = passage.headline and replace(rewritten(passage.headline, way), headline=None)
    return replace(passage, year=2021, markdown=way(passage.markdown, passage.language), mark=mark, headline=headline)


def relabelled(each: Wording, way: Rewrite) -> Wording:
    texts = tuple((language, way(text, language)) for language, text in each.label.texts)
    return replace(each, year=2021, label=Label(texts))


def unnamed(texts: Iterable[Reread]) -> list[str]:
    """The statements that pass for new ones."""
    names = (TextSort.TITLE, TextSort.HEADING)
    return [each.text.typed for each in texts if each.is_statement and each.sort not in names and not each.is_reused]


@pytest.mark.parametrize("way", WAYS)
def test_every_statement_of_last_year_is_found_whatever_is_done_to_its_numbers(way: str):
    found = copied(WAYS[way])
    assert [] == unnamed(found)
    assert 290 < sum(each.is_reused for each in found)


def test_what_was_written_anew_is_not_found():
    anew = [replace(each, year=2021) for each in passages(2019)]
    found = reread((*(each for each in passages(2020) if each.section == "forms"), *anew), ())[2021]
    assert {"forms"} >= {each.section for each in found if each.is_reused}


def passages(year: int) -> list[Passage]:
    return [each for each in lithuania().countries[0].passages if each.year == year]


def test_a_reason_that_is_a_note_of_its_year_is_read_there():
    words = Label((("en", "As published: the two forms make more than all."),))
    names = ("figures.victims.identified.note", "accepted.jump.victims.identified")
    wordings = [Wording(Mark("2021.yaml"), words, (), name, 2021) for name in names]
    alone = Wording(Mark("2022.yaml"), words, (), names[1], 2022)
    found = [each for same in reread((), (*wordings, alone)).values() for each in same]
    assert [(names[0], False), (names[1], True), (names[1], False)] == [(each.name, each.is_imported) for each in found]


def found(dataset: Dataset, passages: tuple[Passage, ...], confirmed: tuple[StillHolds, ...] = ()) -> list[Finding]:
    country = replace(dataset.countries[0], passages=passages, still_holds=confirmed)
    return [each for each in check(country, dataset) if each.code == "words-unchanged"]


def unchanged(dataset: Dataset, old: str, new: str | None, heading: tuple[str, str] = ("", "")) -> list[str]:
    """What is said of a section of 2021, and of the same in 2022 when it is written anew."""
    written = [(2021, old, heading[0])] + ([(2022, new, heading[1])] if new is not None else [])
    passages = []
    for year, text, title in written:
        path = f"data/XX/text/en/{year}.md"
        headline = Passage("victims", "en", year, title, Mark(path, 1, 12)) if title else None
        passages.append(Passage("victims", "en", year, text, Mark(path, 2), headline))
    return [str(each.mark).removeprefix("data/XX/text/en/") for each in found(dataset, tuple(passages))]


FIGURE, LISTED = "{{ victims.identified }}", "- Few.\n- Only {{ victims.identified }} victims came."


def test_a_paragraph_that_prints_other_figures_in_the_same_words_is_found(ruritania: Dataset):
    told = f"First.\n\nFew victims came: {FIGURE}."
    assert ["2021.md:4:19"] == unchanged(ruritania, told, None)
    assert ["2022.md:2:1"] == unchanged(ruritania, told, f"Few victims\ncame: {FIGURE}.".replace("\n", " "))
    assert ["2022.md:3:1"] == unchanged(ruritania, LISTED, LISTED.replace("- Few.", "- Many."))
    assert ["2022.md:1:12"] == unchanged(ruritania, "Old.", "New.", (f"{FIGURE} victims left",) * 2)


def test_words_that_changed_with_their_figures_are_not_found(ruritania: Dataset):
    assert [] == unchanged(ruritania, f"Few: {FIGURE}.", f"More: {FIGURE}.")
    assert [] == unchanged(ruritania, "In 2021: {{ victims.identified | at(2021) }}.", None)
    assert [] == unchanged(ruritania, '{{ victims.identified | rose("More") }} victims came.', None)
    assert [] == unchanged(ruritania, "For {{ law.reflection.reflection }} days.", None)
    assert [] == unchanged(ruritania, "The partners: {{ countries.cooperation }}.", None)


def confirmed(*texts: str, year: int = 2022) -> tuple[StillHolds, ...]:
    return (
        StillHolds(year=year, texts=texts, by="Rapporteur", day=f"{year + 1}-03-01", mark=Mark("data/XX/2022.yaml")),
    )


def test_a_text_that_somebody_confirmed_for_its_year_is_answered(ruritania: Dataset):
    texts = tuple(
        Passage("victims", "en", year, f"In {year}, they came from villages.", Mark(f"data/XX/text/en/{year}.md", 2))
        for year in (2021, 2022)
    )
    assert 1 == len(found(ruritania, texts))
    assert [] == found(ruritania, texts, confirmed("victims"))
    assert 1 == len(found(ruritania, texts, confirmed("victims", year=2021)))
    assert 1 == len(found(ruritania, texts, confirmed("coordination")))


def labelled(dataset: Dataset, old: Label, new: Label, *, title: bool = False) -> list[str]:
    """What is said of a text in the file of 2022 when that of 2021 has such a one."""
    written = tuple(
        Wording(Mark(f"data/XX/{year}.yaml", 7), label, (), f"notes.{year}", year, is_title=title)
        for year, label in ((2021, old), (2022, new))
    )
    both = replace(dataset, wordings=written, settings=replace(dataset.settings, languages=("en", "lt")))
    return [each.message for each in found(both, ())]


def label(english: str, lithuanian: str) -> Label:
    return Label((("en", english), ("lt", lithuanian)))


OLD_NOTE = label("The source gives no reason for 2021.", "Priežastis 2021 m. šaltinyje nenurodyta.")


def test_notes_and_reasons_of_the_file_of_a_year_are_found_with_their_languages(ruritania: Dataset):
    new = label("The source gives no reason for 2022.", "2022 metais priežastis šaltinyje nenurodyta.")
    assert ["the words are those of 2021; only numbers and years differ (en, lt)"] == labelled(ruritania, OLD_NOTE, new)
    assert ["the words are those of 2021 (en, lt)"] == labelled(ruritania, OLD_NOTE, OLD_NOTE)
    half = label("Asked, the police told us why.", "Šaltinyje nenurodyta 2022 m. priežastis.")
    assert ["the words are those of 2021; only numbers and years differ (lt)"] == labelled(ruritania, OLD_NOTE, half)


@pytest.mark.parametrize("name", ["", "figures", "notes", "notes.2021", "*"])
def test_a_name_of_no_text_confirms_no_note(ruritania: Dataset, name: str):
    written = tuple(
        Wording(Mark(f"data/XX/{year}.yaml", 7), OLD_NOTE, (), f"notes.{year}", year, is_title=False)
        for year in (2021, 2022)
    )
    assert 1 == len(found(replace(ruritania, wordings=written), (), confirmed(name)))
    assert [] == found(replace(ruritania, wordings=written), (), confirmed("notes.2022"))


def test_a_title_is_found_only_when_its_numbers_changed(ruritania: Dataset):
    assert [] == labelled(ruritania, OLD_NOTE, OLD_NOTE, title=True)
    other = label("The source gives no reason for 2022.", "Priežastis 2021 m. šaltinyje nenurodyta.")
    assert ["the words are those of 2021; only numbers and years differ (en)"] == labelled(
        ruritania, OLD_NOTE, other, title=True
    )


OLD = {
    "en": "Victims are recruited by friends.\n\nThe police warned {} schools in 2021.",
    "lt": "Aukas verbuoja draugai.\n\n2021 m. policija įspėjo {} mokyklas.",
}
NEW = {
    "en": "Nowadays recruiters write to them.\n\nNobody went to any school, as money was lacking.",
    "lt": "Šiandien verbuotojai jiems rašo.\n\nMokyklose niekas nesilankė, nes trūko pinigų.",
}


def behind(dataset: Dataset, english: str, lithuanian: str, *confirmed: str) -> list[str]:
    """What is said of a section of 2022, when that of 2021 was the old one."""
    written = [(2021, "en", OLD["en"].format(3)), (2021, "lt", OLD["lt"].format(3))]
    written += [(2022, "en", english), (2022, "lt", lithuanian)]
    passages = tuple(
        Passage("victims", language, year, text, Mark(f"data/XX/text/{language}/{year}.md", 2))
        for year, language, text in written
    )
    mark = Mark("data/XX/2022.yaml")
    decided = (StillHolds(year=2022, texts=confirmed, by="Rapporteur", day="2023-03-01", mark=mark),)
    both = replace(dataset, settings=replace(dataset.settings, languages=("en", "lt")))
    country = replace(dataset.countries[0], passages=passages, still_holds=decided)
    found = (each for each in check(country, both) if each.code == "translation-behind")
    return [f"{each.mark.path[-10:]}:{each.mark.line}: {each.message}" for each in found]


def test_a_paragraph_copied_in_one_language_and_new_in_another_is_found(ruritania: Dataset):
    copied = {language: text.replace("2021", "2022").format(12) for language, text in OLD.items()}
    assert [
        "lt/2022.md:2: the paragraph has the words of 2021 in lt, others in en",
        "lt/2022.md:4: the paragraph has the words of 2021 in lt, others in en",
    ] == behind(ruritania, NEW["en"], copied["lt"])
    one = "\n\n".join((NEW["lt"].split("\n\n")[0], copied["lt"].split("\n\n")[1]))
    assert ["lt/2022.md:4: the paragraph has the words of 2021 in lt, others in en"] == behind(
        ruritania, NEW["en"], one
    )
    assert ["en/2022.md:2", "en/2022.md:4"] == [each[:12] for each in behind(ruritania, copied["en"], NEW["lt"])]


def test_a_section_of_another_shape_is_found_as_a_whole(ruritania: Dataset):
    copied = OLD["lt"].format("keturias").replace("2021", "2022").replace("\n\n", " ")
    assert ["lt/2022.md:2: section victims has the words of 2021 in lt, others in en"] == behind(
        ruritania, NEW["en"], copied
    )


def test_what_is_new_or_copied_in_both_or_confirmed_is_not_found(ruritania: Dataset):
    assert [] == behind(ruritania, NEW["en"], NEW["lt"])
    assert [] == behind(ruritania, OLD["en"].format(7), OLD["lt"].format(7))
    assert [] == behind(ruritania, NEW["en"], OLD["lt"].format(7), "victims")


def test_a_note_copied_in_one_language_is_found(ruritania: Dataset):
    texts = {
        2021: ("Counted by hand.", "Suskaičiuota ranka."),
        2022: ("Taken from the register.", "Suskaičiuota ranka."),
    }
    written = tuple(
        Wording(Mark(f"data/XX/{year}.yaml", 7), Label((("en", english), ("lt", lithuanian))), (), "a.note", year)
        for year, (english, lithuanian) in texts.items()
    )
    both = replace(ruritania, wordings=written, settings=replace(ruritania.settings, languages=("en", "lt")))
    found = (each for each in check(replace(both.countries[0], passages=()), both) if each.code == "translation-behind")
    assert ["the text has the words of 2021 in lt, others in en"] == [each.message for each in found]
