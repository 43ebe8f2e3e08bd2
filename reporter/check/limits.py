"""Rules for figures that limit each other. Investigations opened and conducted, the steps of criminal justice,
victims."""

from collections.abc import Iterator

from reporter.analysis.arithmetic import Obstacle, change, is_exact, total_of
from reporter.analysis.relations import CONDUCTED, IDENTIFIED, OPENED, PRESUMED, REGISTERED
from reporter.check.rule import CheckedEdition, Problem, lower_bound, problem, value_of
from reporter.i18n import N_
from reporter.model import Observation
from reporter.model.telling import At, tell

# Each step can hardly concern more persons than the one before it.
STEPS = (
    ("suspects.on_record", "persons.prosecuted"),
    ("suspects.formal_contact", "persons.prosecuted"),
    ("persons.prosecuted", "persons.convicted"),
)


def conducted_covers_opened(edition: CheckedEdition) -> Iterator[Problem]:
    for conducted in _figures(edition, CONDUCTED):
        opened = edition.known.observation(OPENED, conducted.year)
        if is_exact(conducted) and lower_bound(opened) > value_of(conducted):
            message = tell(
                N_("{conducted} is {value}, fewer than the {opened} opened in {year}"),
                conducted=At(CONDUCTED),
                value=conducted,
                opened=opened,
                year=conducted.year,
            )
            hint = "those opened are part of those conducted: correct one, or accept it with a reason"
            yield problem(conducted, message, hint, values=[opened])


def stock_flow(edition: CheckedEdition) -> Iterator[Problem]:
    series = edition.known.series(CONDUCTED)
    for conducted in _figures(edition, CONDUCTED):
        opened = edition.known.observation(OPENED, conducted.year)
        pair = change(series, conducted.year)
        # A figure in doubt is compared with nothing else, but its contradiction is still found.
        if pair.obstacle not in (None, Obstacle.DOUBT) or pair.before is None or not is_exact(opened) or opened is None:
            continue
        carried = value_of(conducted) - value_of(opened)
        if carried > value_of(pair.before):
            message = tell(
                N_(
                    "{now} conducted in {year} less {opened} opened leave {carried} carried over, "
                    "but {was} were conducted in {before}"
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
            message = tell(
                N_("identified and presumed victims make {made}, {registered} is {value}"),
                made=made,
                registered=At(REGISTERED),
                value=registered,
            )
            hint = "registered victims are the two together: correct one, or accept it with a reason"
            yield problem(registered, message, hint, values=both)


def convicted_over_prosecuted(edition: CheckedEdition) -> Iterator[Problem]:
    """A later step of criminal justice that concerns more persons. More persons convicted than prosecuted, or
    prosecuted than suspected, in the same year."""
    for earlier, later in STEPS:
        for seen in _figures(edition, later):
            before = edition.known.observation(earlier, seen.year)
            if is_exact(before) and before and lower_bound(seen) > value_of(before):
                message = tell(
                    N_("{later} is {value}, more than {earlier} {before}"),
                    later=At(later),
                    value=seen,
                    earlier=At(earlier),
                    before=before,
                )
                hint = "possible when proceedings last for years: check the numbers, then accept it with the reason"
                yield problem(seen, message, hint, values=[before])


def _figures(edition: CheckedEdition, indicator: str) -> Iterator[Observation]:
    return (seen for seen in edition.figures if seen.indicator == indicator)
