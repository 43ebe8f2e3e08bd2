"""What it costs that the public does not get a value."""

from reporter.model import Observation, Unit, Vintage, is_named

# A total is what texts, charts and other offices rest on: parts go first, and of these the inner ones.
KEY_TOTAL, TOTAL, KEY_PART, PART, INNER_PART = 1000, 500, 30, 20, 10
# What counts no persons protects persons least of all.
NO_PERSONS = 5


def weight_of(seen: Observation, known: Vintage) -> int:
    """How much is lost with a value. The settings say it, from 1 to 100; else it follows from what the value is to
    readers. Of two that are alike the one that is withheld in other years too goes first, then one by lot."""
    named = [each.weight for each in known.settings.disclosure.weights if is_named(each, seen)]
    if named:
        return named[-1]
    indicator, axis = known.catalogue.indicator(seen.indicator), known.catalogue.dimension(seen.dimension)
    is_key, member = bool(indicator and indicator.key), axis.get(seen.code) if axis else None
    if not seen.code:
        weight = KEY_TOTAL if is_key else TOTAL
    elif member and member.within:
        weight = INNER_PART
    else:
        weight = KEY_PART if is_key else PART
    of_persons = indicator is not None and indicator.unit is Unit.PERSONS
    return weight if of_persons else weight * NO_PERSONS
