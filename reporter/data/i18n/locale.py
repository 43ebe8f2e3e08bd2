"""Print words, numbers, dates, lists and country names in one language. The result (`Said`) can be rendered again in
another language, so that a sentence with an untranslated part is printed as a whole in one language."""

import gettext
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache, wraps
from string import ascii_lowercase
from typing import Concatenate, ParamSpec
from unicodedata import normalize

from babel import Locale as Cldr
from babel import UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.plurals import get_plural
from babel.numbers import format_decimal, format_percent

from reporter.data.errors import UsageError
from reporter.data.files.sources import SourceFile
from reporter.data.i18n.po_file import has_words, messages_of, without_context
from reporter.data.i18n.territories import PROTOCOL, iso_of, letters_of, likely_region
from reporter.data.i18n.words import BOUND_WORDS, BOUNDS, MEASURES, N_, NOTHING, NOTHING_WORDS, SIZES, SUPERSCRIPTS
from reporter.data.languages import fitted, known_language, sign_between, within
from reporter.data.records import Catalogue, Country, Observation, Unit, is_given
from reporter.data.records.calendar import year_runs
from reporter.data.records.label import ENGLISH, PRINTED, Said, altered, language_of, rendered_in

# The ISO 4217 codes of all currencies.
CURRENCIES: tuple[str, ...] = tuple(sorted(get_global("all_currencies")))
IN_SMALL_LETTERS = re.compile("(?<=[α-ω])[\u0300-\u036f]+|(?<=i)\u0307")


def numeral(value: Decimal | int, language: str, *, subject: bool = False) -> str:
    """The word for a whole number from one to nine; empty for other numbers, and in languages without such words. A
    language whose numerals agree with their noun has words for a masculine `subject` only."""
    words = known_language(language).numerals or (known_language(language).subject_numerals if subject else ())
    return words[int(value) - 1] if value in range(1, len(words) + 1) else ""


def with_article(name: str, language: str) -> str:
    language_rules = known_language(language)
    return language_rules.article.format(name) if language_rules.with_article.fullmatch(name) else name


def folded(text: str) -> str:
    """A text to compare with one in capitals: no letter forms, Greek lower-case accents or Turkish dot of i."""
    return IN_SMALL_LETTERS.sub("", normalize("NFD", normalize("NFKC", text).casefold().replace("ı", "i")))


def opening(text: str) -> str:
    """A text at the start of a sentence; a code or file name there stays as it is."""
    first = text.partition(" ")[0].rstrip(".,:;")
    return text if "." in first else text[:1].upper() + text[1:]


MINUS = "\u2212"
# The day in a CLDR pattern with its full stop; words in the pattern are quoted.
DAY = re.compile(r"('[^']*')|d+(\.?)")
# The number of an inserted article, as in 147-1.
ARTICLE = re.compile(r"(?<=\d)-(\d+)")
# For a frame of signs without a name, which needs no translation.
NO_MESSAGE = ""
P = ParamSpec("P")


def _sayable(method: Callable[Concatenate["Locale", P], str]) -> Callable[Concatenate["Locale", P], str]:
    @wraps(method)
    def printing(self: "Locale", /, *values: P.args, **named: P.kwargs) -> str:
        return Said(method(self, *values, **named), "", lambda code: printing(self.speak(code), *values, **named))

    return printing


