"""Files of editions made in memory, for what is published or made again."""

from collections.abc import Sequence

from reporter.cli.late_rooms import BATCH, load_drawing, makers_of
from reporter.edition.state import EditionState
from reporter.produce.order import Order, Outcome


def produce_in_memory(orders: Sequence[Order], states: Sequence[EditionState]) -> list[Outcome]:
    """The outcomes of orders whose files are not to be put in their places yet."""
    outcomes: list[Outcome] = load_drawing(BATCH).produce_all(orders, states, makers=makers_of(orders))
    return outcomes
