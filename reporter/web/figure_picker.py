"""The figures that a text can print, as a list."""

from collections.abc import Iterator
from dataclasses import dataclass

from reporter.context import Context
from reporter.model import is_given
from reporter.prose.evaluation import TIMELESS


@dataclass(frozen=True, slots=True)
class Pick:
    """What a text writes for a figure, its label and value."""

    expression: str
    label: str
    value: str


def picks(context: Context) -> Iterator[Pick]:
    vintage, locale = context.vintage, context.locale
    for (address, year), seen in vintage.index.items():
        if is_given(seen) and (year == vintage.year or address.partition(".")[0] in TIMELESS):
            label = locale.label_of(seen, vintage.catalogue) or address
            yield Pick(f"{{{{ {address} }}}}", label, locale.value(seen))
