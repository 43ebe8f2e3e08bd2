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
from reporter.data.records.message import At, Told, joined_messages, tell

# Aims are written as "at least three meetings"; meetings that took place are counted.
MEETINGS = ("activity.attendance", "activity.events", "activity.meetings")


def overlap(edition: CheckedEdition) -> Iterator[Problem]:
    """Two activities that may count the same: alike in kind, organiser, audience and count, at nested times."""
    activities = edition.vintage.data.activities
    for number, activity in enumerate(activities):
        for other in activities[:number] if activity.year == edition.year else ():
            if _may_overlap(activity, other):
                frame = N_("{one} may overlap {other}: same organiser, audience and time")
                message = tell(frame, one=activity, other=other)
                hint = f"add part_of: {other.code} so that they are never summed, or accept it with a reason"
                times = f"{activity.period}, {other.period}"
                words = f"{message}: {_words_of(activity.organiser)}; {_words_of(activity.audience)}; {times}"
                yield activity_problem(activity, message, hint, values=other.figures, words=words)


def target_as_result(edition: CheckedEdition) -> Iterator[Problem]:
    for activity in edition.activities:
        if activity.figures and not activity.target:
            yield from _unmarked(activity)
    for parsed in edition.passages:
        yield from _printed(edition, parsed)


def _unmarked(item: Activity) -> Iterator[Problem]:
    hint = "add target: true if it is an aim, or accept it with a reason"
    if any(known_language(language).aim.search(text) for language, text in (*item.title.texts, *item.note.texts)):
        message = tell(N_("activity {activity} mentions an aim, but its counts are given as results"), activity=item)
        yield activity_problem(item, message, hint, words=f"{message}: {_words_of(item.title)}; {_words_of(item.note)}")
        return
    for observation in item.figures:
        if observation.indicator in MEETINGS and observation.qualifier is Qualifier.AT_LEAST:
            frame = N_("{figure} is {value}, written like an aim")
            message = tell(frame, figure=At(observation.address), value=observation)
            yield problem(observation, message, hint)


def _printed(edition: CheckedEdition, parsed: ParsedPassage) -> Iterator[Problem]:
    aim = known_language(parsed.passage.language).speaks_of_aim
    for expression in parsed.expressions if aim is not NOTHING else ():
        address = expression.address
        value = edition.vintage.observation(address) if address.startswith("activities.") else None
        if value and value.target and not aim.search(parsed.around(expression.mark)):
            message = tell(N_("{figure} is an aim, but the sentence does not say so"), figure=At(expression.address))
            hint = "write aim or target in the same sentence"
            yield prose_problem(parsed, expression.mark, message, hint, values=[value])


def _may_overlap(one: Activity, other: Activity) -> bool:
    counts = {observation.indicator for observation in one.figures} & {value.indicator for value in other.figures}
    alike = (one.kind, one.organiser, one.audience) == (other.kind, other.organiser, other.audience)
    related = one.part_of == other.code or other.part_of == one.code
    (start, end), (first, last) = _days(one), _days(other)
    inside = first <= start and end <= last
    around = start <= first and last <= end
    return alike and bool(one.organiser) and bool(counts) and not related and (inside or around)


def _days(activity: Activity) -> tuple[str, str]:
    """The first and last day of an activity."""
    end = f"{activity.until}-12-31" if len(activity.until) == 4 else f"{activity.until}-31"[:10]
    return f"{activity.since}-01-01"[:10], end


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
    for country_list in _lists(edition, edition.year):
        for code in dict.fromkeys((*country_list.countries, *country_list.main)):
            if code not in codes:
                usual = _meant(code, edition.vintage.settings.languages)
                other = "write the ISO 3166 code; a group of countries goes under groups:"
                hint = f"the EU writes {usual}" if code in EU else f"write {usual}" if usual else other
                yield _list_problem(country_list, tell(N_("'{code}' is not a country code"), code=code), hint)
        for code, times in Counter(country_list.countries).items():
            if times > 1:
                message = tell(N_("{country} is listed {times} times"), country=code, times=times)
                yield _list_problem(country_list, message, "list it once")
        for code in country_list.main:
            if code in codes and code not in country_list.countries:
                message = tell(N_("{country} is a main country but not listed"), country=code)
                yield _list_problem(country_list, message, "add it under named:")


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
    earlier = max((item.year for item in edition.vintage.data.lists if item.year < edition.year), default=0)
    before = {country_list.kind for country_list in _lists(edition, earlier)}
    now = list(_lists(edition, edition.year))
    if now and before and not before & {country_list.kind for country_list in now}:
        old = _kinds(_lists(edition, earlier))
        message = tell(N_("{now} are listed; {was} were listed in {before}"), now=_kinds(now), before=earlier, was=old)
        yield _list_problem(now[0], message, "no action needed: lists of different kinds are never joined or compared")


