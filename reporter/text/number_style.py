"""Say which values stand in words, and which open a sentence. A language that has words for low numbers prints them in
running text: four victims. All numbers of one kind in a sentence look alike, so that one of ten or more has the others
in figures; beside signs and units and where a value stands for itself, as in parentheses, there are figures."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from reporter.data.i18n import CURRENCIES, numeral
from reporter.data.languages import Language, known_language
from reporter.data.languages.sentences import BLANK, between, sentence_breaks
from reporter.data.records import Observation, Unit
from reporter.text.evaluation import Printer, UnprintableError
from reporter.text.expression import NUMBER_PLACE, SPELT_FILTERS, Expression, Piece
from reporter.text.lexicon import NAMES

# A word of capitals stands for what an expression prints: it can begin and end a sentence.
VALUE = "ȢȢȢ"
MARKUP = re.compile(r"[*_`]")
QUOTED = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
# The sign of an item in a list, and what parts paragraphs.
ITEM = re.compile(r"^[ \t]*(?:[-+]|\0(?=[ \t])|\d{1,2}[.)])[ \t]+", re.MULTILINE)
PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
CLOSERS = "\0 \t\n’”“»)]\"'"
WORD = re.compile(r"[^\W\d_]")
OPENERS = re.compile(r"[\s\0„“‘«(\[\"'>]*")
# Years, months and days are of one kind: from 6 months to 12 years.
TIMES = (Unit.YEARS, Unit.MONTHS, Unit.DAYS)
# Digits typed by hand that count something.
TYPED = re.compile(r"(?<![\w/–-])\d[\d.,]*(?![\w/–-])")


def in_running_text(pieces: Sequence[Piece], printer: Printer) -> tuple[Piece, ...]:
    text, places = "", dict[int, int]()
    for number, piece in enumerate(pieces):
        mask = _mask(piece)
        if piece.expression and VALUE in mask:
            places[len(text) + mask.index(VALUE)] = number
        text += mask
    text = QUOTED.sub(lambda sign: " " * len(sign[0]), text)
    made = list(pieces)
    for start, end in _sentences(text):
        opens = OPENERS.match(text, start, end)
        first = opens.end() if opens else start
        within = ((place, pieces[number].expression) for place, number in places.items() if start <= place < end)
        values = {place: expression for place, expression in within if expression}
        spelt = _spelt(text, start, end, values, printer)
        for place, expression in values.items():
            told = replace(expression, opens=place == first, spelt=place in spelt)
            made[places[place]] = replace(pieces[places[place]], expression=told)
    return tuple(made)


def _mask(piece: Piece) -> str:
    expression = piece.expression
    if expression is None:
        return MARKUP.sub(BLANK, piece.text)
    if expression.call == "note":
        return BLANK
    if expression.filter == "counted":
        form = expression.words[-1]
        return form.replace(NUMBER_PLACE, VALUE) if NUMBER_PLACE in form else f"{VALUE} {form}"
    if expression.words:
        return expression.words[0]
    return f"{VALUE}." if expression.filter == "change_sentence" else VALUE


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a text, by beginning and end. Items of a list that are no sentences are part of one."""
    items = list(ITEM.finditer(text))
    begins = {each.start() for each in items}
    cuts = set(sentence_breaks(text))
    cuts |= {each.span() for each in PARAGRAPH.finditer(text) if each.end() not in begins or _ended(text, each.start())}
    for each, close in zip(items, (*(each.start() for each in items[1:]), len(text)), strict=False):
        # Words before the first item may lead to sentences, or be the beginning of one that the list is part of.
        if _ended(text, each.start()) or (each is items[0] and _ended(text, close)):
            cuts.add(each.span())
    return between(cuts, len(text))


def _ended(text: str, place: int) -> bool:
    return text[:place].rstrip(CLOSERS)[-1:] in (".", "!", "?")


def _spelt(text: str, start: int, end: int, values: Mapping[int, Expression], printer: Printer) -> frozenset[int]:
    """The places of a sentence at which numbers stand in words. There are none where somebody typed a number, and where
    the values are all there is."""
    known = known_language(printer.locale.language)
    said = NAMES.sub("", ITEM.sub("", text[start:end]))
    if not known.numerals or TYPED.search(said) or not WORD.search(said.replace(VALUE, "")):
        return frozenset()

    def kind_of(seen: Observation) -> str:
        """What a number counts: persons, cases, years, or its own thing."""
        indicator = printer.vintage.catalogue.indicator(seen.indicator)
        unit = indicator.unit if indicator else Unit.ITEMS
        return "time" if unit in TIMES else seen.indicator if unit is Unit.ITEMS else unit

    kinds: dict[int, frozenset[str]] = {}
    figures: set[str] = set()
    for place, expression in values.items():
        seen = _numbers(expression, printer)
        kinds[place] = frozenset(map(kind_of, seen))
        is_low = all(numeral(each.value or 0, printer.locale.language) for each in seen)
        before, after = text[start:place], text[place + len(VALUE) : end]
        ahead, behind, alone_ahead, alone_behind = _beside_figures(known)
        is_alone = alone_ahead.search(before) and alone_behind.match(after)
        # Beside some signs there are only figures.
        is_beside_signs = ahead.search(before) or behind.match(after) or is_alone
        if expression.digits or not is_low or is_beside_signs:
            figures |= kinds[place]
    return frozenset(place for place, kind in kinds.items() if kind and kind.isdisjoint(figures))


@cache
def _beside_figures(known: Language) -> tuple[re.Pattern[str], ...]:
    """What keeps a number in figures, before it and behind it: signs, units and references; then what stands around one
    that stands for itself."""
    currencies = "|".join(CURRENCIES)
    money = rf"(?:(?:{known.scales_of_money})\s)?(?:[€$£]|(?:{currencies}|{known.money})\b)"
    between = rf"(?:[\s\0Ȣ,;]|\b(?:{known.joins})\b)*"
    patterns = (
        rf"(?:[\w/±+−–-]|\d[.,]|[≥≤<>≈~€$£#=§]\s?|\b(?:{known.provision}|{currencies})\s)\0*\Z",
        rf"\0*(?:[\w/×]|[.,]\d|[–-][\dȢ]|\s?(?:[%‰°]|{known.units_of_figures}|{money}))",
        rf"[(:–—]{between}\Z",
        rf"{between}(?:[.)!?\n]|(?<=[;,])|\Z)",
    )
    return tuple(map(re.compile, patterns))


def _numbers(expression: Expression, printer: Printer) -> tuple[Observation, ...]:
    if expression.filter not in SPELT_FILTERS or expression.filter == "change_sentence":
        return ()
    try:
        printed = printer.print(expression)
    except UnprintableError:
        return ()
    return () if "%" in printed.text else printed.observations
