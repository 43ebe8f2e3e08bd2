"""The charts that a workspace chooses for its profiles."""

from dataclasses import dataclass
from typing import Annotated

from reporter.model.statement import About


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartChoice:
    """The charts that a profile shows otherwise than the outline says. A chart in the place of another one is named as
    in `docs/blocks.md`, or by an indicator, alone or with a breakdown."""

    leave_out: Annotated[tuple[str, ...], About("Charts that no profile shows, by their names in docs/blocks.md")] = ()
    instead: Annotated[
        tuple[tuple[str, str], ...],
        About(
            "What stands in the place of a chart: another chart, an indicator such as persons.prosecuted, or one by a "
            "breakdown such as victims.identified-by-person"
        ),
    ] = ()
