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
        opened = edition.known.observation(OPENED, conducted.year)
        if is_exact(conducted) and lower_bound(opened) > value_of(conducted):
            frame = N_("{conducted} is {value}, fewer than the {opened} opened in {year}")
            message = tell(frame, conducted=At(CONDUCTED), value=conducted, opened=opened, year=conducted.year)
            hint = "those opened are part of those conducted: correct one, or accept it with a reason"
            yield problem(conducted, message, hint, values=[opened])


def stock_flow(edition: CheckedEdition) -> Iterator[Problem]:
    series = edition.known.series(CONDUCTED)
    for conducted in _figures(edition, CONDUCTED):
        opened = edition.known.observation(OPENED, conducted.year)
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
        both = [edition.known.observation(code, registered.year) for code in (IDENTIFIED, PRESUMED)]
        made = total_of(both)
        if is_exact(registered) and made is not None and made != registered.value:
            frame = N_("identified and presumed victims add up to {made}, {registered} is {value}")
            message = tell(frame, made=made, registered=At(REGISTERED), value=registered)
            hint = "registered victims are the sum of the two: correct one, or accept it with a reason"
            yield problem(registered, message, hint, values=both)


def convicted_over_prosecuted(edition: CheckedEdition) -> Iterator[Problem]:
    for earlier, later in STEPS:
        for seen in _figures(edition, later):
            before = edition.known.observation(earlier, seen.year)
            if is_exact(before) and before and lower_bound(seen) > value_of(before):
                frame = N_("{later} is {value}, more than {earlier} ({before})")
                message = tell(frame, later=At(later), value=seen, earlier=At(earlier), before=before)
                hint = "possible when proceedings last for years: check the numbers, then accept it with the reason"
                yield problem(seen, message, hint, values=[before])


def _figures(edition: CheckedEdition, indicator: str) -> Iterator[Observation]:
    return (seen for seen in edition.figures if seen.indicator == indicator)


def unknown_part_of(edition: CheckedEdition) -> Iterator[Problem]:
    for seen in _contained(edition):
        if _parent(edition, seen) in (None, seen):
            frame = N_("{part} is part_of '{whole}', but there is no such other figure")
            message = tell(frame, part=At(seen.address), whole=seen.part_of)
            others = [each for each in edition.known.index.values() if each.owner == seen.owner and each is not seen]
            beside = [each for each in others if seen.owner or each.year == seen.year]
            names = [each.address.removeprefix(f"{seen.owner}.") for each in beside]
            yield problem(seen, message, nearest(seen.part_of, names), words=message)
    activities = {each.code: each for each in edition.known.data.activities}
    for each in edition.activities:
        if each.part_of and activities.get(each.part_of) in (None, each):
            message = tell(
                N_("{part} is part_of '{whole}', but there is no such other activity"), part=each, whole=each.part_of
            )
            hint = nearest(each.part_of, activities.keys() - {each.code})
            yield activity_problem(each, message, hint)


def subset_exceeds_parent(edition: CheckedEdition) -> Iterator[Problem]:
    for seen, parent in _pairs(edition):
        if is_exact(parent) and lower_bound(seen) > value_of(parent):
            frame = N_("{part} is {value}, more than {whole} ({total}), which contains it")
            message = tell(frame, part=At(seen.address), value=seen, whole=At(parent.address), total=parent)
            yield problem(seen, message, "correct one of the two, or remove part_of", values=[parent])


def mixed_populations(edition: CheckedEdition) -> Iterator[Problem]:
    for seen, parent in _pairs(edition):
        if _kind(edition, seen) != _kind(edition, parent):
            population, unit = _kind(edition, parent)
            frame = N_("{part} is part_of {whole}, which counts {population} in {unit}")
            message = tell(frame, part=At(seen.address), whole=At(parent.address), population=population, unit=unit)
            hint = "name a figure of the same population, or explain the relation in a note"
            yield problem(seen, message, hint, values=[parent], words=message)


def _contained(edition: CheckedEdition) -> Iterator[Observation]:
    years = {seen.year for seen in edition.figures}
    owners = {f"activities.{each.code}" for each in edition.activities}
    for seen in edition.known.index.values():
        if seen.part_of and (seen.owner in owners if seen.owner else seen.year in years):
            yield seen


def _parent(edition: CheckedEdition, seen: Observation) -> Observation | None:
    """The figure that contains another: a count of the same owner, a figure of the year, or a part of its breakdown."""
    if seen.owner:
        return edition.known.observation(f"{seen.owner}.{seen.part_of}")
    sibling = edition.known.observation(f"{seen.indicator}.{seen.part_of}", seen.year)
    return edition.known.observation(seen.part_of, seen.year) or sibling


def _pairs(edition: CheckedEdition) -> Iterator[tuple[Observation, Observation]]:
    for seen in _contained(edition):
        parent = _parent(edition, seen)
        if parent and parent is not seen:
            yield seen, parent
    activities = {each.code: each for each in edition.known.data.activities}
    for each in edition.activities:
        outer = activities.get(each.part_of)
        if outer and outer is not each:
            counts = {seen.indicator: seen for seen in outer.figures}
            yield from ((seen, counts[seen.indicator]) for seen in each.figures if seen.indicator in counts)


