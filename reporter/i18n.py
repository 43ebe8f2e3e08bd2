"""Print words, numbers, dates, lists and country names in one language."""

import gettext
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from unicodedata import normalize

from babel import Locale as Cldr
from babel import UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_skeleton
from babel.languages import get_official_languages
from babel.lists import format_list
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.plurals import get_plural
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal, format_percent

from reporter.errors import DataError, Mark, ReporterError, UsageError
from reporter.files.sources import SourceFile
from reporter.model import (
    Catalogue,
    Confidentiality,
    Country,
    EditionStatus,
    Kind,
    Observation,
    Qualifier,
    Status,
    Unit,
    is_given,
)
from reporter.model.calendar import date_of, year_runs
from reporter.model.geography import EU, iso_of

PLACE = re.compile(r"\{\w*\}")
MINUS = "\u2212"
# The day in a pattern of CLDR with the stop after it; words of the pattern stand in quotes.
DAY = re.compile(r"('[^']*')|d+(\.?)")
REGIONS = {"en": "en_IE", "pt": "pt_PT"}
# Codes of former countries that the CLDR leads to their successors: ISO 3166-3.
WITHDRAWN = ("BUR", "DDR", "FXX", "TMP", "YMD", "ZAR")
PROTOCOL = (
    "BE", "BG", "CZ", "DK", "DE", "EE", "IE", "EL", "ES", "FR", "HR", "IT", "CY", "LV", "LT", "LU", "HU", "MT",
    "NL", "AT", "PL", "PT", "RO", "SI", "SK", "FI", "SE",
)  # fmt: skip
# Codes of territories that the CLDR names and ISO 3166-1 does not list, but for XK.
NO_COUNTRIES = frozenset(("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"))
# Marks that make another letter, č beside c, й beside и; others, as in é or ü, are passed over.
OWN_LETTERS = frozenset("\u030c\u0306")
# Letters that come after z.
LAST_LETTERS = {"da": "æøå", "et": "õäöü", "fi": "åäö", "sv": "åäö"}
NOTHING = {
    Status.MISSING: ":",
    Status.NOT_COLLECTED: ":",
    Status.NOT_APPLICABLE: "–",
    Status.SUPPRESSED: "c",
    Status.UNANSWERED: "…",
}