@dataclass(frozen=True, slots=True)
class Locale:
    """A language of publication; does all rounding. `translated` are its messages, `machine` those of them that were
    translated by machine and not reviewed; `speak` returns other locales."""

    language: str
    cldr: Cldr = field(repr=False)
    catalogue: gettext.NullTranslations = field(repr=False, compare=False)
    translated: frozenset[str] = field(repr=False, compare=False)
    machine: frozenset[str] = field(repr=False, compare=False)
    speak: Callable[[str], "Locale"] = field(repr=False, compare=False)

    @property
    def tag(self) -> str:
        """The language with its region: lt_LT."""
        return f"{self.language}_{self.cldr.territory or likely_region(self.language)}".rstrip("_")

    def text(self, message: str, **values: object) -> str:
        """A translated sentence with its values; all in English if anything is untranslated and English has all."""
        used = {name: value for name, value in values.items() if f"{{{name}}}" in message}

        def make(locale: Locale, parts: Sequence[object]) -> str:
            words = without_context(locale.catalogue.gettext(message))
            return fitted(words.format(**dict(zip(used, parts, strict=True))), locale.language) if values else words

        return self._in_one_language(message, make, tuple(used.values()))

    def count(self, one: str, many: str, number: int, **values: object) -> str:
        """A translated sentence in the plural form for a number by gettext's rule; `n` is the number as printed."""
        named = {"n": self.number(number), **values}
        named = {name: value for name, value in named.items() if f"{{{name}}}" in one + many}

        def make(locale: Locale, parts: Sequence[object]) -> str:
            words = locale.catalogue.ngettext(one, many, number).format(**dict(zip(named, parts, strict=True)))
            return fitted(words, locale.language)

        return self._in_one_language(one, make, tuple(named.values()))

    def put(self, frame: str, *values: object, **named: object) -> str:
        """Values in a frame of signs such as "{}: {}", all in one language, with its colon; a frame with words comes
        from a label."""

        def make(locale: Locale, parts: Sequence[object]) -> str:
            words, several, rest = str(parts[0]), parts[1 : len(values) + 1], parts[len(values) + 1 :]
            if not has_words(words):
                words = words.replace(": ", sign_between(": ", locale.language))
            return words.format(*several, **dict(zip(named, rest, strict=True)))

        return self._in_one_language(NO_MESSAGE, make, (frame, *values, *named.values()))

    def joined(self, sign: str, texts: Iterable[str]) -> str:
        def make(locale: Locale, parts: Sequence[object]) -> str:
            return sign_between(sign, locale.language).join(map(str, parts))

        return self._in_one_language(NO_MESSAGE, make, tuple(texts))

    def listed(self, words: Iterable[str]) -> str:
        """Words as a list in a sentence: a, b and c."""
        return self._in_one_language(
            NO_MESSAGE, lambda locale, parts: format_list(list(map(str, parts)), locale=locale.cldr), tuple(words)
        )

    def _in_one_language(
        self, message: str, make: Callable[["Locale", Sequence[object]], str], parts: tuple[object, ...]
    ) -> str:
        """Make a text in the language that has message and all parts: this one, else English, else a mixture."""

        def again(code: str) -> str:
            return self.speak(code)._in_one_language(message, make, tuple(rendered_in(part, code) for part in parts))

        # A message without words needs no translation.
        is_known = message in self.translated or not has_words(message)
        if self.language == ENGLISH or (is_known and not any(map(language_of, parts))):
            self._record(message)
            return Said(make(self, parts), "", again)
        english_parts = tuple(rendered_in(part, ENGLISH) for part in parts)
        if is_known and any(map(language_of, english_parts)):
            self._record(message)
            return Said(make(self, parts), "", again)
        return Said(make(self.speak(ENGLISH), english_parts), ENGLISH, again)

    def _record(self, message: str) -> None:
        if self.machine and (printed := PRINTED.get()) is not None:
            printed.add(message)

    def form(self, forms: Sequence[str], number: Decimal | int) -> str:
        """The form of a word after a number: child, children; in Lithuanian auka, aukos, aukų. Raises ValueError if the
        number of forms is not that of the language."""
        needed = plural_forms(self.language)
        if len(forms) != needed:
            raise ValueError(f"{self.language} has {needed} forms, not {len(forms)}")
        return forms[plural_form(self.language, number)]

    @_sayable
    def number(self, value: Decimal | int) -> str:
        """A number as printed: 35, 5,001."""
        return _printed(str(value), self.cldr)

    @_sayable
    def numeral(self, value: Decimal | int, *, subject: bool = False) -> str:
        """A number in a sentence: four, 24; in figures if the language has no words for it."""
        return numeral(value, self.language, subject=subject) or self.number(value)

    def numerals(self, *values: Decimal | int) -> tuple[str, ...]:
        """Numbers of one kind in a sentence: all in figures if one of them is."""
        spelt = all(numeral(value, ENGLISH) for value in values)
        return tuple(map(self.numeral if spelt else self.number, values))

    def opened(self, sentence: str) -> str:
        return altered(sentence, opening)

    @_sayable
    def fixed(self, value: Decimal, decimals: int) -> str:
        """A number with a fixed number of decimals, rounded half up: 1.40."""
        rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        return format_decimal(rounded, f"#,##0.{'0' * decimals}", self.cldr).replace("-", MINUS)

    def size(self, count: int) -> str:
        """The size of a file of so many bytes."""
        if count < 1_000_000:
            return self.text(SIZES[0], n=self.number(max(1, round(count / 1000))))
        return self.text(SIZES[1], n=self.fixed(Decimal(count) / 1_000_000, 1))

    @_sayable
    def signed(self, value: Decimal) -> str:
        """A difference with its sign: +3, −5, 0."""
        return f"+{self.number(value)}" if value > 0 else self.number(value)

    def difference(self, value: Decimal) -> str:
        """A difference in a table column: +3, −5; no difference is ±0, to differ from a value of zero."""
        return self.signed(value) if value else "±0"

    @_sayable
    def percent(self, share: Decimal, decimals: int = 0) -> str:
        """A share from 0 to 1 as a percentage, rounded half up."""
        step = Decimal(1).scaleb(-decimals - 2)
        rounded = share.quantize(step, ROUND_HALF_UP)
        return format_percent(rounded, locale=self.cldr, decimal_quantization=False).replace("-", MINUS)

    def value(self, observation: Observation | None) -> str:
        """An observation as printed in a table: 35, 0, ≥ 100; without a printable value, the sign for the reason."""
        if observation is None:
            return ":"
        if observation.value is None:
            return NOTHING[observation.status]
        sign = BOUNDS[observation.qualifier]
        return self.put(f"{sign}\u00a0{{}}" if sign else "{}", self.number(observation.value))

    def spoken(self, observation: Observation, *, spelt: bool = False) -> str:
        """An observation in running text: 35, at least 100; `spelt`: four, over six; else the reason in words."""
        if observation.value is None or not is_given(observation):
            return self.text(NOTHING_WORDS[self.value(observation)])
        number_text = self.numeral(observation.value) if spelt else self.number(observation.value)
        return self.text(BOUND_WORDS[observation.qualifier], n=number_text)

    def measured(self, observation: Observation, unit: Unit) -> str:
        """An observation with its unit, without line breaks: 2 years, at least 8 months."""
        if not is_given(observation):
            return self.value(observation)
        one, many = MEASURES[unit]
        return altered(self.count(one, many, int(observation.value or 0), n=self.spoken(observation)), unbroken)

    @_sayable
    def date(self, iso: str) -> str:
        """A date in full; a year and month has no day, and a year is left as it is."""
        if len(iso) == 10:
            return format_date(date.fromisoformat(iso), "long", locale=self.cldr)
        return format_skeleton("yMMMM", date.fromisoformat(iso + "-01"), locale=self.cldr) if len(iso) == 7 else iso

    def period(self, since: str, until: str) -> str:
        """A period of years, days or months: 2017, 2013–2015, 3–4 June 2015, 31 May 2015 – 1 June 2015."""
        if since == until or not until:
            return self.date(since)
        if len(since) == len(until) == 10 and since[:7] == until[:7]:
            return self._days(since, until)
        both_years = len(since) == len(until) == 4
        return f"{since}–{until}" if both_years else self.put("{} – {}", self.date(since), self.date(until))

    @_sayable
    def _days(self, since: str, until: str) -> str:
        """Days of one month, where the language's long date has its day: 3–4 June 2015, 3.–4. Juni 2015."""
        first, last = date.fromisoformat(since), date.fromisoformat(until)

        def days(match: re.Match[str]) -> str:
            return match[1] or f"'{first.day}{match[2]}–{last.day}{match[2]}'"

        return format_date(first, DAY.sub(days, self.cldr.date_formats["long"].pattern), locale=self.cldr)

    @_sayable
    def article(self, number: str) -> str:
        """The number of an article: 147-1, in Lithuanian 147¹."""
        if not known_language(self.language).raises_articles:
            return number
        return ARTICLE.sub(lambda match: match[1].translate(SUPERSCRIPTS), number)

    @_sayable
    def item_letter(self, code: str) -> str:
        """The letter of an item of an article in the alphabet of the language: c, in Greek γ."""
        letters = known_language(self.language).letters
        return dict(zip(ascii_lowercase, letters, strict=False)).get(code, code).lower()

    @_sayable
    def country(self, code: str) -> str:
        name = self.cldr.territories.get(iso_of(code))
        if self.language == ENGLISH and name:
            return str(name).replace(" & ", " and ")
        return str(name) if name else code

    @_sayable
    def language_name(self, language: str) -> str:
        name = str(self.cldr.languages.get(language, language))
        return name if known_language(self.language).has_capital_languages else name.lower()

    @_sayable
    def name_of(self, country: Country) -> str:
        own = country.name.text(self.language)
        return self.country(country.code) if language_of(own) or not own else own

    def named(self, code: str, home: Country) -> str:
        """The name of a country in an edition of the country `home`, whose own name is from its file."""
        return self.name_of(home) if code == home.code else self.country(code)

    @_sayable
    def named_inside(self, code: str, home: Country) -> str:
        """The name of a country inside a sentence: the Netherlands."""
        name = self.named(code, home)
        return with_article(name, language_of(name) or self.language)

    def label_of(self, observation: Observation, catalogue: Catalogue) -> str:
        """The label of an observation: of its indicator and, except for totals, its code."""
        axis = catalogue.dimension(observation.dimension)
        indicator, code = catalogue.indicator(observation.indicator), axis.get(observation.code) if axis else None
        whole = indicator.name_by(observation.definition).text(self.language) if indicator else ""
        part = code.label.text(self.language) if code else ""
        return self.joined(", ", filter(None, (whole, self.inside(part) if whole else part)))

    def inside(self, label: str, *, quoted: bool = False) -> str:
        """A label inside a sentence or list, in lower case; a `quoted` one is quoted unchanged except in English."""
        language = language_of(label) or self.language
        return label if quoted and language != ENGLISH else altered(label, lambda text: within(text, language))

    def years(self, years: Iterable[int]) -> str:
        """Years in a sentence: 2019 and 2020; three or more in a row are 2009–2020."""
        return self.listed(
            word
            for first, last in year_runs(years)
            for word in ([f"{first}–{last}"] if last - first > 1 else dict.fromkeys((str(first), str(last))))
        )

    def ordered(self, codes: Iterable[str]) -> list[str]:
        """Sort countries: Member States in protocol order, then the others by name."""
        rank = {code: number for number, code in enumerate(PROTOCOL)}
        return sorted(
            codes, key=lambda code: (rank.get(code, len(rank)), letters_of(self.country(code), self.language))
        )


