"""What entries are called in lists, what is said beside, and the codes of new ones."""

from collections.abc import Iterator, Mapping

from reporter.charts.countries import TITLES
from reporter.document.outline import CHAPTERS
from reporter.edit.figure_fields import shown_value
from reporter.errors import ReporterError
from reporter.files.sources import Sources
from reporter.i18n import N_, Locale
from reporter.load.amount import UNANSWERED
from reporter.load.entry_fields import entry_fields, record_name
from reporter.load.fields import CODE, INDICATOR
from reporter.load.text import slug
from reporter.model import RECOMMENDATIONS, Vintage
from reporter.model.label import ENGLISH
from reporter.prose.passages import part_title
from reporter.web.chapter_places import BY_WORD, FIGURES
from reporter.web.forms.field_words import options_of_field
from reporter.web.forms.form_inputs import Known, Plain, value_at
from reporter.web.forms.known_values import figure_label, parts_known
from reporter.web.forms.listings import EntryList
from reporter.web.forms.record_form import VALUE_OF, RecordPlace

# The words that a code is made of, the first that there are.
NAMING = ("name", "title", "label", "subject", "role", "law")
LONGEST = 40
OF_INDICATORS = ("Indicator", "OwnMeaning")
OF_ACTIVITIES, OF_LAW = N_("a count of activities: activity"), N_("a penalty or period of law: law")


def known_codes(listed: EntryList, vintage: Vintage, locale: Locale, sources: Sources) -> Known | None:
    """The codes that a new entry can have. Empty for any, None where entries have none."""
    if not listed.is_keyed:
        return None
    there = {code for code, _ in listed.entries(sources)}
    record = record_name(listed.shape)
    if record in ("Recommendation", "FollowUp"):
        found = dict(parts_known(RECOMMENDATIONS, vintage, locale))
    elif record == "OwnMeaning":
        found = {each.code: each.label.text(locale.language) for each in vintage.catalogue.indicators}
    else:
        return ()
    return tuple((code, title) for code, title in found.items() if code not in there)


def families(listed: EntryList, vintage: Vintage, locale: Locale) -> Known:
    if record_name(listed.shape) != "Indicator":
        return ()
    titles = {each.code: each.title for each in CHAPTERS}
    words = dict.fromkeys(each.code.partition(".")[0] for each in vintage.catalogue.indicators)
    chapters = {word: titles.get(BY_WORD.get(word, FIGURES), "") for word in words}
    known = {word: locale.put("{}: {}", locale.text(title), word) for word, title in chapters.items() if title}
    return tuple({**known, "activity": locale.text(OF_ACTIVITIES), "law": locale.text(OF_LAW)}.items())


def coded_place(
    listed: EntryList, posted: Mapping[str, str], sources: Sources
) -> tuple[RecordPlace, ReporterError | None]:
    """Where a new entry goes, or why it cannot go there. That is under the code that was typed, or one made from its
    name."""
    there = {code for code, _ in listed.entries(sources)}
    typed, family = (" ".join(posted.get(name, "").split()) for name in ("code", "family"))
    made = typed or _made(posted, there, f"{family}." if family else "")
    pattern = INDICATOR if record_name(listed.shape) in OF_INDICATORS else CODE
    problem = None
    if not made:
        problem = ReporterError("it has no name yet", hint="write its name, of which its code is made")
    elif typed in there:
        problem = ReporterError(f"{typed} is there already", hint="write another one, or go to that one and change it")
    elif pattern is INDICATOR and "." not in made:
        problem = ReporterError("it is not said where it is shown", hint="choose the chapter above")
    elif not pattern.fullmatch(made):
        problem = ReporterError(
            f"{typed!r} is no code", hint=f"write small letters, digits and _, such as {slug(typed)}"
        )
    return listed.place(made), problem


