"""Draw lists of countries for a phone. The maps stand below each other, the latest first."""

from dataclasses import replace

from reporter.document.plot_of_sides import ListMaps
from reporter.draw.canvas import Canvas
from reporter.draw.list_maps import draw_lists


def draw_narrow_lists(canvas: Canvas, plot: ListMaps) -> float:
    """Draw the last side first, and at the end what is added. What is unlike the map above it says so in its title.
    Returns the height in mm."""
    sides = [each for each in plot.maps if not each.added][::-1]
    unlike = [False, *(each.unlike for each in sides)]
    turned = (replace(each, unlike=apart) for each, apart in zip(sides, unlike, strict=False))
    return draw_lists(canvas, replace(plot, maps=(*turned, *(each for each in plot.maps if each.added))))
