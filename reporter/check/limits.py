"""Rules for impossible values, and for figures that limit or contain each other."""

import re
from collections.abc import Iterator

from reporter.check.rule import CheckedEdition, Problem, activity_problem, lower_bound, problem, value_of
from reporter.data.errors import nearest
from reporter.data.i18n import N_, UNIT_WORDS
from reporter.data.records import Difference, Flag, Observation, is_given, is_hidden
from reporter.data.records.calendar import year_of
from reporter.data.records.label import FORMULA
from reporter.data.records.message import At, Told, tell
from reporter.figures.analysis.arithmetic import Obstacle, change, is_exact, total_of
from reporter.figures.analysis.equations import CONDUCTED, IDENTIFIED, OPENED, PRESUMED, REGISTERED

# Each step can hardly concern more persons than the step before.
STEPS = (
    ("suspects.on_record", "persons.prosecuted"),
    ("suspects.formal_contact", "persons.prosecuted"),
    ("persons.prosecuted", "persons.convicted"),
)


def conducted_covers_opened(edition: CheckedEdition) -> Iterator[Problem]:
    for conducted in _figures(edition, CONDUCTED):
        opened = edition.vintage.observation(OPENED, conducted.year)
        if is_exact(conducted) and lower_bound(opened) > value_of(conducted):
            frame = N_("{conducted} is {value}, fewer than the {opened} opened in {year}")
            message = tell(frame, conducted=At(CONDUCTED), value=conducted, opened=opened, year=conducted.year)
            hint = "those opened are part of those conducted: correct one, or accept it with a reason"
            yield problem(conducted, message, hint, values=[opened])


def stock_flow(edition: CheckedEdition) -> Iterator[Problem]:
    series = edition.vintage.series(CONDUCTED)
    for conducted in _figures(edition, CONDUCTED):
        opened = edition.vintage.observation(OPENED, conducted.year)
        pair = change(series, conducted.year)
        # A figure in doubt is compared with nothing else, but its contradiction is still reported.
        if pair.obstacle not in (None, Obstacle.DOUBT) or pair.before is None or not is_exact(opened) or opened is None:
            continue
        carried = value_of(conducted) - value_of(opened)
        if carried > value_of(pair.before):
            message = tell(
                N_(
                    "{now} conducted in {year} minus {opened} opened leaves {carried} carried over, but only {was} "
                    "were conducted in {before}"
                ),
                now=conducted,
                year=conducted.year,
                opened=opened,
                carried=carried,
                was=pair.before,
                before=pair.before.year,
            )
            hint = "correct one of the three numbers, or accept it with a reason"
            yield problem(conducted, message, hint, values=[opened, pair.before])


def presumed_and_identified(edition: CheckedEdition) -> Iterator[Problem]:
    for registered in _figures(edition, REGISTERED):
        both = [edition.vintage.observation(code, registered.year) for code in (IDENTIFIED, PRESUMED)]
        total = total_of(both)
        if is_exact(registered) and total is not None and total != registered.value:
            frame = N_("identified and presumed victims add up to {made}, {registered} is {value}")
            message = tell(frame, made=total, registered=At(REGISTERED), value=registered)
            hint = "registered victims are the sum of the two: correct one, or accept it with a reason"
            yield problem(registered, message, hint, values=both)


def convicted_over_prosecuted(edition: CheckedEdition) -> Iterator[Problem]:
    for earlier, later in STEPS:
        for observation in _figures(edition, later):
            before = edition.vintage.observation(earlier, observation.year)
            if is_exact(before) and before and lower_bound(observation) > value_of(before):
                frame = N_("{later} is {value}, more than {earlier} ({before})")
                counted = N_("the number of {later} is {value}, more than that of {earlier} ({before})")
                parts = {"later": At(later), "earlier": At(earlier), "value": observation, "before": before}
                hint = "possible when proceedings last for years: check the numbers, then accept it with the reason"
                yield problem(observation, tell(frame, **parts, counted=counted), hint, values=[before])


def _figures(edition: CheckedEdition, indicator: str) -> Iterator[Observation]:
    return (observation for observation in edition.figures if observation.indicator == indicator)


