"""Key figures are those of the catalogue, in its order."""

from reporter.document.document import Tiles
from tests.editions import checked, document


def test_key_figures_are_those_of_the_catalogue_in_its_order():
    (tiles,) = [block for each in document("LT", 2020).walk() for block in each.blocks if isinstance(block, Tiles)]
    catalogue = checked("LT").dataset.catalogue
    order = [each.label.text("en") for each in sorted(catalogue.indicators, key=lambda each: each.key) if each.key]
    assert 6 == len(tiles.tiles)
    assert [label for label in order if label in {tile.label for tile in tiles.tiles}] == [t.label for t in tiles.tiles]
