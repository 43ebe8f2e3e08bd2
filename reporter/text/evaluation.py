"""What an expression in the narrative prints in one edition."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from reporter.data.errors import Mark, error_at
from reporter.data.i18n import CURRENCIES, N_, Locale, numeral, opening, unbroken
from reporter.data.languages import Language, known_language
from reporter.data.languages.sentences import BLANK, between, sentence_breaks
from reporter.data.records import Observation, Status, Unit, Vintage, is_given
from reporter.data.records.label import altered, language_of
from reporter.figures.analysis import arithmetic
from reporter.text.change_sentences import change_sentence, change_text, share_text, sign_of
from reporter.text.claim_numbers import BoundClaim
from reporter.text.expression import NUMBER_PLACE, SPELT_FILTERS, Expression, Piece
from reporter.text.lexicon import NAMES
from reporter.text.tree import Flags, Words

# Law and activities are not of one year: their counts are the same in every edition that knows them.
TIMELESS = ("law", "activities")
# Where a chart has too few values, the table of all figures has them.
OF_SERIES = frozenset(
    {
        "assisted",
        "convictions_sentences",
        "criminal_justice",
        "forms_over_years",
        "investigations",
        "victims_over_years",
    }
)


@dataclass(frozen=True, slots=True)
class Printed:
    """The words that an expression prints, its observations, the anchor of a cross-reference, and names in other
    languages (start, end, language)."""

    text: str
    observations: tuple[Observation, ...] = ()
    anchor: str = ""
    foreign: tuple[tuple[int, int, str], ...] = ()

    def words(self) -> tuple[Words, ...]:
        made, at = list[Words](), 0
        for start, end, language in self.foreign:
            made += (Words(self.text[at:start]), Words(self.text[start:end], language))
            at = end
        return tuple(each for each in (*made, Words(self.text[at:])) if each.text) or (Words(""),)


def is_unanswered(expression: Expression, vintage: Vintage) -> bool:
    """Return whether an expression would print a figure or list that is not answered yet, which drafts allow."""
    family, _, name = expression.address.partition(".")
    if family == "countries":
        return any((each.year, each.kind) == (vintage.year, name) for each in vintage.data.open_lists)
    changes = expression.filter in ("change", "change_sentence")
    year = vintage.year if changes or expression.year is None or family in TIMELESS else expression.year
    seen = [vintage.observation(expression.address, year)]
    if expression.filter == "share" and seen[0]:
        seen.append(vintage.observation(seen[0].figure, year))
    if changes:
        seen.append(vintage.observation(expression.address, expression.base or year - 1))
    return any(each is not None and each.status in (Status.UNANSWERED, Status.UNREADABLE) for each in seen)


class UnprintableError(Exception):
    """An expression has nothing to print in this edition. Its `finding` is to be reported."""

    def __init__(self, code: str, message: str, mark: Mark, hint: str) -> None:
        super().__init__(message)
        self.finding = error_at(mark, code, message, hint)


@dataclass(frozen=True, slots=True)
class Printer:
    """Prints expressions for one edition. `anchors` maps `figure-CODE` and `table-CODE` to the number on the page;
    those in `elsewhere` are in another document, with its title. `flags` are what a draft marks."""

    vintage: Vintage
    locale: Locale
    anchors: Mapping[str, int]
    flags: Flags = field(default_factory=Flags)
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    def print(self, expression: Expression) -> Printed:
        """Print an expression, capitalised at the start of a sentence, or raise UnprintableError."""
        printed = self._printed(expression)
        if not expression.opens:
            return printed
        return replace(printed, text=altered(printed.text, opening))

    def _printed(self, expression: Expression) -> Printed:
        if expression.call:
            return self._reference(expression)
        if expression.address in ("year", "previous_year"):
            return Printed(str(self.vintage.year - (expression.address == "previous_year")))
        if is_unanswered(expression, self.vintage):
            return Printed(_placed("…", expression.words[-1]) if expression.filter == "counted" else "…")
        if expression.address.startswith("countries."):
            return self._countries(expression)
        if expression.filter in ("change", "change_sentence"):
            return self._change(expression)
        return self._value(expression)

    def _value(self, expression: Expression) -> Printed:
        seen = self._find(expression, self.vintage.year if expression.year is None else expression.year)
        if expression.filter == "share":
            return self._share(expression, seen)
        said = _own(self.locale.spoken(seen, spelt=expression.spelt), self.locale.value(seen))
        if expression.filter == "counted":
            try:
                said = _placed(said, self.locale.form(expression.words, seen.value or 0))
            except ValueError as problem:
                hint = "give every form of the word"
                raise UnprintableError("word-forms", str(problem), expression.mark, hint) from None
        elif expression.filter:
            return self._claim(expression, seen)
        return Printed(said, (seen,))

    # The printer of published texts has claims and references of its own (report/sections/text_changes.py).
    def _claim(self, expression: Expression, seen: Observation) -> Printed:
        if message := BoundClaim(expression, self.locale.language, self.vintage, seen).contradiction():
            raise UnprintableError("claim-untrue", message, expression.mark, "write what the figures show")
        return Printed(expression.words[0], (seen,))

    def _find(self, expression: Expression, year: int) -> Observation:
        timeless = expression.address.partition(".")[0] in TIMELESS
        seen = self.vintage.observation(expression.address, None if timeless else year)
        if seen is None or not is_given(seen):
            message = f"{expression.address} has no value for {year}"
            hint = "give the figure, name a year that has one with | at(YEAR), or rewrite the sentence"
            raise UnprintableError("no-value", message, expression.mark, hint)
        return seen

    def _reference(self, expression: Expression) -> Printed:
        # A chart of too few values is not made: they are in the table of all figures.
        is_of_series = expression.call == "figure" and expression.argument in OF_SERIES
        meant = (f"{expression.call}-{expression.argument}", "table-time_table" if is_of_series else "")
        anchor = next((each for each in meant if each in self.anchors), "")
        number = self.anchors.get(anchor)
        data, year = self.vintage.data, self.vintage.year
        waiting = any(each.year == year and each.status is Status.UNANSWERED for each in data.observations)
        if number is None and (waiting or any(each.year == year for each in data.open_lists)):
            word = N_("Figure {n}") if expression.call == "figure" else N_("Table {n}")
            return Printed(altered(self.locale.text(word, n="…"), unbroken))
        if number is None:
            message = f"there is no {expression.call} {expression.argument!r} in the edition of {self.vintage.year}"
            hint = "it is left out when it has no data; rewrite the sentence, or check the name"
            raise UnprintableError("no-reference", message, expression.mark, hint)
        word = N_("Figure {n}") if anchor.startswith("figure-") else N_("Table {n}")
        # Named as its caption is, even if that is not translated.
        called = altered(self.locale.text(word, n=number), unbroken)
        if anchor not in self.elsewhere:
            return Printed(called, (), anchor)
        document = self.locale.text(self.elsewhere[anchor])
        return Printed(self.locale.text("{table} in “{document}”", table=called, document=document))

    def _countries(self, expression: Expression) -> Printed:
        kind = expression.address.removeprefix("countries.")
        lists = [each for each in self.vintage.data.lists if each.year == self.vintage.year and each.kind == kind]
        if not lists:
            message = f"no list of countries of the kind {kind!r} in {self.vintage.year}"
            raise UnprintableError("no-value", message, expression.mark, "see countries: in the year's file")
        names = [self.locale.named_inside(code, self.vintage.country) for each in lists for code in each.countries]
        groups = [group.text(self.locale.language) for each in lists for group in each.groups]
        text = self.locale.listed(map(str, (*names, *groups)))
        # A group without a name in this language keeps another one; the sentence around it is not repeated.
        foreign, end = list[tuple[int, int, str]](), len(text)
        for each in reversed(groups):
            start = text.rindex(each, 0, end)
            foreign += [(start, start + len(each), language_of(each))] if language_of(each) else []
            end = start
        return Printed(text, foreign=tuple(reversed(foreign)))

    def _share(self, expression: Expression, part: Observation) -> Printed:
        total = self.vintage.observation(part.figure, part.year)
        share = arithmetic.share(part, total) if total and part.code else None
        if total is None or share is None:
            message = f"{expression.address} has no share in {part.year}"
            hint = "a share needs a part, such as investigations.opened.sexual, and an exact total"
            raise UnprintableError("no-value", message, expression.mark, hint)
        words = share_text(share, self.vintage.settings, self.locale, spelt=expression.spelt)
        return Printed(_own(words, f"{self.locale.number(share.part)}/{self.locale.number(share.base)}"), (part, total))

    def _change(self, expression: Expression) -> Printed:
        last, first = self.vintage.year, expression.base or self.vintage.year - 1
        seen = self._find(expression, last)
        change = arithmetic.change(self.vintage.series(seen.indicator, seen.code), last, first)
        used = tuple(each for each in (change.before, change.after) if each)
        if expression.filter == "change":
            return Printed(_own(change_text(change, self.vintage.settings, self.locale), sign_of(change)), used)
        spelt = not expression.digits
        words = change_sentence(seen, change, first, self.vintage, self.locale, spelt=spelt)
        signs = (
            f"{self.locale.value(value)} ({year})" for value, year in ((change.before, first), (change.after, last))
        )
        return Printed(_own(words, " → ".join(signs)), used)


def _placed(value: str, form: str) -> str:
    """A form of a word with its value in place, joined by a no-break space to the next word or the last one before."""
    if NUMBER_PLACE not in form:
        return f"{value}\u00a0{form}"
    before, after = form.split(NUMBER_PLACE)
    if after.startswith(" "):
        return f"{before}{value}\u00a0{after[1:]}"
    return f"{before[:-1]}\u00a0{value}{after}" if before.endswith(" ") else f"{before}{value}{after}"


def _own(words: str, signs: str) -> str:
    """Words, or signs where they are not translated: a text must not mix languages."""
    return signs if language_of(words) else words


# A word of capitals in place of what an expression prints: it can begin and end a sentence.
VALUE = "ȢȢȢ"
MARKUP = re.compile(r"[*_`]")
QUOTED = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
# The sign of an item in a list, and what separates paragraphs.
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
    """The sentences of a text, by beginning and end. Items of a list that are not sentences are part of one."""
    items = list(ITEM.finditer(text))
    begins = {each.start() for each in items}
    cuts = set(sentence_breaks(text))
    cuts |= {each.span() for each in PARAGRAPH.finditer(text) if each.end() not in begins or _ended(text, each.start())}
    for each, close in zip(items, (*(each.start() for each in items[1:]), len(text)), strict=False):
        # Words before the first item may lead to sentences, or begin one that includes the list.
        if _ended(text, each.start()) or (each is items[0] and _ended(text, close)):
            cuts.add(each.span())
    return between(cuts, len(text))


def _ended(text: str, place: int) -> bool:
    return text[:place].rstrip(CLOSERS)[-1:] in (".", "!", "?")


def _spelt(text: str, start: int, end: int, values: Mapping[int, Expression], printer: Printer) -> frozenset[int]:
    """The places in a sentence where numbers are in words; none beside typed digits or without other words."""
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
        # Next to some signs numbers are always in figures.
        is_beside_signs = ahead.search(before) or behind.match(after) or is_alone
        if expression.digits or not is_low or is_beside_signs:
            figures |= kinds[place]
    return frozenset(place for place, kind in kinds.items() if kind and kind.isdisjoint(figures))


@cache
def _beside_figures(known: Language) -> tuple[re.Pattern[str], ...]:
    """What keeps a number in figures, before and after it (signs, units, references), then around one on its own."""
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
