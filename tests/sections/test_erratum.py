"""The page of a corrigendum: whatever field of whatever record changes, it is told as it was and as it is."""

from collections.abc import Container, Iterator
from dataclasses import Field, fields, replace
from decimal import Decimal
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from reporter.data.errors import Mark
from reporter.data.i18n import Locale, load_locale
from reporter.data.i18n.po_file import without_context
from reporter.data.records import (
    Accepted,
    ActivityKind,
    Catalogue,
    Code,
    Country,
    CountryData,
    CountryList,
    Dimension,
    Flag,
    Indicator,
    Label,
    Observation,
    Passage,
    Recommendation,
    Release,
    Settings,
    Source,
    Status,
    Transmission,
    Vintage,
    YearFile,
    is_hidden,
    vintage,
)
from reporter.data.records.statement import FieldStatement, Form, Origin, statements
from reporter.figures.compare.erratum import IDENTITY, Erratum
from reporter.report.context import Context
from reporter.report.document.document import Table
from reporter.report.sections.erratum import FIELDS, KINDS, erratum_figures, erratum_things
from tests.fixtures import LITHUANIA, RURITANIA
from tests.snapshots import dataset_of, translated

ENGLISH = load_locale("en")
EDITIONS = {
    "XX": vintage(dataset_of(RURITANIA, ["XX"]), "XX", 2022),
    "LT": vintage(dataset_of(LITHUANIA, ["LT"]), "LT", 2020),
}
# The place in a file is printed nowhere. How an edition is sent, what Eurostat gets beside it, and whether `reconcile`
# knows the layout of a file are no part of a page; the country is the folder, and has no other corrigendum. The days of
# publication are in the names of the two editions, above.
EXEMPT: dict[type, frozenset[str]] = {
    CountryList: frozenset({"mark", "unanswered"}),
    Settings: frozenset({"theme_mark", "mail", "recipients", "deadlines", "small_counts", "disclosure", "approvals"}),
    Catalogue: frozenset({"mark", "eurostat"}),
    Source: frozenset({"layout", "country"}),
    YearFile: frozenset({"mark", "published", "changed", "eurostat"}),
    Country: frozenset({"code", "mark"}),
    # Who read a text again stands on no page.
    CountryData: frozenset({"still_holds", "frozen_until"}),
    # The names of those are told, in `offices`.
    Recommendation: frozenset({"mark", "to"}),
    Accepted: frozenset({"mark", "values", "words", "frozen"}),
}
# Words that came later than the first editions: told when they change, not when they are added.
LATER: dict[type, frozenset[str]] = {
    Indicator: frozenset({"rose", "fell"}),
    Code: frozenset({"residual"}),
    Dimension: frozenset({"countries"}),
}
# Figures and texts are told by themselves; see the tests below and those of the texts.
APART = (Observation, Passage)
OTHER_WORDS = Label((("en", "Other words."), ("lt", "Kiti žodžiai.")))
OTHERS: dict[Form, str] = {
    Form.DATE: "1999-09-09",
    Form.PERIOD: "1998/1999",
    Form.COUNTRY: "AQ",
    Form.SOURCE: "elsewhere",
}


def release(number: int) -> Release:
    return Release(
        country="XX", year=2020, number=number, date="2021-01-01", by="R. P.", reason=Label(), program="1", code="",
        engines=(), fonts=(), inputs=(), files=(), mark=Mark(""),
    )  # fmt: skip


def context(before: Vintage, now: Vintage, locale: Locale = ENGLISH) -> Context:
    return Context(now, locale, erratum=Erratum((release(0), release(1)), before))


def told(before: Vintage, now: Vintage, locale: Locale = ENGLISH) -> list[tuple[str, ...]]:
    table = erratum_things(context(before, now, locale))
    return [(row.label, *(cell.text for cell in row.cells)) for row in table.rows] if table else []


