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
from reporter.figures.analysis.ledger import BY_PERSON, LEDGER, OF_YEAR, SERIES, in_ledger
from reporter.text.change_sentences import change_sentence, change_text, share_text, sign_of
from reporter.text.claim_numbers import BoundClaim
from reporter.text.expression import NUMBER_PLACE, SPELT_FILTERS, Expression, Piece
from reporter.text.lexicon import NAMES
from reporter.text.tree import Flags, Words

# Law and activities are not of one year: their counts are the same in every edition that knows them.
TIMELESS = ("law", "activities")
# The tables of activities of the year; Data and methods lists earlier ones.
ACTIVITIES = ("campaigns", "joint_work", "training_events")


@dataclass(frozen=True, slots=True)
class Printed:
    """The words that an expression prints, its observations, the anchor of a cross-reference, and names in other
    languages (start, end, language)."""

    text: str
    observations: tuple[Observation, ...] = ()
    anchor: str = ""
    foreign: tuple[tuple[int, int, str], ...] = ()

    def words(self) -> tuple[Words, ...]:
        pieces, at = list[Words](), 0
        for start, end, language in self.foreign:
            pieces += (Words(self.text[at:start]), Words(self.text[start:end], language))
            at = end
        return tuple(piece for piece in (*pieces, Words(self.text[at:])) if piece.text) or (Words(""),)


def is_unanswered(expression: Expression, vintage: Vintage) -> bool:
    """Return whether an expression would print a figure or list that is not answered yet, which drafts allow."""
    family, _, name = expression.address.partition(".")
    if family == "countries":
        return any((item.year, item.kind) == (vintage.year, name) for item in vintage.data.open_lists)
    changes = expression.filter in ("change", "change_sentence")
    year = vintage.year if changes or expression.year is None or family in TIMELESS else expression.year
    observations = [vintage.observation(expression.address, year)]
    if expression.filter == "share" and observations[0]:
        observations.append(vintage.observation(observations[0].figure, year))
    if changes:
        observations.append(vintage.observation(expression.address, expression.base or year - 1))
    return any(value is not None and value.status in (Status.UNANSWERED, Status.UNREADABLE) for value in observations)


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
        return replace(printed, text=altered(printed.text, opening)) if expression.opens else printed

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
        observation = self._find(expression, self.vintage.year if expression.year is None else expression.year)
        if expression.filter == "share":
            return self._share(expression, observation)
        text = _own(self.locale.spoken(observation, spelt=expression.spelt), self.locale.value(observation))
        if expression.filter == "counted":
            try:
                text = _placed(text, self.locale.form(expression.words, observation.value or 0))
            except ValueError as problem:
                hint = "give every form of the word"
                raise UnprintableError("word-forms", str(problem), expression.mark, hint) from None
        elif expression.filter:
            return self._claim(expression, observation)
        return Printed(text, (observation,))

    # The printer of published texts has claims and references of its own (report/sections/text_changes.py).
    def _claim(self, expression: Expression, observation: Observation) -> Printed:
        if message := BoundClaim(expression, self.locale.language, self.vintage, observation).contradiction():
            raise UnprintableError("claim-untrue", message, expression.mark, "write what the figures show")
        return Printed(expression.words[0], (observation,))

    def _find(self, expression: Expression, year: int) -> Observation:
        timeless = expression.address.partition(".")[0] in TIMELESS
        observation = self.vintage.observation(expression.address, None if timeless else year)
        if observation is None or not is_given(observation):
            message = f"{expression.address} has no value for {year}"
            hint = "give the figure, name a year that has one with | at(YEAR), or rewrite the sentence"
            raise UnprintableError("no-value", message, expression.mark, hint)
        return observation

    def _reference(self, expression: Expression) -> Printed:
        meant = [f"{expression.call}-{expression.argument}"]
        if expression.call == "figure" and expression.argument in SERIES:
            # A series is drawn once, and a chart of too few values is not made: the table of all figures has them.
            ledger = f"figure-{LEDGER}" if in_ledger(self.vintage, SERIES[expression.argument]) else ""
            meant += [ledger, "table-time_table"]
        elif expression.argument == OF_YEAR:
            meant.append(f"figure-{BY_PERSON}")
        elif expression.argument in ACTIVITIES:
            meant.append("table-earlier_activities")
        anchor = next((name for name in meant if name in self.anchors), "")
        number = self.anchors.get(anchor)
        data, year = self.vintage.data, self.vintage.year
        waiting = any(value.year == year and value.status is Status.UNANSWERED for value in data.observations)
        if number is None and (waiting or any(country_list.year == year for country_list in data.open_lists)):
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
        lists = [item for item in self.vintage.data.lists if item.year == self.vintage.year and item.kind == kind]
        if not lists:
            message = f"no list of countries of the kind {kind!r} in {self.vintage.year}"
            raise UnprintableError("no-value", message, expression.mark, "see countries: in the year's file")
        names = [self.locale.named_inside(code, self.vintage.country) for item in lists for code in item.countries]
        groups = [group.text(self.locale.language) for country_list in lists for group in country_list.groups]
        text = self.locale.listed(map(str, (*names, *groups)))
        # A group without a name in this language keeps another one; the sentence around it is not repeated.
        foreign, end = list[tuple[int, int, str]](), len(text)
        for group_name in reversed(groups):
            start = text.rindex(group_name, 0, end)
            foreign += [(start, start + len(group_name), language_of(group_name))] if language_of(group_name) else []
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
        observation = self._find(expression, last)
        change = arithmetic.change(self.vintage.series(observation.indicator, observation.code), last, first)
        used = tuple(side for side in (change.before, change.after) if side)
        if expression.filter == "change":
            return Printed(_own(change_text(change, self.vintage.settings, self.locale), sign_of(change)), used)
        words = change_sentence(observation, change, first, self.vintage, self.locale, spelt=not expression.digits)
        sides = ((change.before, first), (change.after, last))
        signs = (f"{self.locale.value(value)} ({year})" for value, year in sides)
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
    new_pieces = list(pieces)
    for start, end in _sentences(text):
        opens = OPENERS.match(text, start, end)
        first = opens.end() if opens else start
        within = ((place, pieces[number].expression) for place, number in places.items() if start <= place < end)
        values = {place: expression for place, expression in within if expression}
        spelt = _spelt(text, start, end, values, printer)
        for place, expression in values.items():
            new_expression = replace(expression, opens=place == first, spelt=place in spelt)
            new_pieces[places[place]] = replace(pieces[places[place]], expression=new_expression)
    return tuple(new_pieces)


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
    begins = {match.start() for match in items}
    cuts = set(sentence_breaks(text))
    cuts |= {gap.span() for gap in PARAGRAPH.finditer(text) if gap.end() not in begins or _ended(text, gap.start())}
    for item, close in zip(items, (*(match.start() for match in items[1:]), len(text)), strict=False):
        # Words before the first item may lead to sentences, or begin one that includes the list.
        if _ended(text, item.start()) or (item is items[0] and _ended(text, close)):
            cuts.add(item.span())
    return between(cuts, len(text))


