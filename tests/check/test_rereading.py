"""Last year's texts are found in this year's, whatever was done to their numbers."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from itertools import count

import pytest

from reporter.check.rereading import Reread, TextSort, reread
from reporter.errors import Mark
from reporter.model import Dataset, Label, Passage, Wording
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


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=\w\w[.])\s+(?=[A-ZČŠŽĮ])", text)


def by_paragraph(alter: Callable[[list[str]], str]) -> Rewrite:
    """Rewrites each paragraph of several sentences that is no item of a list."""

    def rewrite(text: str, _: str) -> str:
        paragraphs = re.split(r"\n[ \t]*\n", text)
        return "\n\n".join(
            alter(found) if len(found := sentences(each)) > 1 and not re.search(r"^\s*[-#]", each, re.M) else each
            for each in paragraphs
        )

    return rewrite


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
# What can be done to the narrative only.
SHAPES: dict[str, Rewrite] = {
    "sentences the other way round": by_paragraph(lambda found: " ".join(reversed(found))),
    "one sentence less": by_paragraph(lambda found: " ".join(found[1:])),
    "two paragraphs of each": by_paragraph(lambda found: "\n\n".join((found[0], " ".join(found[1:])))),
    "a heading on each": by_paragraph(lambda found: "## Something wholly new and long\n" + " ".join(found)),
    "a list of each": by_paragraph(lambda found: "\n".join(f"- {each}" for each in found)),
    "a footnote of each": by_paragraph(
        lambda found: (
            " ".join((*found[:-1], f'{{{{ note("{found[-1]}") }}}}')) if '"' not in found[-1] else " ".join(found)
        )
    ),
}


@cache
def lithuania() -> Dataset:
    return dataset_of(LITHUANIA, ("LT",))


def copied(way: Rewrite, of_files: Rewrite | None = None) -> tuple[Reread, ...]:
    """The texts of 2021, when somebody makes them of those of 2020."""
    dataset = lithuania()
    files = [each for each in dataset.wordings if each.year and each.mark.path.startswith("data/LT")]
    passages = [each for each in dataset.countries[0].passages if each.year == 2020]
    found = reread(
        (*passages, *(rewritten(each, way) for each in passages)),
        (*files, *(relabelled(each, of_files or way) for each in files if each.year == 2020)),
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


@pytest.mark.parametrize("way", SHAPES)
def test_it_is_found_in_paragraphs_of_another_shape(way: str):
    assert [] == unnamed(copied(SHAPES[way], of_files=WAYS["nothing at all"]))


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
