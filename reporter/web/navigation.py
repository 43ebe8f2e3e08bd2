"""The pages about a year, as the bar names them."""

from collections.abc import Callable
from dataclasses import dataclass

from reporter.i18n import N_
from reporter.web.year_state import TextState, YearState


@dataclass(frozen=True, slots=True)
class Place:
    """A page about a year, as the bar names it. `path` follows the country and the year in its address, or the country
    alone where it is `of_country`. `count` is the number beside its name: what waits there. `letter` leads there after
    G."""

    code: str
    title: str
    path: str = ""
    count: Callable[[YearState], int] | None = None
    letter: str = ""
    of_country: bool = False

    def address(self, state: YearState) -> str:
        """Its address for a year."""
        return f"/{state.country.code}{'' if self.of_country else f'/{state.year}'}{self.path}"


PLACES = (
    Place("year", N_("The year"), letter="Y"),
    Place("figures", N_("The figures"), "/figures", count=lambda state: state.figures.count(False), letter="F"),
    Place("agencies", N_("Agencies"), "/agencies", count=lambda state: state.waiting, letter="A"),
    Place("lists", N_("Lists"), "/lists", letter="L"),
    Place("texts", N_("Texts"), "/text", count=lambda state: state.texts.count(TextState.UNDECIDED), letter="T"),
    Place("findings", N_("Findings"), "/findings", count=lambda state: len(state.findings), letter="B"),
    Place("page", N_("The page"), "/page", letter="P"),
    Place("compare", N_("Compare"), "/compare", letter="C", of_country=True),
    Place("release", N_("To the Commission"), "/release", letter="R"),
)
