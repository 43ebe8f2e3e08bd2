"""Rules for the years of offices, their roles, and resources. None of them may stand in an edition before its time, and
their years must agree with each other."""

import re
from collections.abc import Iterable, Iterator
from typing import TypeVar

from reporter.check.rule import CheckedEdition, Problem, prose_problem
from reporter.errors import Mark
from reporter.i18n import N_
from reporter.model import Contact, Country, Institution, Label, Plan, Provision, Reference, Role, is_listed
from reporter.model.calendar import year_of
from reporter.model.telling import tell, told_together

Dated = Contact | Institution | Role | Reference
Told = Dated | Provision | Plan
T = TypeVar("T", bound=Told)
# A year that words name; not the end of a period, nor an aim.
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
        yield from _no_years(name, each)
        yield from _backwards(name, each, str(each.since or ""), str(each.until or ""))
        first = each.listed_from if isinstance(each, (Institution, Role)) else None
        if first and each.until and first > each.until:
            yield _impossible(name, each, f"listed_from: {first} is after until: {each.until}, so no edition lists it")
        elif first and each.since and first <= each.since:
            yield _impossible(name, each, f"listed_from: {first} says nothing beside since: {each.since}")
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


def _told(country: Country) -> Iterator[tuple[str, Told]]:
    yield from _dated(country)
    yield from ((f"provisions.{each.code}", each) for each in country.provisions)
    yield from ((f"plans.{each.code}", each) for each in country.plans)


def told_names(country: Country) -> Iterator[str]:
    """The names by which an `accepted:` entry calls what has years."""
    yield "country.rapporteur"
    yield from (name for name, _ in _told(country))


def _impossible(name: str, each: Dated | Provision, what: str) -> Problem:
    return Problem(f"{name}: {what}", each.mark, "correct the year that is wrong, or take it out")


def _no_years(name: str, each: Dated) -> Iterator[Problem]:
    for key in ("since", "until", "listed_from"):
        year = getattr(each, key, None)
        if year is not None and len(str(year)) != len("2020"):
            yield _impossible(name, each, f"{key}: {year} is no year")


def _backwards(name: str, each: Dated | Provision, since: str, until: str) -> Iterator[Problem]:
    known = min(len(since), len(until))
    if until[:known] < since[:known]:
        yield _impossible(name, each, f"until: {until} is before since: {since}")


def _outside(body: Institution, role: Role) -> Iterator[Problem]:
    name = f"institutions.{body.code}.roles.{role.code}"
    begins = role.since or role.listed_from
    key, first = ("since", body.since) if body.since else ("listed_from", body.listed_from)
    if begins and first and begins < first:
        yield _impossible(name, role, f"it begins in {begins}, but {key}: {first} is said of the whole body")
    if role.until and first and role.until < first:
        yield _impossible(name, role, f"it lasts until {role.until}, but {key}: {first} is said of the whole body")
    if role.until and body.until and role.until > body.until:
        yield _impossible(name, role, f"it lasts until {role.until}, but until: {body.until} is said of the whole body")
    if begins and body.until and begins > body.until:
        yield _impossible(name, role, f"it begins in {begins}, but until: {body.until} is said of the whole body")


def _first_listed(edition: CheckedEdition, things: Iterable[tuple[str, T]]) -> Iterator[tuple[str, T]]:
    """What this edition is the first to list. So each is told once."""
    for name, each in things:
        if _has(edition.year, each) and not (edition.previous and _has(edition.previous, each)):
            yield name, each


def _has(year: int, each: Told) -> bool:
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
        office = N_("the edition of {year} names an office of {since} as its author")
        what = tell(office, year=edition.year, since=min(began))
        hint = f"write rapporteur_since: {min(began)}; earlier profiles then say that they were compiled later"
        yield _early(edition, "country.rapporteur", country.mark, what, hint)


def _contacts(edition: CheckedEdition) -> Iterator[Problem]:
    contacts = ((f"contacts.{each.code}", each) for each in edition.data.country.contacts)
    for name, each in _first_listed(edition, contacts):
        for body in edition.data.country.institutions:
            meant = each.code == body.code or _same(each.name, body.name)
            if meant and body.since and body.since > edition.year:
                given = N_("the edition of {year} gives it, {body} is there since {since}")
                what = tell(given, year=edition.year, body=f"institutions.{body.code}", since=body.since)
                yield _early(edition, name, each.mark, what, f"write since: {body.since}, or correct the institution")


def _years_named(edition: CheckedEdition) -> Iterator[Problem]:
    for name, each in _first_listed(edition, _told(edition.data.country)):
        named = max(
            max((int(year) for _, text in words.texts for year in YEAR.findall(text)), default=0)
            for words in _words(each)
        )
        if named > edition.year and not (
            isinstance(each, Reference)
            and each.group == "plan"
            and (each.code in {plan.code for plan in edition.known.country.plans})
        ):
            printed = N_("its words name {named}, but the edition of {year} prints them")
            what = tell(printed, named=named, year=edition.year)
            hint = f"keep it out of earlier editions with since: {named}, or leave that year out"
            yield _early(edition, name, each.mark, what, hint)


def _words(each: Told) -> tuple[Label, ...]:
    if isinstance(each, Reference):
        return (each.title,)
    if isinstance(each, Provision):
        return (each.subject, each.note)
    if isinstance(each, Plan):
        return (each.focus, each.note)
    return (each.role,) if isinstance(each, Contact) else (each.role, each.note)


def _articles(edition: CheckedEdition) -> Iterator[Problem]:
    country = edition.data.country
    references = ((f"references.{each.code}", each) for each in country.references)
    for name, each in _first_listed(edition, references):
        for law in country.provisions:
            began = year_of(law.since)
            versions = (other for other in country.provisions if (other.law, other.article) == (law.law, law.article))
            is_in_force = any(other.is_in_force(edition.year) for other in versions)
            if not began or began <= edition.year or is_in_force:
                continue
            # A title names a provision by law and article.
            number = re.compile(rf"(?<![\w-]){re.escape(law.article)}(?![\w-])")
            titles = ((text.casefold(), law.law.text(language).casefold()) for language, text in each.title.texts)
            if law.article and any(cited in title and number.search(title) for title, cited in titles):
                article = N_("the edition of {year} names Article {article}, in force since {since}")
                what = tell(article, year=edition.year, article=law.article, since=law.since)
                hint = f"write since: {began}; what was in force before is an entry of its own, with until: {began - 1}"
                yield _early(edition, name, each.mark, what, hint)


def _names_in_texts(edition: CheckedEdition) -> Iterator[Problem]:
    later = [each for each in edition.data.country.institutions if each.since and each.since > edition.year]
    for parsed in edition.new_passages:
        for each in later:
            name = dict(each.name.texts).get(parsed.passage.language, "")
            words = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, name.split())) + r"(?!\w)")
            for sentence in parsed.sentences() if name else ():
                if found := words.search(sentence.text):
                    what = tell(N_("names {name}, which takes part since {since}"), name=name, since=each.since)
                    hint = f"tell it from {each.since} on; or correct since: at institutions.{each.code}"
                    yield prose_problem(parsed, sentence.at(found.start()), what, hint, edition.year)


def _same(one: Label, other: Label) -> bool:
    return any(text and text == dict(other.texts).get(language) for language, text in one.texts)