def unknown_part_of(edition: CheckedEdition) -> Iterator[Problem]:
    for value in _contained(edition):
        if _parent(edition, value) in (None, value):
            frame = N_("{part} is part_of '{whole}', but there is no such other figure")
            message = tell(frame, part=At(value.address), whole=value.part_of)
            peers = [item for item in edition.vintage.index.values() if item.owner == value.owner and item is not value]
            siblings = [other for other in peers if value.owner or other.year == value.year]
            names = [sibling.address.removeprefix(f"{value.owner}.") for sibling in siblings]
            yield problem(value, message, nearest(value.part_of, names), words=message)
    activities = {entry.code: entry for entry in edition.vintage.data.activities}
    for item in edition.activities:
        if item.part_of and activities.get(item.part_of) in (None, item):
            message = tell(
                N_("{part} is part_of '{whole}', but there is no such other activity"), part=item, whole=item.part_of
            )
            yield activity_problem(item, message, nearest(item.part_of, activities.keys() - {item.code}))


def subset_exceeds_parent(edition: CheckedEdition) -> Iterator[Problem]:
    for value, parent in _pairs(edition):
        if is_exact(parent) and lower_bound(value) > value_of(parent):
            frame = N_("{part} is {value}, more than {whole} ({total}), which contains it")
            message = tell(frame, part=At(value.address), value=value, whole=At(parent.address), total=parent)
            yield problem(value, message, "correct one of the two, or remove part_of", values=[parent])


def mixed_populations(edition: CheckedEdition) -> Iterator[Problem]:
    for value, parent in _pairs(edition):
        if _kind(edition, value) != _kind(edition, parent):
            population, unit = _kind(edition, parent)
            frame = N_("{part} is part_of {whole}, which counts {population} in {unit}")
            message = tell(frame, part=At(value.address), whole=At(parent.address), population=population, unit=unit)
            hint = "name a figure of the same population, or explain the relation in a note"
            yield problem(value, message, hint, values=[parent], words=message)


def _contained(edition: CheckedEdition) -> Iterator[Observation]:
    years = {figure.year for figure in edition.figures}
    owners = {f"activities.{activity.code}" for activity in edition.activities}
    for observation in edition.vintage.index.values():
        if observation.part_of and (observation.owner in owners if observation.owner else observation.year in years):
            yield observation


def _parent(edition: CheckedEdition, observation: Observation) -> Observation | None:
    """The figure that contains another: a count of the same owner, a figure of the year, or a part of its breakdown."""
    if observation.owner:
        return edition.vintage.observation(f"{observation.owner}.{observation.part_of}")
    sibling = edition.vintage.observation(f"{observation.indicator}.{observation.part_of}", observation.year)
    return edition.vintage.observation(observation.part_of, observation.year) or sibling


def _pairs(edition: CheckedEdition) -> Iterator[tuple[Observation, Observation]]:
    for observation in _contained(edition):
        parent = _parent(edition, observation)
        if parent and parent is not observation:
            yield observation, parent
    activities = {entry.code: entry for entry in edition.vintage.data.activities}
    for activity in edition.activities:
        outer = activities.get(activity.part_of)
        if outer and outer is not activity:
            counts = {figure.indicator: figure for figure in outer.figures}
            yield from ((figure, counts[figure.indicator]) for figure in activity.figures if figure.indicator in counts)


def _kind(edition: CheckedEdition, observation: Observation) -> tuple[str, str]:
    indicator = edition.vintage.catalogue.indicator(observation.indicator)
    return (indicator.population, indicator.unit) if indicator else ("", "")


LARGER = {"sentences.shortest": "sentences.longest", "law.prison_min": "law.prison_max", "law.fine_min": "law.fine_max"}
SPAN = re.compile(r"\b((?:19|20)\d\d)\s*(?:[–—/-]|to|until|through)\s*((?:19|20)\d\d)\b")


def bad_value(edition: CheckedEdition) -> Iterator[Problem]:
    """Impossible values (negative, fractions of persons, minimum above maximum, outside the year), formula notes."""
    for observation in _values(edition):
        for message, hint in _impossible(edition, observation):
            yield problem(observation, message, hint, values=[_highest(edition, observation)], words=message)
        for text in (text for note in observation.notes for _, text in note.texts if FORMULA.match(text)):
            runs = N_("the note on {figure} begins like a spreadsheet formula: {text}")
            message = tell(runs, figure=At(observation.figure), text=text[:40])
            # Such a note cannot be printed, so no figure is given by which it could be accepted.
            yield Problem(message, observation.mark, "begin it with a word")
    for activity in edition.activities:
        if year_of(activity.until) != edition.year:
            frame = N_("activity {activity} ends in {end}, not in {year}")
            message = tell(frame, activity=activity, end=int(activity.until[:4]), year=edition.year)
            hint = f"an activity belongs in the file of its last year: move it to {activity.until[:4]}.yaml"
            yield activity_problem(activity, message, hint)


