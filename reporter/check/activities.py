"""Rules for activities: overlapping counts, and aims stated as results."""

from collections.abc import Iterator

from reporter.check.prose_text import ParsedPassage
from reporter.check.rule import CheckedEdition, Problem, activity_problem, problem, prose_problem
from reporter.i18n import N_
from reporter.languages import known_language
from reporter.languages.language import NOTHING
from reporter.model import Activity, Label, Qualifier
from reporter.model.telling import At, tell

# "At least three meetings" is how an aim is written; meetings that were held are counted.
MEETINGS = ("activity.attendance", "activity.events", "activity.meetings")


def overlap(edition: CheckedEdition) -> Iterator[Problem]:
    """Two activities that may count the same persons or things. They have the kind, organiser, audience and something
    counted in common, and one period lies inside the other."""
    known = edition.known.data.activities
    for number, each in enumerate(known):
        if each.year != edition.year:
            continue
        for other in known[:number]:
            if _may_overlap(each, other):
                message = tell(
                    N_("{one} may overlap {other}: same organiser, audience and time"), one=each, other=other
                )
                hint = f"add part_of: {other.code} so that they are never summed, or accept it with a reason"
                times = f"{each.period}, {other.period}"
                words = f"{message}: {_said(each.organiser)}; {_said(each.audience)}; {times}"
                yield activity_problem(each, message, hint, values=other.figures, words=words)


def target_as_result(edition: CheckedEdition) -> Iterator[Problem]:
    for each in edition.known.data.activities:
        if each.year == edition.year and each.figures and not each.target:
            yield from _unmarked(each)
    for parsed in edition.passages:
        yield from _printed(edition, parsed)


def _unmarked(each: Activity) -> Iterator[Problem]:
    hint = "add target: true if it is an aim, or accept it with a reason"
    texts = (*each.title.texts, *each.note.texts)
    if any(known_language(language).aim.search(text) for language, text in texts):
        message = tell(N_("activity {activity} speaks of an aim, but its counts stand as results"), activity=each)
        yield activity_problem(each, message, hint, words=f"{message}: {_said(each.title)}; {_said(each.note)}")
        return
    for seen in each.figures:
        if seen.indicator in MEETINGS and seen.qualifier is Qualifier.AT_LEAST:
            message = tell(
                N_("{figure} is {value}, which is how an aim is written"), figure=At(seen.address), value=seen
            )
            yield problem(seen, message, hint)


def _printed(edition: CheckedEdition, parsed: ParsedPassage) -> Iterator[Problem]:
    for expression in parsed.expressions:
        seen = edition.known.observation(expression.address) if expression.address.startswith("activities.") else None
        aim = known_language(parsed.passage.language).speaks_of_aim
        if seen is None or not seen.target or aim is NOTHING:
            continue
        if not aim.search(parsed.around(expression.mark)):
            message = tell(N_("{figure} is an aim, but the sentence does not say so"), figure=At(expression.address))
            yield prose_problem(
                parsed, expression.mark, message, "say aim or target in the same sentence", values=[seen]
            )


def _may_overlap(one: Activity, other: Activity) -> bool:
    counts = {seen.indicator for seen in one.figures} & {seen.indicator for seen in other.figures}
    alike = (one.kind, one.organiser, one.audience) == (other.kind, other.organiser, other.audience)
    related = one.part_of == other.code or other.part_of == one.code
    return (
        alike and bool(one.organiser) and bool(counts) and not related and (_inside(one, other) or _inside(other, one))
    )


def _said(label: Label) -> str:
    return ", ".join(words for _, words in label.texts)


def _inside(inner: Activity, outer: Activity) -> bool:
    return _start(outer) <= _start(inner) and _end(inner) <= _end(outer)


def _start(each: Activity) -> str:
    return f"{each.since}-01-01"[:10]


def _end(each: Activity) -> str:
    return f"{each.until}-12-31" if len(each.until) == 4 else f"{each.until}-31"[:10]
