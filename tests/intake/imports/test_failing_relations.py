"""What a checked table withholds does not follow from it, so the sums by which it would follow do not hold."""

import pytest

from reporter.files.sources import Sources
from reporter.intake.imports.failing_relations import denied_relations
from reporter.load.dataset import load_dataset
from reporter.model import vintage
from tests.intake.imports.round_trips import SMALL


def known(parts: str) -> list[tuple[str, bool]]:
    text = f"year: 2020\nsource: police\nfigures: {{victims.identified: {{total: 80, by person: {{{parts}}}}}}}\n"
    sources: Sources = SMALL.overlay({"data/XX/2020.yaml": text.encode()})
    edition = vintage(load_dataset(sources, ["XX"]).dataset, "XX", 2020)
    return [(each.relation.name, each.incomplete) for each in denied_relations(edition, 2020)]


@pytest.mark.parametrize(
    ("parts", "denied"),
    [
        ("women: 60, men: 20", []),
        ("women: suppressed, men: suppressed", []),
        ("women: suppressed, men: 20", [("victims.identified and its parts by person", True)]),
        ("women: {value: 60, confidentiality: D}, men: 20", [("victims.identified and its parts by person", True)]),
        # Of adults the parts are both there, so nothing is left out of them.
        ("adults: suppressed, women: 6, men: 4", [("victims.identified.adults and the parts within it", False)]),
    ],
)
def test_a_relation_is_denied_where_a_withheld_value_would_follow(parts, denied):
    found = known(parts)
    assert denied[:1] == [each for each in found if each in denied]
    assert bool(denied) == bool(found)
