"""The pages about a year, as the bar names them."""

from collections.abc import Callable
from dataclasses import dataclass

from reporter.i18n import N_
from reporter.web.year_state import TextState, YearState


@dataclass(frozen=True, slots=True)
class Place:
    """A page about a year, as the bar names it.

    `path` follows the country and the year in its address. `count` is the number beside its name: what waits there.
    """

    code: str
    title: str
    path: str = ""
    count: Callable[[YearState], int] | None = None

    def address(self, state: YearState) -> str:
        """Its address for a year."""
        return f"/{state.country.code}/{state.year}{self.path}"


PLACES = (
    Place("year", N_("The year")),
    Place("figures", N_("The figures"), "/figures", lambda state: state.figures.count(False)),
    Place("texts", N_("Texts"), "/text", lambda state: state.texts.count(TextState.UNDECIDED)),
    Place("findings", N_("Findings"), "/findings", lambda state: len(state.findings)),
    Place("page", N_("The page"), "/page"),
    Place("release", N_("To the Commission"), "/release"),
)
