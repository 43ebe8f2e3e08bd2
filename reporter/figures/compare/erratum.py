"""What a corrigendum corrects: the earlier edition is compared with the one that replaces it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from reporter.data import records as model
from reporter.data.records.catalogue import codes_by_dimension
from reporter.data.records.statement import FieldStatement, Form, Origin, statements
from reporter.figures.compare.law import Event

# Figures are compared by themselves, with what of them is withheld, and texts word by word.
ELSEWHERE = (model.Observation, model.Passage, model.Protection)
# Not printed, by record: how an edition is sent, what Eurostat gets, which file `reconcile` can read, dates that the
# page gives at the top.
OFF_PAGE: Mapping[type, tuple[str, ...]] = {
    model.Settings: ("mail", "recipients", "deadlines", "small_counts", "disclosure", "approvals"),
    model.Catalogue: ("eurostat",),
    model.Source: ("layout", "country"),
    model.YearFile: ("published", "changed", "eurostat"),
    # Open questions are in drafts only, not in publications.
    model.CountryList: ("unanswered",),
    model.CountryData: ("open_lists", "still_holds", "frozen_until"),
    # Their names are compared.
    model.Recommendation: ("to",),
    # The figures themselves are compared.
    model.Accepted: ("values", "words", "frozen"),
}
# What earlier editions lack: reported when it changes, not when it is added.
LATER: Mapping[type, tuple[str, ...]] = {
    model.Indicator: ("rose", "fell"),
    model.Code: ("residual",),
    model.Dimension: ("countries",),
}
# The fields that identify a record without a code.
IDENTITY: Mapping[type, tuple[str, ...]] = {
    model.CountryList: ("year", "kind"),
    model.YearFile: ("year",),
    model.Revision: ("figure", "year"),
    model.Restated: ("figure", "year"),
    model.Accepted: ("rule", "figure", "year"),
    model.Difference: ("publication", "figure", "year"),
    model.Recommendation: ("code", "year"),
    model.FollowUp: ("code", "year"),
}
Keys = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that was added, changed or removed; `fields` are those that changed."""

    turn: Event
    before: object | None
    now: object | None
    fields: tuple[FieldStatement, ...] = ()

    @property
    def thing(self) -> object:
        return self.before if self.now is None else self.now


def record_changes(before: model.Vintage, now: model.Vintage) -> tuple[RecordChange, ...]:
    """Every record that differs, in the order of the data; of the catalogue only what one of the two editions uses."""
    old, new = dict(_records(before)), dict(_records(now))
    used = _used(before, old.values()) | _used(now, new.values())
    changes: list[RecordChange] = []
    for key in {**new, **old}:
        record = new.get(key, old.get(key))
        if (
            not isinstance(record, (model.Indicator, model.Dimension, model.Code, model.Source))
            or (type(record), record.code) in used
        ):
            changes += _altered(old.get(key), new.get(key))
    return tuple(changes)


def printed_fields(record: type) -> tuple[FieldStatement, ...]:
    """The fields of a record that are printed; records in it are compared separately."""
    return tuple(
        field
        for field in statements(record)
        if field.origin is not Origin.MARK and field.record is None and field.name not in OFF_PAGE.get(record, ())
    )


def _altered(before: object | None, now: object | None) -> Iterator[RecordChange]:
    if before is None or now is None:
        yield RecordChange(Event.NEW if before is None else Event.ENDED, before, now)
        return
    later = LATER.get(type(now), ())
    candidates = (item for item in printed_fields(type(now)) if item.name not in later or getattr(before, item.name))
    if fields := tuple(field for field in candidates if getattr(before, field.name) != getattr(now, field.name)):
        yield RecordChange(Event.AMENDED, before, now, fields)


def _records(vintage: model.Vintage) -> Iterator[tuple[Keys, object]]:
    met: Counter[Keys] = Counter()
    for root in (vintage.data, vintage.catalogue, vintage.settings):
        for path, record in _within((), root):
            met[path] += 1
            yield (*path, met[path]), record


