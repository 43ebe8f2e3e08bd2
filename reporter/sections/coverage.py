"""What Article 19a asks for and what the year has of it; which codes of Eurostat and UNODC the figures answer to."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from reporter.analysis import remainder
from reporter.charts import Frame
from reporter.document import Column, Table
from reporter.i18n import N_
from reporter.model import Code, Dimension, Indicator, Item, Observation, Split, Status, Vintage, is_given, is_hidden
from reporter.sections.material import Material
from reporter.tables import Heads, Line, tabulate

ANSWER = "art19a"
# The words of the questionnaire are English.
GLOTIP = "en"
# For each list: the keys of the catalogue's mappings that make up its code.
LISTS_OF = (("eurostat", "sex", "age"), ("glotip", "glotip_sex", "glotip_age"))


class State(StrEnum):
    """What there is of something asked for, the most first."""

    GIVEN = N_("given")
    PART = N_("in part")
    CONFIDENTIAL = N_("confidential")
    NOT_APPLICABLE = N_("not applicable")
    MISSING = N_("missing")
    NOT_COLLECTED = N_("not collected")


STATES = {
    Status.NOT_COLLECTED: State.NOT_COLLECTED,
    Status.NOT_APPLICABLE: State.NOT_APPLICABLE,
    Status.SUPPRESSED: State.CONFIDENTIAL,
}


def coverage(material: Material) -> Table | None:
    """Each item of Article 19a and its breakdowns: given, in part, missing or not collected in the edition's year."""
    frame, duty = material.frame, material.frame.vintage.catalogue.article_19a
    if not duty.items:
        return None
    language = frame.locale.language
    names = (frame.text("Total"), *(each.label.text(language) for each in duty.splits))
    heads = Heads(
        "coverage",
        frame.text("Article 19a of Directive 2011/36/EU and the figures of {year}", year=frame.vintage.year),
        frame.text("Items in force since 2024; in part: the parts known do not make the total"),
        frame.text("Item and indicator"),
        tuple(Column(name, text=True) for name in names),
    )
    lines = [line for item in duty.items for line in _item(frame, item)]
    table = tabulate(heads, lines, frame.vintage, frame.locale)
    note = duty.note.text(language)
    return replace(table, notes=(*table.notes, ("", note))) if note else table


def item_state(vintage: Vintage, item: Item) -> State:
    """What there is of an item in the edition's year: given only with every breakdown that it asks for."""
    found = answering(vintage, item)
    best = min((_total(vintage.observation(each.code)) for each in found), key=list(State).index, default=None)
    if best is not State.GIVEN:
        return best or State.NOT_COLLECTED
    splits = [split for split in vintage.catalogue.article_19a.splits if split.code in item.splits]
    whole = (all(split_state(vintage, each, split) is State.GIVEN for split in splits) for each in found)
    return State.GIVEN if any(whole) else State.PART


def answering(vintage: Vintage, item: Item) -> tuple[Indicator, ...]:
    """The indicators that answer an item by their mappings."""
    return tuple(each for each in vintage.catalogue.indicators if dict(each.mappings).get(ANSWER) == item.code)


def split_state(vintage: Vintage, indicator: Indicator, split: Split) -> State:
    """What there is of a breakdown of an indicator in the edition's year."""
    axis = vintage.catalogue.dimension(split.dimension) if split.dimension in indicator.dimensions else None
    if axis is None:
        return State.NOT_COLLECTED
    parts = [seen for seen in vintage.parts(indicator.code, axis.code) if not split.codes or seen.code in split.codes]
    given = [seen for seen in parts if is_given(seen)]
    if not given:
        return min(map(_total, parts), key=list(State).index, default=State.MISSING)
    whole = remainder(vintage.observation(indicator.code), given, axis) == 0 and not axis.subset
    return State.GIVEN if whole else State.PART


def _total(seen: Observation | None) -> State:
    if seen is None:
        return State.MISSING
    if is_given(seen):
        return State.GIVEN
    return State.CONFIDENTIAL if is_hidden(seen) else STATES.get(seen.status, State.MISSING)


def _item(frame: Frame, item: Item) -> Iterator[Line]:
    vintage = frame.vintage
    label = frame.text("({letter}) {item}", letter=item.code, item=item.label.text(frame.locale.language))
    found = answering(vintage, item)
    if not found:
        yield Line(label, _states(frame, item, State.NOT_COLLECTED, [State.NOT_COLLECTED] * len(item.splits)))
        return
    yield Line(label, heading=True)
    for each in found:
        splits = [split for split in vintage.catalogue.article_19a.splits if split.code in item.splits]
        states = [split_state(vintage, each, split) for split in splits]
        total = _total(vintage.observation(each.code))
        yield Line(frame.label(each.code), _states(frame, item, total, states), level=1)


def _states(frame: Frame, item: Item, total: State, states: Sequence[State]) -> list[str]:
    """The words of a row: the total, and each breakdown of the table that the item asks for."""
    asked = iter(states)
    splits = frame.vintage.catalogue.article_19a.splits
    return [frame.text(total), *(frame.text(next(asked)) if each.code in item.splits else "–" for each in splits)]


def mapping(material: Material) -> Table | None:
    """The figures and codes of the edition with the codes of Eurostat and the words of GLOTIP they answer to."""
    frame = material.frame
    lines = [
        *_indicators(frame),
        *(line for axis in frame.vintage.catalogue.dimensions for line in _codes(frame, axis)),
    ]
    if not lines:
        return None
    heads = Heads(
        "mapping",
        frame.text("Codes of Eurostat and of the UNODC questionnaire (GLOTIP)"),
        frame.text("Several figures may answer to one code; they are not added for it"),
        frame.text("Figure or breakdown"),
        (
            Column(frame.text("Eurostat"), text=True),
            Column(frame.text("GLOTIP"), text=True, language=_other(frame, GLOTIP)),
        ),
    )
    # What answers to what comes from no source of figures.
    return replace(tabulate(heads, lines, frame.vintage, frame.locale), source_note="")


def _other(frame: Frame, language: str) -> str:
    """A language, when it is not the edition's."""
    return "" if frame.locale.language == language else language


def _indicators(frame: Frame) -> Iterator[Line]:
    used = {seen.indicator for seen in frame.vintage.data.observations}
    found = [each for each in frame.vintage.catalogue.indicators if each.code in used and _is_mapped(each)]
    if found:
        yield Line(frame.text("Indicators"), heading=True)
    for each in found:
        yield Line(frame.label(each.code), _mapped(each), level=1)


def _codes(frame: Frame, axis: Dimension) -> Iterator[Line]:
    used = {seen.code for seen in frame.vintage.data.observations if seen.dimension == axis.code}
    found = [each for each in axis.codes if each.code in used and _is_mapped(each)]
    if found:
        yield Line(axis.label.text(frame.locale.language), heading=True)
    for each in found:
        yield Line(each.label.text(frame.locale.language), _mapped(each), level=1)


def _is_mapped(each: Indicator | Code) -> bool:
    return any(text != ":" for text in _mapped(each))


def _mapped(each: Indicator | Code) -> list[str]:
    known = dict(each.mappings)
    return [", ".join(known[key] for key in keys if key in known) or ":" for keys in LISTS_OF]