def another(field: FieldStatement, value: Any, hint: object = None) -> Any:
    hint = hint or field.hint
    if isinstance(value, bool):
        return not value
    if isinstance(value, Label):
        return OTHER_WORDS
    if isinstance(value, Enum):
        return next(each for each in type(value) if each is not value)
    if get_origin(hint) is Literal:
        return next(each for each in get_args(hint) if each and each != value)
    if isinstance(value, (int, float, Decimal)):
        return value + 1
    if value is None:
        return Decimal(7) if Decimal in get_args(hint) else 2019
    if isinstance(value, tuple):
        return _more(field, value)
    return OTHERS.get(field.form, f"{value} other".strip()) if field.form else f"{value} other".strip()


def _more(field: FieldStatement, value: tuple[Any, ...]) -> tuple[Any, ...]:
    if field.is_pairs:
        inner = get_args(get_args(field.hint)[0])[1]
        if value:
            (key, first), *rest = value
            return ((key, (*first, "other") if isinstance(first, tuple) else another(field, first)), *rest)
        return (("other", OTHER_WORDS if inner is Label else "other"),)
    return (*value, OTHER_WORDS if get_args(field.hint)[0] is Label else OTHERS.get(field.form, "other"))


def changes(record: Any) -> Iterator[tuple[Any, Field[Any], Any]]:
    """A record with each field of it, and of each record in it, changed alone: whose it is, which, and the whole."""
    stated = {each.name: each for each in statements(type(record))}
    for field in (field for field in fields(record) if field.init):
        if field.name in EXEMPT.get(type(record), {"mark"}) or stated[field.name].record in APART:
            continue
        value = getattr(record, field.name)
        if stated[field.name].record is None:
            yield record, field, replace(record, **{field.name: another(stated[field.name], value)})
        elif isinstance(value, tuple):
            for place, each in enumerate(value):
                for owner, inner, made in changes(each):
                    whole = (*value[:place], made, *value[place + 1 :])
                    yield owner, inner, replace(record, **{field.name: whole})
        else:
            for owner, inner, made in changes(value):
                yield owner, inner, replace(record, **{field.name: made})


def every_change(known: Vintage) -> Iterator[tuple[Any, Field[Any], Vintage]]:
    for name in ("data", "catalogue", "settings"):
        for owner, field, made in changes(getattr(known, name)):
            yield owner, field, replace(known, **{name: made})


def is_told(found: list[tuple[str, ...]], owner: Any, name: str) -> bool:
    """Whether a field is told then and now; of what names a record, that one is gone and another is new."""
    kind = type(owner)
    stated = next(each for each in statements(kind) if each.name == name)
    lines = [row for row in found if len(row) > 1]
    if stated.origin is Origin.KEY and kind in (Indicator, Dimension, Code, Source):
        return "removed" in {row[1] for row in lines}  # no figure is of the new one
    if stated.origin is Origin.KEY or name in IDENTITY.get(kind, ()):
        return {"added", "removed"} <= {row[1] for row in lines}
    label = without_context(FIELDS[name])
    return any(row[0] == label and row[2] != row[3] and row[2] and row[3] for row in lines)


def is_printed(owner: Any, known: Vintage) -> bool:
    """Whether an edition prints a record: of indicators, codes and sources those of its figures."""
    if isinstance(owner, (Indicator, Code)):
        return any(owner.code in (seen.indicator, seen.code) for seen in known.index.values())
    if isinstance(owner, Source):
        return any(owner.code == seen.source for seen in known.index.values())
    return True


def untold(known: Vintage, tried: Container[type] = ()) -> list[str]:
    """The fields that an erratum does not tell when they change alone, each in a record where it is empty and in one
    where it is not, but for kinds of records that were tried before."""
    met: set[tuple[type, str, bool]] = set()
    missing = []
    for owner, field, now in every_change(known):
        if type(owner) in tried:
            continue
        place = (type(owner), field.name, bool(getattr(owner, field.name)))
        added = field.name in LATER.get(type(owner), ()) and not getattr(owner, field.name)
        if place in met or added or not is_printed(owner, known):
            continue
        met.add(place)
        if not is_told(told(known, now), owner, field.name):
            missing.append(f"{type(owner).__name__}.{field.name}: {getattr(owner, field.name)}")
    return missing