@lru_cache(maxsize=4096)
def _printed(number: str, cldr: Cldr) -> str:
    """A number as printed; cached, since formatting is slow, by its text, since 0 and −0 are equal numbers."""
    return format_decimal(Decimal(number), locale=cldr).replace("-", MINUS)


def unbroken(text: str) -> str:
    return text.replace(" ", "\u00a0")


def plural_form(language: str, number: Decimal | int) -> int:
    form: int = gettext.c2py(get_plural(language).plural_expr)(int(number))
    return form


@lru_cache(maxsize=64)
def form_examples(language: str) -> tuple[tuple[int, ...], ...]:
    """For each plural form of a language, the first numbers from 1 that use it."""
    numbers: dict[int, list[int]] = {form: [] for form in range(plural_forms(language))}
    for number in range(1, 201):
        numbers[plural_form(language, number)].append(number)
    return tuple(tuple(examples[:3]) for examples in numbers.values())


def plural_forms(language: str) -> int:
    return get_plural(language).num_plurals


def load_locale(
    language: str, catalogues: Iterable[SourceFile] = (), speak: Callable[[str], Locale] | None = None
) -> Locale:
    """Load the locale of a language with the messages of its catalogues, later ones first; untranslated ones stay
    English. `speak` returns the other languages. Raises UsageError for an unknown code, DataError for a broken file."""
    try:
        cldr = Cldr.parse(known_language(language).region or language)
    except (UnknownLocaleError, ValueError):
        raise UsageError(f"unknown language {language!r}", hint="write a code such as en or lt") from None
    messages, translated, machine = messages_of(catalogues, language)
    return Locale(language, cldr, catalogue=messages, translated=translated, machine=machine, speak=speak or _silent)