def _lists(edition: CheckedEdition, year: int) -> Iterator[CountryList]:
    return (country_list for country_list in edition.vintage.data.lists if country_list.year == year)


def _kinds(lists: Iterator[CountryList] | list[CountryList]) -> tuple[Told, ...]:
    kinds = {country_list.kind for country_list in lists}
    return tuple(tell(NAMES[kind]) for kind in ListKind if kind in kinds)


def _list_problem(item: CountryList, message: str, hint: str) -> Problem:
    return Problem(message=message, mark=item.mark, hint=hint, figure=f"countries.{item.kind}", year=item.year)


Dated = Contact | Institution | Role | Reference
WithYears = Dated | Provision | Plan
T = TypeVar("T", bound=WithYears)
# A year that words name, except the end of a period or the date of an aim.
YEAR = re.compile(r"(?<![\d/–-])(?<!\bto )(?<!\buntil )(?<!\bby )(?<!\biki )(?:19|20)\d\d(?!\d)")


def told_early(edition: CheckedEdition) -> Iterator[Problem]:
    if edition.year > edition.data.frozen_until:
        for find in (_author, _contacts, _years_named, _articles, _names_in_texts):
            yield from find(edition)


def years_disagree(edition: CheckedEdition) -> Iterator[Problem]:
    country = edition.data.country
    if edition.year <= edition.data.frozen_until:
        return
    for name, item in _dated(country):
        for key in ("since", "until", "listed_from"):
            year = getattr(item, key, None)
            if year is not None and len(str(year)) != len("2020"):
                yield _impossible(name, item, f"{key}: {year} is not a year")
        yield from _backwards(name, item, str(item.since or ""), str(item.until or ""))
        first = item.listed_from if isinstance(item, (Institution, Role)) else None
        if first and item.until and first > item.until:
            yield _impossible(name, item, f"listed_from: {first} is after until: {item.until}, so no edition lists it")
        elif first and item.since and first <= item.since:
            yield _impossible(name, item, f"listed_from: {first} has no effect with since: {item.since}")
    for law in country.provisions:
        yield from _backwards(f"provisions.{law.code}", law, law.since, law.until)
    for body in country.institutions:
        for role in body.roles:
            yield from _outside(body, role)


def _dated(country: Country) -> Iterator[tuple[str, Dated]]:
    yield from ((f"contacts.{contact.code}", contact) for contact in country.contacts)
    for institution in country.institutions:
        yield f"institutions.{institution.code}", institution
        yield from ((f"institutions.{institution.code}.roles.{role.code}", role) for role in institution.roles)
    yield from ((f"references.{reference.code}", reference) for reference in country.references)


def _with_years(country: Country) -> Iterator[tuple[str, WithYears]]:
    yield from _dated(country)
    yield from ((f"provisions.{provision.code}", provision) for provision in country.provisions)
    yield from ((f"plans.{plan.code}", plan) for plan in country.plans)


def dated_names(country: Country) -> Iterator[str]:
    """The names that `accepted:` entries use for entries with years."""
    yield "country.rapporteur"
    yield from (name for name, _ in _with_years(country))


def _impossible(name: str, entry: Dated | Provision, what: str) -> Problem:
    return Problem(f"{name}: {what}", entry.mark, "correct the wrong year, or remove it")


def _backwards(name: str, entry: Dated | Provision, since: str, until: str) -> Iterator[Problem]:
    length = min(len(since), len(until))
    if until[:length] < since[:length]:
        yield _impossible(name, entry, f"until: {until} is before since: {since}")


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
    for name, entry in things:
        if _has(edition.year, entry) and not (edition.previous and _has(edition.previous, entry)):
            yield name, entry


def _has(year: int, entry: WithYears) -> bool:
    if isinstance(entry, Provision):
        return entry.is_in_force(year)
    return entry.is_known(year) if isinstance(entry, Plan) else is_listed(entry, year)