def _ended(text: str, place: int) -> bool:
    return text[:place].rstrip(CLOSERS)[-1:] in (".", "!", "?")


def _spelt(text: str, start: int, end: int, values: Mapping[int, Expression], printer: Printer) -> frozenset[int]:
    """The places in a sentence where numbers are in words; none beside typed digits or without other words."""
    language = known_language(printer.locale.language)
    sentence = NAMES.sub("", ITEM.sub("", text[start:end]))
    if not language.numerals or TYPED.search(sentence) or not WORD.search(sentence.replace(VALUE, "")):
        return frozenset()

    def kind_of(observation: Observation) -> str:
        """What a number counts: persons, cases, years, or its own thing."""
        indicator = printer.vintage.catalogue.indicator(observation.indicator)
        unit = indicator.unit if indicator else Unit.ITEMS
        return "time" if unit in TIMES else observation.indicator if unit is Unit.ITEMS else unit

    kinds: dict[int, frozenset[str]] = {}
    figures: set[str] = set()
    for place, expression in values.items():
        observations = _numbers(expression, printer)
        kinds[place] = frozenset(map(kind_of, observations))
        is_low = all(numeral(member.value or 0, printer.locale.language) for member in observations)
        before, after = text[start:place], text[place + len(VALUE) : end]
        ahead, behind, alone_ahead, alone_behind = _beside_figures(language)
        is_alone = alone_ahead.search(before) and alone_behind.match(after)
        # Next to some signs numbers are always in figures.
        is_beside_signs = ahead.search(before) or behind.match(after) or is_alone
        if expression.digits or not is_low or is_beside_signs:
            figures |= kinds[place]
    return frozenset(place for place, kind in kinds.items() if kind and kind.isdisjoint(figures))


@cache
def _beside_figures(language: Language) -> tuple[re.Pattern[str], ...]:
    """What keeps a number in figures, before and after it (signs, units, references), then around one on its own."""
    currencies = "|".join(CURRENCIES)
    money = rf"(?:(?:{language.scales_of_money})\s)?(?:[€$£]|(?:{currencies}|{language.money})\b)"
    between = rf"(?:[\s\0Ȣ,;]|\b(?:{language.joins})\b)*"
    patterns = (
        rf"(?:[\w/±+−–-]|\d[.,]|[≥≤<>≈~€$£#=§]\s?|\b(?:{language.provision}|{currencies})\s)\0*\Z",
        rf"\0*(?:[\w/×]|[.,]\d|[–-][\dȢ]|\s?(?:[%‰°]|{language.units_of_figures}|{money}))",
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