@lru_cache
def _silent(language: str) -> Locale:
    return load_locale(language)


# The words that a form accepts instead of a number, and what each writes into the file of the year.
WORDS = {
    N_("not known"): "missing",
    N_("not applicable"): "not applicable",
    N_("not counted"): "not collected",
    N_("none"): "0",
    N_("withheld"): "suppressed",
}
# The meaning of each word, as the form explains it.
MEANINGS = {
    "none": N_("There were none; the same as 0."),
    "not known": N_("There may have been some, but the number is not known."),
    "not counted": N_("You do not count this."),
    "not applicable": N_("This cannot occur in your work."),
    "withheld": N_("You know the number, but may not disclose it."),
}
# Signs that people type instead, as reports print them.
SIGNS = {":": "missing"}


def offered_words(locale: Locale) -> tuple[str, ...]:
    return tuple(word for word, _ in explained_words(locale))


def explained_words(locale: Locale) -> tuple[tuple[str, str], ...]:
    return tuple((locale.text(word), locale.text(meaning)) for word, meaning in MEANINGS.items())


def understood_words(locale: Locale) -> dict[str, str]:
    """The meaning of each word: those of the form, of English and of files."""
    own = {locale.text(word).casefold(): meant for word, meant in WORDS.items()}
    return SIGNS | {meant: meant for meant in WORDS.values()} | dict(WORDS) | own