def _kind(edition: CheckedEdition, seen: Observation) -> tuple[str, str]:
    indicator = edition.known.catalogue.indicator(seen.indicator)
    return (indicator.population, indicator.unit) if indicator else ("", "")


LARGER = {"sentences.shortest": "sentences.longest", "law.prison_min": "law.prison_max", "law.fine_min": "law.fine_max"}
SPAN = re.compile(r"\b((?:19|20)\d\d)\s*(?:[–—/-]|to|until|through)\s*((?:19|20)\d\d)\b")


def bad_value(edition: CheckedEdition) -> Iterator[Problem]:
    """Impossible values (negative, fractions of persons, minimum above maximum, outside the year), formula notes."""
    for seen in _values(edition):
        for message, hint in _impossible(edition, seen):
            yield problem(seen, message, hint, values=[_highest(edition, seen)], words=message)
        for text in (text for note in seen.notes for _, text in note.texts if FORMULA.match(text)):
            runs = N_("the note on {figure} begins like a spreadsheet formula: {text}")
            message = tell(runs, figure=At(seen.figure), text=text[:40])
            # Such a note cannot be printed, so no figure is given by which it could be accepted.
            yield Problem(message, seen.mark, "begin it with a word")
    for each in edition.activities:
        if year_of(each.until) != edition.year:
            frame = N_("activity {activity} ends in {end}, not in {year}")
            message = tell(frame, activity=each, end=int(each.until[:4]), year=edition.year)
            hint = f"an activity belongs in the file of its last year: move it to {each.until[:4]}.yaml"
            yield activity_problem(each, message, hint)


def period_needed(edition: CheckedEdition) -> Iterator[Problem]:
    for seen in _values(edition):
        words = " ".join(text for note in seen.notes for _, text in note.texts)
        if seen.owner or seen.since or seen.code:
            continue
        for first, last in SPAN.findall(words):
            if int(first) < seen.year == int(last):
                frame = N_("{figure} seems to cover {first} to {last}, but is given for {year} alone")
                message = tell(frame, figure=At(seen.figure), first=int(first), last=int(last), year=seen.year)
                hint = f"add period: {first}/{last}; a figure of several years is never split"
                yield problem(seen, message, hint, words=f"{message}: {words}")


def _impossible(edition: CheckedEdition, seen: Observation) -> Iterator[tuple[Told, str]]:
    indicator, value = edition.known.catalogue.indicator(seen.indicator), value_of(seen)
    highest, figure = _highest(edition, seen), At(seen.address)
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
    if is_given(seen) and Flag.MISSING in seen.flags and seen.vintage == seen.year:
        yield (
            tell(N_("{figure} is {value}, but flag m means that no value can exist"), figure=figure, value=seen),
            "remove one of the two",
        )
    if highest and value > value_of(highest):
        above = N_("{figure} is {value}, above {highest} ({limit})")
        yield (
            tell(above, figure=figure, value=value, highest=At(highest.address), limit=highest),
            "swap or correct the two",
        )
    if seen.since and not seen.owner and not seen.since[:4] <= str(seen.year) <= seen.until[:4]:
        outside = N_("{figure} covers {first} to {last}, outside {year}")
        message = tell(outside, figure=figure, first=seen.since, last=seen.until, year=seen.year)
        yield message, "move it to the file of its last year"


def _highest(edition: CheckedEdition, seen: Observation) -> Observation | None:
    name = LARGER.get(seen.indicator, "")
    address = f"{seen.owner}.{name.rpartition('.')[2]}" if seen.owner else name
    found = edition.known.observation(address, edition.year if seen.owner else seen.year) if name else None
    return found if is_given(found) else None


def _values(edition: CheckedEdition) -> Iterator[Observation]:
    yield from edition.figures
    for breakdown in edition.breakdowns:
        yield from breakdown.parts
    for activity in edition.activities:
        yield from activity.figures
    for provision in edition.known.country.provisions:
        yield from provision.figures


def difference_not_needed(edition: CheckedEdition) -> Iterator[Problem]:
    """An explained difference where there is no value, the numbers are equal, or the other's mask covers it."""
    for each in edition.known.data.differences:
        seen = edition.known.observation(each.figure, each.year)
        if each.vintage == edition.year and is_hidden(seen):
            message = f"{each.figure} of {each.year} is withheld, but a number of {each.publication} is given"
            yield Problem(message, each.mark, "remove the entry: a withheld figure is not explained by a number")
        elif each.vintage == edition.year and not _differs(seen, each):
            message = tell(
                N_("{figure} of {year} is {value}, {publication} says {published}"),
                figure=At(each.figure),
                year=each.year,
                value=seen,
                publication=each.publication,
                published=each.published,
            )
            hint = "nothing differs: remove the entry, or correct published:"
            yield Problem(message, each.mark, hint)


def _differs(seen: Observation | None, each: Difference) -> bool:
    if seen is None or seen.value is None or not is_given(seen):
        return False
    if each.published.startswith("<"):
        return seen.value >= int(each.published[1:])
    return seen.value != int(each.published)