def _within(path: Keys, record: object) -> Iterator[tuple[Keys, object]]:
    kind: type = type(record)
    path = (
        *path,
        kind,
        *(
            getattr(record, name)
            for name in IDENTITY.get(kind, tuple(key.name for key in statements(kind) if key.origin is Origin.KEY))
        ),
    )
    if kind not in (model.CountryData, model.Catalogue):
        yield path, record
    for field in statements(kind):
        if field.record and field.record not in ELSEWHERE and field.name not in OFF_PAGE.get(kind, ()):
            value = getattr(record, field.name)
            for inner in value if isinstance(value, tuple) else (value,):
                yield from _within(path, inner)


def _used(vintage: model.Vintage, records: Iterable[object]) -> frozenset[Keys]:
    keys: set[Keys] = set()
    for observation in vintage.index.values():
        keys |= {(model.Indicator, observation.indicator), (model.Source, observation.source)}
        for dimension, code in codes_by_dimension(observation.dimension, observation.code).items():
            keys |= {(model.Dimension, dimension), (model.Code, code)}
    for record in records:
        kind: type = type(record)
        keys |= {(model.Source, getattr(record, field.name)) for field in statements(kind) if field.form is Form.SOURCE}
    return frozenset(keys)


class Aspect(StrEnum):
    """In what respect a figure differs."""

    VALUE = "value"
    FLAGS = "flags"
    DEFINITION = "definition"
    PERIOD = "period"
    SOURCE = "source"
    NOTES = "notes"
    COMPARABLE = "comparable"
    CONFIDENTIAL = "confidential"


ASPECTS: Mapping[Aspect, tuple[str, ...]] = {
    Aspect.VALUE: ("value", "status", "qualifier"),
    Aspect.FLAGS: ("flags",),
    Aspect.DEFINITION: ("definition",),
    Aspect.PERIOD: ("since", "until"),
    Aspect.SOURCE: ("source",),
    Aspect.COMPARABLE: ("doubtful", "target", "part_of", "incomplete"),
    Aspect.CONFIDENTIAL: ("confidentiality",),
}


@dataclass(frozen=True, slots=True)
class Erratum:
    """A corrigendum and the edition that it replaces. `releases` are all publications of the edition, this one last;
    `before` is what the replaced one knew; `files` are those that differ for its readers, each with its event."""

    releases: tuple[model.Release, ...]
    before: model.Vintage
    files: tuple[tuple[str, Event], ...] = ()

    @property
    def now(self) -> model.Release:
        return self.releases[-1]

    @property
    def replaced(self) -> model.Release:
        return self.releases[-2]


@dataclass(frozen=True, slots=True)
class FigureCorrection:
    """A figure that differs between two editions, in what `aspects`; a side without it is None."""

    year: int
    before: model.Observation | None
    now: model.Observation | None
    aspects: tuple[Aspect, ...]

    @property
    def value(self) -> model.Observation:
        observation = self.now or self.before
        if observation is None:
            raise LookupError(self.year)
        return observation


def figure_corrections(before: model.Vintage, now: model.Vintage) -> tuple[FigureCorrection, ...]:
    """Every figure that differs, the latest year first, then in the order of the catalogue."""
    order = {indicator.code: place for place, indicator in enumerate(now.catalogue.indicators)}
    rows = (_corrected(before, now, *key) for key in dict.fromkeys((*now.index, *before.index)))
    return tuple(sorted(filter(None, rows), key=lambda row: (-row.year, order.get(row.value.indicator, len(order)))))


def _corrected(before: model.Vintage, now: model.Vintage, address: str, year: int) -> FigureCorrection | None:
    was, is_now = before.index.get((address, year)), now.index.get((address, year))
    if was is None or is_now is None:
        return FigureCorrection(year, was, is_now, (Aspect.VALUE,))
    aspects = tuple(
        kind for kind, names in ASPECTS.items() if any(getattr(was, name) != getattr(is_now, name) for name in names)
    )
    if before.notes(was) != now.notes(is_now):
        aspects = (*aspects, Aspect.NOTES)
    return FigureCorrection(year, was, is_now, aspects) if aspects else None
