"""Read the values and words that an accepted finding rests on. They are compared with those of the finding, so each has
one form, however it is written."""

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

from reporter.errors import EVERY_YEAR, Values
from reporter.load.amount import Amount
from reporter.load.fields import AMOUNT_SCHEMA, Value
from reporter.model.observation import amount_text

YEAR = re.compile(r"[12]\d{3}", re.ASCII)


def _by_year(written: Mapping[str, Mapping[str, Amount]]) -> Values:
    for year in written:
        if not YEAR.fullmatch(year) and year != EVERY_YEAR:
            raise ValueError(
                f"{year[:40]!r} is not a year | write {{2020: {{ADDRESS: 24}}}}, as reporter check prints it"
            )
    return tuple(
        sorted(
            (0 if year == EVERY_YEAR else int(year), address, amount_text(each.value, each.status, each.qualifier))
            for year, of_year in written.items()
            for address, each in of_year.items()
        )
    )


ValuesByYear = Annotated[
    dict[str, dict[str, Value]],
    AfterValidator(_by_year),
    WithJsonSchema(
        {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": AMOUNT_SCHEMA}}
    ),
]
PlainWords = Annotated[str, AfterValidator(lambda written: " ".join(written.split()))]