def period_needed(edition: CheckedEdition) -> Iterator[Problem]:
    for value in _values(edition):
        words = " ".join(text for note in value.notes for _, text in note.texts)
        if value.owner or value.since or value.code:
            continue
        for first, last in SPAN.findall(words):
            if int(first) < value.year == int(last):
                frame = N_("{figure} seems to cover {first} to {last}, but is given for {year} alone")
                message = tell(frame, figure=At(value.figure), first=int(first), last=int(last), year=value.year)
                hint = f"add period: {first}/{last}; a figure of several years is never split"
                yield problem(value, message, hint, words=f"{message}: {words}")


def _impossible(edition: CheckedEdition, item: Observation) -> Iterator[tuple[Told, str]]:
    indicator, value = edition.vintage.catalogue.indicator(item.indicator), value_of(item)
    highest, figure = _highest(edition, item), At(item.address)
    if value < 0:
        yield (
            tell(N_("{figure} is negative: {value}"), figure=figure, value=value),
            "a count is zero or more; write missing if it was not counted",
        )
    if indicator and indicator.unit.is_whole and value % 1:
        unit = tell(UNIT_WORDS[indicator.unit])
        whole = N_("{figure} is {value}, but {unit} are counted in whole numbers")
        yield tell(whole, figure=figure, value=value, unit=unit), "write the count"
    # A value added by a revision keeps the flags of the first file, which rightly said that there was none.
    if is_given(item) and Flag.MISSING in item.flags and item.vintage == item.year:
        yield (
            tell(N_("{figure} is {value}, but flag m means that no value can exist"), figure=figure, value=item),
            "remove one of the two",
        )
    if highest and value > value_of(highest):
        above = N_("{figure} is {value}, above {highest} ({limit})")
        yield (
            tell(above, figure=figure, value=value, highest=At(highest.address), limit=highest),
            "swap or correct the two",
        )
    if item.since and not item.owner and not item.since[:4] <= str(item.year) <= item.until[:4]:
        outside = N_("{figure} covers {first} to {last}, outside {year}")
        message = tell(outside, figure=figure, first=item.since, last=item.until, year=item.year)
        yield message, "move it to the file of its last year"


def _highest(edition: CheckedEdition, value: Observation) -> Observation | None:
    name = LARGER.get(value.indicator, "")
    address = f"{value.owner}.{name.rpartition('.')[2]}" if value.owner else name
    limit = edition.vintage.observation(address, edition.year if value.owner else value.year) if name else None
    return limit if is_given(limit) else None


def _values(edition: CheckedEdition) -> Iterator[Observation]:
    yield from edition.figures
    yield from {(part.address, part.year): part for split in edition.breakdowns for part in split.parts}.values()
    for activity in edition.activities:
        yield from activity.figures
    for provision in edition.vintage.country.provisions:
        yield from provision.figures


def difference_not_needed(edition: CheckedEdition) -> Iterator[Problem]:
    """An explained difference where there is no value, the numbers are equal, or the other's mask covers it."""
    for entry in edition.vintage.data.differences:
        observation = edition.vintage.observation(entry.figure, entry.year)
        if entry.vintage == edition.year and is_hidden(observation):
            message = f"{entry.figure} of {entry.year} is withheld, but a number of {entry.publication} is given"
            yield Problem(message, entry.mark, "remove the entry: a withheld figure is not explained by a number")
        elif entry.vintage == edition.year and not _differs(observation, entry):
            message = tell(
                N_("{figure} of {year} is {value}, {publication} says {published}"),
                figure=At(entry.figure),
                year=entry.year,
                value=observation,
                publication=entry.publication,
                published=entry.published,
            )
            yield Problem(message, entry.mark, "nothing differs: remove the entry, or correct published:")


def _differs(observation: Observation | None, difference: Difference) -> bool:
    if observation is None or observation.value is None or not is_given(observation):
        return False
    if difference.published.startswith("<"):
        return observation.value >= int(difference.published[1:])
    return observation.value != int(difference.published)
