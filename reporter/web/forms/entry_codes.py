"""The code of a new entry, chosen or made from its name."""

from collections.abc import Mapping

from reporter.document.outline import CHAPTERS
from reporter.errors import ReporterError
from reporter.files.sources import Sources
from reporter.i18n import N_, Locale
from reporter.load.entry_fields import record_name
from reporter.load.fields import CODE, INDICATOR
from reporter.load.text import slug
from reporter.model import RECOMMENDATIONS, Vintage
from reporter.model.label import ENGLISH
from reporter.web.chapter_places import BY_WORD, FIGURES
from reporter.web.forms.entry_places import EntryList
from reporter.web.forms.form_inputs import Known
from reporter.web.forms.known_values import parts_known
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