def _early(edition: CheckedEdition, name: str, mark: Mark, what: str, hint: str) -> Problem:
    return Problem(joined_messages((name, what), ": "), mark, hint, figure=name, year=edition.year)


def _author(edition: CheckedEdition) -> Iterator[Problem]:
    country = edition.data.country
    since = country.rapporteur_since
    began = [body.since for body in country.institutions if body.since and _same(body.name, country.rapporteur)]
    if not edition.previous and began and edition.year < min(began) and (since is None or since < min(began)):
        office = N_("the edition of {year} names an author that did not exist before {since}")
        what = tell(office, year=edition.year, since=min(began))
        hint = f"write rapporteur_since: {min(began)}; earlier profiles then say that they were compiled later"
        yield _early(edition, "country.rapporteur", country.mark, what, hint)


def _contacts(edition: CheckedEdition) -> Iterator[Problem]:
    contacts = ((f"contacts.{entry.code}", entry) for entry in edition.data.country.contacts)
    for name, office in _first_listed(edition, contacts):
        for body in edition.data.country.institutions:
            meant = office.code == body.code or _same(office.name, body.name)
            if meant and body.since and body.since > edition.year:
                frame = N_("the edition of {year} lists it, but {body} did not exist before {since}")
                what = tell(frame, year=edition.year, body=f"institutions.{body.code}", since=body.since)
                yield _early(edition, name, office.mark, what, f"write since: {body.since}, or correct the institution")


def _years_named(edition: CheckedEdition) -> Iterator[Problem]:
    for name, entry in _first_listed(edition, _with_years(edition.data.country)):
        texts = (text for words in _words(entry) for _, text in words.texts)
        named = max((int(year) for text in texts for year in YEAR.findall(text)), default=0)
        is_plan = isinstance(entry, Reference) and entry.group == "plan"
        is_own_plan = is_plan and entry.code in {plan.code for plan in edition.vintage.country.plans}
        if named > edition.year and not is_own_plan:
            printed = N_("its text mentions {named}, but the edition of {year} prints it")
            what = tell(printed, named=named, year=edition.year)
            hint = f"keep it out of earlier editions with since: {named}, or leave that year out"
            yield _early(edition, name, entry.mark, what, hint)


def _words(entry: WithYears) -> tuple[Label, ...]:
    if isinstance(entry, Reference):
        return (entry.title,)
    if isinstance(entry, Provision):
        return (entry.subject, entry.note)
    if isinstance(entry, Plan):
        return (entry.focus, entry.note)
    return (entry.role,) if isinstance(entry, Contact) else (entry.role, entry.note)


def _articles(edition: CheckedEdition) -> Iterator[Problem]:
    country = edition.data.country
    for name, reference in _first_listed(edition, ((f"references.{item.code}", item) for item in country.references)):
        for law in country.provisions:
            began = year_of(law.since)
            versions = (other for other in country.provisions if (other.law, other.article) == (law.law, law.article))
            if not began or began <= edition.year or any(other.is_in_force(edition.year) for other in versions):
                continue
            # A title names a provision by law and article.
            number = re.compile(rf"(?<![\w-]){re.escape(law.article)}(?![\w-])")
            titles = ((text.casefold(), law.law.text(language).casefold()) for language, text in reference.title.texts)
            if law.article and any(cited in title and number.search(title) for title, cited in titles):
                article = N_("the edition of {year} names Article {article}, in force since {since}")
                what = tell(article, year=edition.year, article=law.article, since=law.since)
                hint = f"write since: {began}; what was in force before needs its own entry, with until: {began - 1}"
                yield _early(edition, name, reference.mark, what, hint)


def _names_in_texts(edition: CheckedEdition) -> Iterator[Problem]:
    later = [office for office in edition.data.country.institutions if office.since and office.since > edition.year]
    for parsed in edition.new_passages:
        for body in later:
            name = dict(body.name.texts).get(parsed.passage.language, "")
            words = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, name.split())) + r"(?!\w)")
            for sentence in parsed.sentences if name else ():
                if match := words.search(sentence.text):
                    what = tell(N_("names {name}, which takes part only since {since}"), name=name, since=body.since)
                    hint = f"mention it from {body.since} on; or correct since: at institutions.{body.code}"
                    yield prose_problem(parsed, sentence.at(match.start()), what, hint, edition.year)


def _same(one: Label, other: Label) -> bool:
    return any(text and text == dict(other.texts).get(language) for language, text in one.texts)
