"""Make editions in memory, to publish or to compare them."""

from collections.abc import Sequence

from reporter.cli.late_rooms import BATCH, load_drawing, makers_of
from reporter.edition.state import EditionState
from reporter.produce.order import Order, Outcome


def produce_in_memory(orders: Sequence[Order], states: Sequence[EditionState]) -> list[Outcome]:
    """Carry out orders without putting files in place."""
    outcomes: list[Outcome] = load_drawing(BATCH).produce_all(orders, states, makers=makers_of(orders))
    return outcomes