@dataclass(frozen=True, slots=True)
class Locale:
    """A language of publication; all rounding happens here."""

    language: str
    cldr: Cldr = field(repr=False)
    catalogue: gettext.NullTranslations = field(repr=False)

    def text(self, message: str, **values: object) -> str:
        """A translated sentence, with its named values put in."""
        return self.catalogue.gettext(message).format(**values) if values else self.catalogue.gettext(message)

    def count(self, one: str, many: str, number: int, **values: object) -> str:
        """A translated sentence whose words depend on a number.

        `n` is the number as printed; a language has as many forms of the sentence as gettext's plural rule says.
        """
        words = {"n": self.number(number), **values}
        return self.catalogue.ngettext(one, many, number).format(**words)

    def form(self, forms: Sequence[str], number: Decimal | int) -> str:
        """The form of a word beside a number: child, children.

        In Lithuanian auka, aukos, aukų. Raises ValueError when there are not as many forms as the language has.
        """
        needed = plural_forms(self.language)
        if len(forms) != needed:
            raise ValueError(f"{self.language} has {needed} forms, not {len(forms)}")
        return forms[gettext.c2py(get_plural(self.language).plural_expr)(int(number))]

    def number(self, value: Decimal | int) -> str:
        """A number as printed: 35, 5,001."""
        return _printed(str(value), self.cldr)

    def fixed(self, value: Decimal, decimals: int) -> str:
        """A number with so many decimals, rounded half up: 1.40."""
        rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        return format_decimal(rounded, f"#,##0.{'0' * decimals}", self.cldr).replace("-", MINUS)

    def signed(self, value: Decimal) -> str:
        """A difference with its sign: +3, −5, 0."""
        return f"+{self.number(value)}" if value > 0 else self.number(value)

    def difference(self, value: Decimal) -> str:
        """A difference in a column of a table: +3, −5.

        No difference is ±0, which no value could be.
        """
        return self.signed(value) if value else "±0"

    def percent(self, share: Decimal, decimals: int = 0) -> str:
        """A share from 0 to 1 as a percentage, rounded half up."""
        step = Decimal(1).scaleb(-decimals - 2)
        rounded = share.quantize(step, ROUND_HALF_UP)
        return format_percent(rounded, locale=self.cldr, decimal_quantization=False).replace("-", MINUS)

    def value(self, seen: Observation | None) -> str:
        """An observation as a table prints it: 35, 0, ≥ 100.

        Where no value may be printed, the sign for the reason.
        """
        if seen is None:
            return ":"
        if seen.value is None or seen.confidentiality is not Confidentiality.FREE:
            return NOTHING[Status.SUPPRESSED if seen.value is not None else seen.status]
        signs = {Qualifier.EXACT: "", Qualifier.AT_LEAST: "≥\u00a0", Qualifier.ABOUT: "≈\u00a0"}
        return signs[seen.qualifier] + self.number(seen.value)

    def spoken(self, seen: Observation) -> str:
        """An observation in running text: 35, at least 100, about 250.

        Where no value may be printed, the reason in words.
        """
        if seen.value is None or not is_given(seen):
            return self.text(NOTHING_WORDS[self.value(seen)])
        frames = {Qualifier.EXACT: "{n}", Qualifier.AT_LEAST: N_("at least {n}"), Qualifier.ABOUT: N_("about {n}")}
        return self.text(frames[seen.qualifier], n=self.number(seen.value))

    def measured(self, seen: Observation, unit: Unit) -> str:
        """An observation with its unit: 2 years, at least 8 months.

        Never broken at the end of a line.
        """
        if not is_given(seen):
            return self.value(seen)
        one, many = MEASURES[unit]
        return self.count(one, many, int(seen.value or 0), n=self.spoken(seen)).replace(" ", "\u00a0")

    def date(self, iso: str) -> str:
        """A date in full.

        A year and month get no day; a year alone is left as it is.
        """
        if len(iso) == 10:
            return format_date(date_of(iso), "long", locale=self.cldr)
        return format_skeleton("yMMMM", date_of(iso + "-01"), locale=self.cldr) if len(iso) == 7 else iso

    def period(self, since: str, until: str) -> str:
        """A period of years, days or months.

        2017, 2013–2015, 3–4 June 2015, 31 May 2015 – 1 June 2015.
        """
        if since == until or not until:
            return self.date(since)
        if len(since) == len(until) == 10 and since[:7] == until[:7]:
            return self._days(since, until)
        both_years = len(since) == len(until) == 4
        return f"{since}–{until}" if both_years else f"{self.date(since)} – {self.date(until)}"

    def _days(self, since: str, until: str) -> str:
        """Days of one month: 3–4 June 2015, 3.–4. Juni 2015.

        They stand where the long date of the language has its day.
        """
        first, last = date_of(since), date_of(until)

        def days(found: re.Match[str]) -> str:
            return found[1] or f"'{first.day}{found[2]}–{last.day}{found[2]}'"

        return format_date(first, DAY.sub(days, self.cldr.date_formats["long"].pattern), locale=self.cldr)

    def country(self, code: str) -> str:
        """The name of a country by its EU display code."""
        name = self.cldr.territories.get(iso_of(code))
        return str(name) if name else code

    def language_name(self, language: str) -> str:
        """The name of a language, as it stands after a colon."""
        return str(self.cldr.languages.get(language, language))

    def name_of(self, country: Country) -> str:
        """The name of a country as its file states it, else CLDR's."""
        return country.name.text(self.language) or self.country(country.code)

    def named(self, code: str, home: Country) -> str:
        """The name of a country in an edition of the country `home`.

        That one has the name that its own file states.
        """
        return self.name_of(home) if code == home.code else self.country(code)

    def label_of(self, seen: Observation, catalogue: Catalogue) -> str:
        """The label of an observation: its indicator's, then its code's.

        A total has no code.
        """
        axis = catalogue.dimension(seen.dimension)
        named = (catalogue.indicator(seen.indicator), axis.get(seen.code) if axis else None)
        return ", ".join(each.label.text(self.language) for each in named if each)

    def listed(self, words: Iterable[str]) -> str:
        """Words as a list in a sentence: a, b and c."""
        return format_list(list(words), locale=self.cldr)

    def years(self, years: Iterable[int]) -> str:
        """Years in a sentence: 2019 and 2020.

        Three or more in a row are 2009–2020.
        """
        runs = year_runs(years)
        return self.listed(
            word
            for first, last in runs
            for word in ([f"{first}–{last}"] if last - first > 1 else dict.fromkeys((str(first), str(last))))
        )

    def ordered(self, codes: Iterable[str]) -> list[str]:
        """Sort countries in the order of the EU.

        Member States in protocol order, then the others by name.
        """
        rank = {code: number for number, code in enumerate(PROTOCOL)}
        return sorted(codes, key=lambda code: (rank.get(code, len(rank)), self._letters(self.country(code))))

    def _letters(self, name: str) -> list[tuple[int, str, bool]]:
        """The sort key of a name in the alphabet of the language.

        A letter with a caron or breve is a letter of its own.
        """
        last = LAST_LETTERS.get(self.language, "")
        parts = [(last.find(each), normalize("NFD", each)) for each in name.casefold()]
        return [(place, marked[0], not OWN_LETTERS.isdisjoint(marked)) for place, marked in parts]


@lru_cache(maxsize=4096)
def _printed(number: str, cldr: Cldr) -> str:
    """A number as printed.

    Kept, because the same numbers are printed often and formatting is slow. It takes a text because 0 and −0 are equal
    as numbers.
    """
    return format_decimal(Decimal(number), locale=cldr).replace("-", MINUS)


