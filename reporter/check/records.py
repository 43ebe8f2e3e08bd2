"""Rules for activities, lists of countries, and entries with years of their own, such as institutions."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TypeVar

from reporter.check.prose_text import ParsedPassage
from reporter.check.rule import CheckedEdition, Problem, activity_problem, problem, prose_problem
from reporter.data.errors import Mark, ReporterError
from reporter.data.i18n import N_, country_codes, load_locale
from reporter.data.i18n.territories import EU
from reporter.data.languages import known_language
from reporter.data.languages.language import NOTHING
from reporter.data.records import (
    Activity,
    Contact,
    Country,
    CountryList,
    Institution,
    Label,
    ListKind,
    Plan,
    Provision,
    Qualifier,
    Reference,
    Role,
    is_listed,
)
from reporter.data.records.calendar import year_of
from reporter.data.records.message import At, Told, tell, told_together

# Aims are written as "at least three meetings"; meetings that took place are counted.
MEETINGS = ("activity.attendance", "activity.events", "activity.meetings")


def overlap(edition: CheckedEdition) -> Iterator[Problem]:
    """Two activities that may count the same: alike in kind, organiser, audience and count, at nested times."""
    known = edition.known.data.activities
    for number, each in enumerate(known):
        for other in known[:number] if each.year == edition.year else ():
            if _may_overlap(each, other):
                frame = N_("{one} may overlap {other}: same organiser, audience and time")
                message = tell(frame, one=each, other=other)
                hint = f"add part_of: {other.code} so that they are never summed, or accept it with a reason"
                times = f"{each.period}, {other.period}"
                words = f"{message}: {_words_of(each.organiser)}; {_words_of(each.audience)}; {times}"
                yield activity_problem(each, message, hint, values=other.figures, words=words)


def target_as_result(edition: CheckedEdition) -> Iterator[Problem]:
    for each in edition.activities:
        if each.figures and not each.target:
            yield from _unmarked(each)
    for parsed in edition.passages:
        yield from _printed(edition, parsed)


def _unmarked(each: Activity) -> Iterator[Problem]:
    hint = "add target: true if it is an aim, or accept it with a reason"
    if any(known_language(language).aim.search(text) for language, text in (*each.title.texts, *each.note.texts)):
        message = tell(N_("activity {activity} mentions an aim, but its counts are given as results"), activity=each)
        yield activity_problem(each, message, hint, words=f"{message}: {_words_of(each.title)}; {_words_of(each.note)}")
        return
    for seen in each.figures:
        if seen.indicator in MEETINGS and seen.qualifier is Qualifier.AT_LEAST:
            frame = N_("{figure} is {value}, written like an aim")
            message = tell(frame, figure=At(seen.address), value=seen)
            yield problem(seen, message, hint)


def _printed(edition: CheckedEdition, parsed: ParsedPassage) -> Iterator[Problem]:
    aim = known_language(parsed.passage.language).speaks_of_aim
    for expression in parsed.expressions if aim is not NOTHING else ():
        seen = edition.known.observation(expression.address) if expression.address.startswith("activities.") else None
        if seen and seen.target and not aim.search(parsed.around(expression.mark)):
            message = tell(N_("{figure} is an aim, but the sentence does not say so"), figure=At(expression.address))
            hint = "write aim or target in the same sentence"
            yield prose_problem(parsed, expression.mark, message, hint, values=[seen])


def _may_overlap(one: Activity, other: Activity) -> bool:
    counts = {seen.indicator for seen in one.figures} & {seen.indicator for seen in other.figures}
    alike = (one.kind, one.organiser, one.audience) == (other.kind, other.organiser, other.audience)
    related = one.part_of == other.code or other.part_of == one.code
    (start, end), (first, last) = _days(one), _days(other)
    inside = first <= start and end <= last
    around = start <= first and last <= end
    return alike and bool(one.organiser) and bool(counts) and not related and (inside or around)


def _days(each: Activity) -> tuple[str, str]:
    """The first and last day of an activity."""
    end = f"{each.until}-12-31" if len(each.until) == 4 else f"{each.until}-31"[:10]
    return f"{each.since}-01-01"[:10], end


def _words_of(label: Label) -> str:
    return ", ".join(words for _, words in label.texts)


NAMES = {
    ListKind.TARGET: N_("countries named as targets"),
    ListKind.DESTINATION: N_("countries of destination"),
    ListKind.EXPLOITATION: N_("countries of exploitation"),
    ListKind.COOPERATION: N_("countries of cooperation"),
    ListKind.ORIGIN: N_("countries of origin"),
}


def country_names(edition: CheckedEdition) -> Iterator[Problem]:
    codes = country_codes() | {edition.data.country.code}
    for each in _lists(edition, edition.year):
        for code in dict.fromkeys((*each.countries, *each.main)):
            if code not in codes:
                usual = _meant(code, edition.known.settings.languages)
                other = "write the ISO 3166 code; a group of countries goes under groups:"
                hint = f"the EU writes {usual}" if code in EU else f"write {usual}" if usual else other
                yield _list_problem(each, tell(N_("'{code}' is not a country code"), code=code), hint)
        for code, times in Counter(each.countries).items():
            if times > 1:
                message = tell(N_("{country} is listed {times} times"), country=code, times=times)
                yield _list_problem(each, message, "list it once")
        for code in each.main:
            if code in codes and code not in each.countries:
                message = tell(N_("{country} is a main country but not listed"), country=code)
                yield _list_problem(each, message, "add it under named:")


def _meant(word: str, languages: Iterable[str]) -> str:
    """The ISO code of the country that a word means (lt, Lithuania, Lietuva), or ""."""
    codes = country_codes()
    for language in languages:
        with suppress(ReporterError):
            locale = load_locale(language)
            for code in codes:
                if locale.country(code).casefold() == word.casefold():
                    return code
    usual = EU.get(word.upper(), word.upper())
    return usual if usual in codes else ""


def list_kind_changed(edition: CheckedEdition) -> Iterator[Problem]:
    earlier = max((each.year for each in edition.known.data.lists if each.year < edition.year), default=0)
    before = {each.kind for each in _lists(edition, earlier)}
    now = list(_lists(edition, edition.year))
    if now and before and not before & {each.kind for each in now}:
        old = _kinds(_lists(edition, earlier))
        message = tell(N_("{now} are listed; {was} were listed in {before}"), now=_kinds(now), before=earlier, was=old)
        yield _list_problem(now[0], message, "no action needed: lists of different kinds are never joined or compared")


def _lists(edition: CheckedEdition, year: int) -> Iterator[CountryList]:
    return (each for each in edition.known.data.lists if each.year == year)


def _kinds(lists: Iterator[CountryList] | list[CountryList]) -> tuple[Told, ...]:
    kinds = {each.kind for each in lists}
    return tuple(tell(NAMES[kind]) for kind in ListKind if kind in kinds)


def _list_problem(each: CountryList, message: str, hint: str) -> Problem:
    return Problem(message=message, mark=each.mark, hint=hint, figure=f"countries.{each.kind}", year=each.year)


Dated = Contact | Institution | Role | Reference
WithYears = Dated | Provision | Plan
T = TypeVar("T", bound=WithYears)
# A year that words name, except the end of a period or the date of an aim.
YEAR = re.compile(r"(?<![\d/–-])(?<!\bto )(?<!\buntil )(?<!\bby )(?<!\biki )(?:19|20)\d\d(?!\d)")


def told_early(edition: CheckedEdition) -> Iterator[Problem]:
    if edition.year > edition.data.frozen_until:
        yield from _author(edition)
        yield from _contacts(edition)
        yield from _years_named(edition)
        yield from _articles(edition)
        yield from _names_in_texts(edition)


def years_disagree(edition: CheckedEdition) -> Iterator[Problem]:
    country = edition.data.country
    if edition.year <= edition.data.frozen_until:
        return
    for name, each in _dated(country):
        for key in ("since", "until", "listed_from"):
            year = getattr(each, key, None)
            if year is not None and len(str(year)) != len("2020"):
                yield _impossible(name, each, f"{key}: {year} is not a year")
        yield from _backwards(name, each, str(each.since or ""), str(each.until or ""))
        first = each.listed_from if isinstance(each, (Institution, Role)) else None
        if first and each.until and first > each.until:
            yield _impossible(name, each, f"listed_from: {first} is after until: {each.until}, so no edition lists it")
        elif first and each.since and first <= each.since:
            yield _impossible(name, each, f"listed_from: {first} has no effect with since: {each.since}")
    for law in country.provisions:
        yield from _backwards(f"provisions.{law.code}", law, law.since, law.until)
    for body in country.institutions:
        for role in body.roles:
            yield from _outside(body, role)


def _dated(country: Country) -> Iterator[tuple[str, Dated]]:
    yield from ((f"contacts.{each.code}", each) for each in country.contacts)
    for each in country.institutions:
        yield f"institutions.{each.code}", each
        yield from ((f"institutions.{each.code}.roles.{role.code}", role) for role in each.roles)
    yield from ((f"references.{each.code}", each) for each in country.references)


def _with_years(country: Country) -> Iterator[tuple[str, WithYears]]:
    yield from _dated(country)
    yield from ((f"provisions.{each.code}", each) for each in country.provisions)
    yield from ((f"plans.{each.code}", each) for each in country.plans)


def told_names(country: Country) -> Iterator[str]:
    """The names that `accepted:` entries use for entries with years."""
    yield "country.rapporteur"
    yield from (name for name, _ in _with_years(country))


def _impossible(name: str, each: Dated | Provision, what: str) -> Problem:
    return Problem(f"{name}: {what}", each.mark, "correct the wrong year, or remove it")


def _backwards(name: str, each: Dated | Provision, since: str, until: str) -> Iterator[Problem]:
    known = min(len(since), len(until))
    if until[:known] < since[:known]:
        yield _impossible(name, each, f"until: {until} is before since: {since}")


def _outside(body: Institution, role: Role) -> Iterator[Problem]:
    name = f"institutions.{body.code}.roles.{role.code}"
    begins = role.since or role.listed_from
    key, first = ("since", body.since) if body.since else ("listed_from", body.listed_from)
    if begins and first and begins < first:
        yield _impossible(name, role, f"it begins in {begins}, but the institution has {key}: {first}")
    if role.until and first and role.until < first:
        yield _impossible(name, role, f"it lasts until {role.until}, but the institution has {key}: {first}")
    if role.until and body.until and role.until > body.until:
        yield _impossible(name, role, f"it lasts until {role.until}, but the institution has until: {body.until}")
    if begins and body.until and begins > body.until:
        yield _impossible(name, role, f"it begins in {begins}, but the institution has until: {body.until}")


def _first_listed(edition: CheckedEdition, things: Iterable[tuple[str, T]]) -> Iterator[tuple[str, T]]:
    """What this edition lists for the first time, so that each problem is reported once."""
    for name, each in things:
        if _has(edition.year, each) and not (edition.previous and _has(edition.previous, each)):
            yield name, each


def _has(year: int, each: WithYears) -> bool:
    if isinstance(each, Provision):
        return each.is_in_force(year)
    return each.is_known(year) if isinstance(each, Plan) else is_listed(each, year)


def _early(edition: CheckedEdition, name: str, mark: Mark, what: str, hint: str) -> Problem:
    return Problem(told_together((name, what), ": "), mark, hint, figure=name, year=edition.year)


def _author(edition: CheckedEdition) -> Iterator[Problem]:
    country = edition.data.country
    told = country.rapporteur_since
    began = [each.since for each in country.institutions if each.since and _same(each.name, country.rapporteur)]
    if not edition.previous and began and edition.year < min(began) and (told is None or told < min(began)):
        office = N_("the edition of {year} names an author that did not exist before {since}")
        what = tell(office, year=edition.year, since=min(began))
        hint = f"write rapporteur_since: {min(began)}; earlier profiles then say that they were compiled later"
        yield _early(edition, "country.rapporteur", country.mark, what, hint)


def _contacts(edition: CheckedEdition) -> Iterator[Problem]:
    contacts = ((f"contacts.{each.code}", each) for each in edition.data.country.contacts)
    for name, each in _first_listed(edition, contacts):
        for body in edition.data.country.institutions:
            meant = each.code == body.code or _same(each.name, body.name)
            if meant and body.since and body.since > edition.year:
                given = N_("the edition of {year} lists it, but {body} did not exist before {since}")
                what = tell(given, year=edition.year, body=f"institutions.{body.code}", since=body.since)
                yield _early(edition, name, each.mark, what, f"write since: {body.since}, or correct the institution")


def _years_named(edition: CheckedEdition) -> Iterator[Problem]:
    for name, each in _first_listed(edition, _with_years(edition.data.country)):
        texts = (text for words in _words(each) for _, text in words.texts)
        named = max((int(year) for text in texts for year in YEAR.findall(text)), default=0)
        is_plan = isinstance(each, Reference) and each.group == "plan"
        if named > edition.year and not (is_plan and each.code in {plan.code for plan in edition.known.country.plans}):
            printed = N_("its text mentions {named}, but the edition of {year} prints it")
            what = tell(printed, named=named, year=edition.year)
            hint = f"keep it out of earlier editions with since: {named}, or leave that year out"
            yield _early(edition, name, each.mark, what, hint)


def _words(each: WithYears) -> tuple[Label, ...]:
    if isinstance(each, Reference):
        return (each.title,)
    if isinstance(each, Provision):
        return (each.subject, each.note)
    if isinstance(each, Plan):
        return (each.focus, each.note)
    return (each.role,) if isinstance(each, Contact) else (each.role, each.note)


def _articles(edition: CheckedEdition) -> Iterator[Problem]:
    country = edition.data.country
    for name, each in _first_listed(edition, ((f"references.{each.code}", each) for each in country.references)):
        for law in country.provisions:
            began = year_of(law.since)
            versions = (other for other in country.provisions if (other.law, other.article) == (law.law, law.article))
            if not began or began <= edition.year or any(other.is_in_force(edition.year) for other in versions):
                continue
            # A title names a provision by law and article.
            number = re.compile(rf"(?<![\w-]){re.escape(law.article)}(?![\w-])")
            titles = ((text.casefold(), law.law.text(language).casefold()) for language, text in each.title.texts)
            if law.article and any(cited in title and number.search(title) for title, cited in titles):
                article = N_("the edition of {year} names Article {article}, in force since {since}")
                what = tell(article, year=edition.year, article=law.article, since=law.since)
                hint = f"write since: {began}; what was in force before needs its own entry, with until: {began - 1}"
                yield _early(edition, name, each.mark, what, hint)


def _names_in_texts(edition: CheckedEdition) -> Iterator[Problem]:
    later = [each for each in edition.data.country.institutions if each.since and each.since > edition.year]
    for parsed in edition.new_passages:
        for each in later:
            name = dict(each.name.texts).get(parsed.passage.language, "")
            words = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, name.split())) + r"(?!\w)")
            for sentence in parsed.sentences if name else ():
                if found := words.search(sentence.text):
                    what = tell(N_("names {name}, which takes part only since {since}"), name=name, since=each.since)
                    hint = f"mention it from {each.since} on; or correct since: at institutions.{each.code}"
                    yield prose_problem(parsed, sentence.at(found.start()), what, hint, edition.year)


def _same(one: Label, other: Label) -> bool:
    return any(text and text == dict(other.texts).get(language) for language, text in one.texts)