def _made(posted: Mapping[str, str], there: set[str], family: str) -> str:
    for key in NAMING:
        names = {
            name.partition("/")[2]: value for name, value in posted.items() if name.startswith(f"{VALUE_OF}{key}/")
        }
        spoken = (ENGLISH, *names)
        words = next((slug(names[each]) for each in spoken if slug(names.get(each, ""))), "")
        if words:
            short = words[:LONGEST].rpartition("_")[0] if len(words) > LONGEST else words
            code = f"{family}{short or words[:LONGEST]}"
            return next(
                each for each in (code, *(f"{code}_{number}" for number in range(2, 1000))) if each not in there
            )
    return ""


NAMED = ("name", "title", "label", "subject", "full", "role", "definition", "reason")
# What is said of an entry beside its name.
BESIDE: Mapping[str, tuple[str, ...]] = {
    "Activity": ("kind", "period"),
    "Contact": ("role", "until"),
    "Deadline": ("basis",),
    "Permission": ("reason",),
    "Recipient": ("channel",),
    "CountryList": ("named", "groups"),
    "Difference": ("publication", "published"),
    "FollowUp": ("state",),
    "Institution": ("role",),
    "Plan": ("period",),
    "Provision": ("since", "until"),
    "Recommendation": ("by",),
    "Reference": ("group",),
    "Revision": ("was", "now"),
    "Source": ("publisher",),
}
NOT_ANSWERED = N_("not answered yet")


def is_open(data: Plain) -> bool:
    return any(value_at(data, (key,)) == UNANSWERED for key in ("named", "state", "source"))


def entry_beside(listed: EntryList, data: Plain, locale: Locale) -> str:
    """What is said of an entry beside its name."""
    if is_open(data):
        return locale.text(NOT_ANSWERED)
    return locale.joined(" · ", tuple(_beside(listed, record_name(listed.shape), data, locale)))


def entry_title(listed: EntryList, code: str, data: Plain | None, vintage: Vintage, locale: Locale) -> str:
    record = record_name(listed.shape)
    if record == "CountryList":
        kind = value_at(data, ("kind",))
        return next((locale.text(words) for each, words in TITLES.items() if each == kind), locale.text(N_("A list")))
    if record in ("Revision", "Difference"):
        figure, year = (str(value_at(data, (key,)) or "") for key in ("figure", "year"))
        label = figure_label(figure, vintage, locale)
        return locale.put("{}, {}", label, year) if year else label
    if record in ("Recommendation", "FollowUp"):
        return part_title(vintage.data.passages, RECOMMENDATIONS, code, locale.language)
    if record == "Permission":
        country, years = (str(value_at(data, (key,)) or "") for key in ("country", "years"))
        first, _, last = years.partition("/")
        return locale.put("{}, {}", locale.country(country), locale.period(*(first, last)))
    if record == "OwnMeaning":
        known = vintage.catalogue.indicator(code)
        return known.label.text(locale.language) if known else code
    if listed.path == ("codes",):
        axis = vintage.catalogue.dimension(code)
        return axis.label.text(locale.language) if axis else code
    if record == "Provision":
        law, article = _words(value_at(data, ("law",)), locale), str(value_at(data, ("article",)) or "")
        named = locale.put("{} {}", law, locale.article(article)) if article else law
        return locale.put("{}: {}", named, _words(value_at(data, ("subject",)), locale))
    return next((words for key in NAMED if (words := _words(value_at(data, (key,)), locale))), code)


def _beside(listed: EntryList, record: str, data: Plain, locale: Locale) -> Iterator[str]:
    known = {each.key: each for each in entry_fields(listed.shape)}
    for key in BESIDE.get(record, ()):
        value = value_at(data, (key,))
        if key == "named" and isinstance(value, list):
            yield ", ".join(locale.country(str(code)) for code in value)
        elif isinstance(value, list):
            yield from (words for each in value if (words := _words(each, locale)))
        elif isinstance(value, dict):
            yield _words(value, locale)
        elif value:
            options = dict(options_of_field(known[key], locale))
            yield options.get(str(value), "").partition(": ")[0] or shown_value(str(value))


def _words(data: Plain | None, locale: Locale) -> str:
    if not isinstance(data, dict):
        return ""
    spoken = (locale.language, ENGLISH, *data)
    return " ".join(next((str(data[each]) for each in spoken if data.get(each)), "").split())