def three_letters(code: str) -> str:
    """The ISO 3166-1 alpha-3 code of a country, as CLDR has it.

    The code itself when CLDR has none.
    """
    aliases = get_global("territory_aliases").items()
    found = (alias for alias, names in aliases if len(alias) == 3 and alias.isalpha() and names == [iso_of(code)])
    return next((alias for alias in found if alias not in WITHDRAWN), code)


def plural_forms(language: str) -> int:
    """The number of forms that a word beside a number has."""
    return get_plural(language).num_plurals


def country_codes() -> frozenset[str]:
    """The codes of all countries as the EU writes them.

    ISO 3166-1 alpha-2, with EL for Greece, UK for the United Kingdom and XK for Kosovo besides.
    """
    territories = {code for code in map(str, Cldr("en").territories) if len(code) == 2} - NO_COUNTRIES
    return frozenset(EU.get(code, code) for code in territories)


def official_languages(country: str) -> tuple[str, ...]:
    """The official languages of a country, by its EU code."""
    return tuple(map(str, get_official_languages(iso_of(country))))


def N_(message: str) -> str:  # noqa: N802 - the name that tools of gettext look for
    """Mark a message for translation without translating it here.

    For tables of words, which are translated where they are printed.
    """
    return message


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - likewise
    """Mark a message whose words depend on a number."""
    return one, many


NOTHING_WORDS = {
    ":": N_("not available"),
    "–": N_("not applicable"),
    "c": N_("confidential"),
    "…": N_("not answered yet"),
}
UNIT_WORDS = {
    Unit.PERSONS: N_("persons"),
    Unit.CASES: N_("cases"),
    Unit.YEARS: N_("years"),
    Unit.MONTHS: N_("months"),
    Unit.DAYS: N_("days"),
    Unit.EURO: N_("euro"),
    Unit.ITEMS: N_("items"),
}
MEASURES = {
    Unit.PERSONS: NN_("{n} person", "{n} persons"),
    Unit.CASES: NN_("{n} case", "{n} cases"),
    Unit.YEARS: NN_("{n} year", "{n} years"),
    Unit.MONTHS: NN_("{n} month", "{n} months"),
    Unit.DAYS: NN_("{n} day", "{n} days"),
    Unit.EURO: NN_("{n} euro", "{n} euro"),
    Unit.ITEMS: NN_("{n} item", "{n} items"),
}
KIND_WORDS = {
    Kind.FLOW: N_("flow"),
    Kind.STOCK: N_("stock"),
}
STATUS_WORDS = {
    EditionStatus.DRAFT: N_("draft"),
    EditionStatus.PROVISIONAL: N_("provisional"),
    EditionStatus.FINAL: N_("final"),
}


def load_locale(language: str, catalogues: Iterable[SourceFile] = ()) -> Locale:
    """Load the locale of a language.

    Its messages are those of its catalogues (LANGUAGE.po), later ones first; what no file translates stays English.
    Raises UsageError for an unknown code and ReporterError for a broken file.
    """
    try:
        cldr = Cldr.parse(REGIONS.get(language, language))
    except (UnknownLocaleError, ValueError):
        raise UsageError(f"unknown language {language!r}", hint="write a code such as en or lt") from None
    messages: gettext.NullTranslations = gettext.NullTranslations()
    for source in catalogues:
        found = _read_messages(source, language)
        found.add_fallback(messages)
        messages = found
    return Locale(language, cldr, messages)


def _read_messages(source: SourceFile, language: str) -> gettext.GNUTranslations:
    """Read a .po file; it is compiled in memory only."""
    compiled, shown = io.BytesIO(), source.path
    if source.finding:
        raise DataError((source.finding,))
    try:
        catalog = read_po(io.BytesIO(source.content), locale=language, abort_invalid=True)
        write_mo(compiled, catalog)
    except (PoFileError, ValueError) as problem:
        place = Mark(shown, (getattr(problem, "lineno", None) or 0) + 1)
        raise ReporterError(f"the messages cannot be read: {problem}", hint="mend the file", mark=place) from None
    for message in catalog:
        if fault := _fault(message, catalog.num_plurals):
            raise ReporterError(fault, hint="mend the translation", mark=Mark(shown, message.lineno or 1))
    return gettext.GNUTranslations(io.BytesIO(compiled.getvalue()))


def _fault(message: Message, plurals: int) -> str:
    """The fault of a translation, empty when there is none.

    A placeholder that its message does not have, or a wrong number of plural forms.
    """
    ids, forms = _texts(message.id), [form for form in _texts(message.string) if form]
    strange = {place for form in forms for place in PLACE.findall(form)} - set(PLACE.findall(" ".join(ids)))
    if strange and any(ids):
        return f"{min(strange)} stands in the translation of {ids[0]!r}, which has no such place"
    if len(ids) > 1 and forms and len(forms) != plurals:
        return f"{ids[0]!r} has {len(forms)} forms in a language of {plurals}"
    return ""


def _texts(found: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (found,) if isinstance(found, str) else tuple(found or ())