def test_whatever_field_of_a_record_changes_is_told_then_and_now() -> None:
    tried, more = ({type(owner) for owner, _, _ in every_change(known)} for known in EDITIONS.values())
    assert [] == untold(EDITIONS["XX"])
    assert [] == untold(EDITIONS["LT"], tried)
    assert set(KINDS) == tried | more


def test_what_no_page_depends_on_is_not_told() -> None:
    known = EDITIONS["XX"]
    police, *others = known.catalogue.sources
    sources = (replace(police, layout="glotip", country="XX"), *others)
    other = replace(known, catalogue=replace(known.catalogue, sources=sources, eurostat=Transmission(agency="X")))
    assert [] == told(known, other)


# The file that states a value, and its line, are printed nowhere; the country is the folder, and of which breakdown a
# code is says the catalogue.
UNPRINTED = frozenset({"country", "dimension", "vintage", "mark", "implied"})


def other_figures(seen: Observation) -> Iterator[tuple[str, Observation]]:
    for each in statements(Observation):
        value = getattr(seen, each.name)
        if each.name in UNPRINTED:
            continue
        if isinstance(value, frozenset):
            other: object = value ^ {Flag.PROVISIONAL}
        elif each.name == "notes":
            other = (*value, OTHER_WORDS)
        elif each.name == "value":
            yield each.name, replace(seen, value=(seen.value or 0) + Decimal(1), status=Status.GIVEN)
            continue
        elif each.name == "status":
            status = Status.NOT_COLLECTED if seen.status is Status.MISSING else Status.MISSING
            yield each.name, replace(seen, value=None, status=status)
            continue
        else:
            other = another(each, value)
        yield each.name, replace(seen, **{each.name: other})


def test_whatever_field_of_a_figure_changes_is_told_then_and_now() -> None:
    known = EDITIONS["XX"]
    untold_figures = []
    kinds = {
        (bool(seen.owner), bool(seen.code), seen.status, seen.qualifier, bool(seen.notes), bool(seen.flags)): key
        for key, seen in known.index.items()
    }
    for key in kinds.values():
        seen = known.index[key]
        others = {each: value for each, value in known.index.items() if each != key}
        for name, made in other_figures(seen):
            if seen.owner and name == "year":
                continue  # what belongs to a thing is addressed without a year
            if name == "notes" and is_hidden(seen):
                continue  # a note on what is withheld is printed nowhere
            index = {**others, (made.address, key[1] if seen.owner else made.year): made}
            table = erratum_figures(context(known, replace(known, index=index)))
            if not (isinstance(table, Table) and all(cell.text for row in table.rows for cell in row.cells[1:])):
                untold_figures.append(f"{seen.address} {seen.year} {name}")
    assert [] == untold_figures


def test_main_countries_and_the_kind_of_a_measure_are_told_in_words() -> None:
    known = EDITIONS["LT"]
    (listed, *lists), activity = known.data.lists, next(each for each in known.data.activities if each.part_of)
    whole = next(each for each in known.data.activities if each.code == activity.part_of)
    other = replace(activity, kind=ActivityKind.COORDINATION, target=not activity.target, part_of="")
    activities = tuple(other if each is activity else each for each in known.data.activities)
    before = replace(listed, main=("DE", "UK"), groups=())
    now = replace(known, data=replace(known.data, activities=activities, lists=(replace(before, main=("NL",)), *lists)))
    known = replace(known, data=replace(known.data, lists=(before, *lists)))
    title = activity.title.text("en")
    assert [
        ("Activities",),
        (title, "changed", "", ""),
        ("Kind", "", activity.kind.value, "coordination"),
        ("An aim, not a result", "", "No", "Yes"),
        ("Part of", "", whole.title.text("en"), "–"),
        ("Countries named",),
        ("2010: Partners in police cooperation", "changed", "", ""),
        ("Main countries", "", "Germany; United Kingdom", "Netherlands"),
    ] == told(known, now)
    assert ("Pagrindinės šalys", "", "Vokietija; Jungtinė Karalystė", "Nyderlandai") in told(
        known, now, translated("lt")
    )
