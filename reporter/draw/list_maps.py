"""Draw lists of countries as small maps side by side. Signs say what is new and what is no longer named; no arrow leads
anywhere."""

from collections.abc import Iterator, Mapping, Sequence
from math import cos, radians, sin

from matplotlib.path import Path

from reporter.document.plot_of_sides import ListMap, ListMaps
from reporter.draw.canvas import Canvas, TextStyle
from reporter.draw.choropleth import View, closest, country_outlines, moved_outlines, overlaps, shape_of, tell_countries
from reporter.draw.outlines import Rectangle
from reporter.theme.atlas import CountryOutline, countries

TITLE, CODE, WORDS = TextStyle(8.6, 600, "ink"), TextStyle(7.5, 600, "ink"), TextStyle(8.2)
UNLIKE, SIGN = "\u2260", TextStyle(14.0, 600, "caution")
GONE = "\u2212"
MOST, NARROWEST, WIDEST, GUTTER, HIGH = 3, 36.0, 70.0, 7.0, 0.76
EDGE, DOT = 0.4, 1.0
# A code beside its country: so far from its middle in mm, in one of these directions.
DISTANCES, DIRECTIONS = (5.0, 7.0, 9.0, 12.0), tuple(range(0, 360, 30))


def draw_lists(canvas: Canvas, plot: ListMaps) -> float:
    """Draw the maps in rows of three, or four in one. Returns the height in mm."""
    known = countries(canvas.theme.assets, "europe")
    if not plot.maps:
        return 1.0
    fits = max(int((canvas.width + GUTTER) // (NARROWEST + GUTTER)), 1)
    columns = min(len(plot.maps) if len(plot.maps) == MOST + 1 else MOST, len(plot.maps), fits)
    width = min((canvas.width - GUTTER * (columns - 1)) / columns, WIDEST)
    named = [land.code for each in plot.maps for land in each.lands]
    top, shown = 0.0, None
    for start in range(0, len(plot.maps), columns):
        row = plot.maps[start : start + columns]
        if start and row[0].added:
            canvas.lines([((0.0, top), (canvas.width, top))], "rule", 0.5)
            top += 1.6
        # Between two rows there is no room for the sign, which then begins the title.
        apart = [f"{UNLIKE} " if each.unlike and start and not place else "" for place, each in enumerate(row)]
        titles = [canvas.wrap(f"{sign}{each.title}", TITLE, width) for sign, each in zip(apart, row, strict=True)]
        head = TITLE.capital + 0.6 + (max(map(len, titles)) - 1) * TITLE.leading + 2.0
        ends = [top]
        for place, (each, title) in enumerate(zip(row, titles, strict=True)):
            x = place * (width + GUTTER)
            canvas.paragraph(title, (x, top + TITLE.capital + 0.6), TITLE)
            box = Rectangle(x, top + head, width, width * HIGH)
            view = closest(known, plot.home, named, box)
            # All maps show the same part of Europe.
            shown = shown or (view, country_outlines(known, view))
            _draw_map(canvas, each, plot.home, view, moved_outlines(shown, view))
            words = canvas.wrap(each.words, WORDS, width)
            ends.append(canvas.paragraph(words, (x, box.bottom + WORDS.capital + 2.0), WORDS))
            if each.unlike and place:
                middle = box.y + box.height / 2
                canvas.text(UNLIKE, (x - GUTTER / 2, middle + SIGN.capital / 2), SIGN, "center")
            if each.added and place:
                canvas.lines([((x - GUTTER / 2, top), (x - GUTTER / 2, box.bottom))], "rule", 0.5)
        top = max(ends) + 1.0
    return top


def _draw_map(canvas: Canvas, drawn: ListMap, home: str, view: View, paths: Mapping[str, Path]) -> None:
    known = countries(canvas.theme.assets, "europe")
    colour = "now" if drawn.current else "before"
    lands = [land for land in drawn.lands if land.code in paths]
    canvas.shapes_with_edge(list(paths.values()), "land", EDGE)
    filled = [land for land in lands if land.sign != GONE]
    shapes = {land.code: shape_of(known[land.code], paths[land.code], view, DOT) for land in lands}
    canvas.shapes_with_edge([shapes[land.code] for land in filled], colour, EDGE)
    for land in lands:
        if land.sign == GONE:
            canvas.shape(shapes[land.code], "paper")
            canvas.border(shapes[land.code], colour, 0.9)
    if home in paths:
        canvas.border(shape_of(known[home], paths[home], view, DOT), "ink", 0.8)
    _draw_codes(canvas, drawn, view, known, shapes)
    named = ((land.code, " ".join(filter(None, (land.sign, land.name or land.label)))) for land in lands)
    tell_countries(canvas, known, view, ((code, f"{drawn.title}: {words}") for code, words in named))


def _draw_codes(
    canvas: Canvas, drawn: ListMap, view: View, known: Mapping[str, CountryOutline], shapes: Mapping[str, Path]
) -> None:
    """Print the codes with their signs, those of large countries first. On the country where it holds them, else beside
    it with a line. One for which there is no room stands in the words."""
    placed: list[Rectangle] = []
    lands = sorted((land for land in drawn.lands if land.code in shapes), key=lambda land: -known[land.code].area)
    for land in lands:
        words = f"{land.sign} {land.label}" if land.sign else land.label
        size = Rectangle(0.0, 0.0, canvas.measure(words, CODE), CODE.capital)
        middle = view.project(known[land.code].centre)
        if not view.contains(middle):
            continue
        inside = _around(middle, size)
        filled = land.sign != GONE
        if (
            filled
            and all(shapes[land.code].contains_point(corner) for corner in _corners(inside))
            and _is_within(inside, view)
            and not any(overlaps(inside, box) for box in placed)
        ):
            if canvas.titled and not drawn.current:
                # At night neither ink nor paper stands out enough on the colour of earlier lists.
                canvas.text_with_halo(words, (middle[0], inside.bottom), CODE, "paper")
            else:
                upon = TextStyle(CODE.size, 600, "paper" if drawn.current else "ink")
                canvas.text(words, (inside.x, inside.bottom), upon)
            placed.append(inside)
            continue
        others = [shape for code, shape in shapes.items() if code != land.code]
        free = (box for box in _beside(middle, size) if _is_free(box, view, placed, (*others, shapes[land.code])))
        if box := next(free, None):
            edge = (min(max(middle[0], box.x), box.right), min(max(middle[1], box.y), box.bottom))
            canvas.lines([(middle, edge)], "ink", 0.5)
            canvas.text_with_halo(words, (box.x + box.width / 2, box.bottom), CODE, "paper")
            placed.append(box)


def _around(middle: tuple[float, float], size: Rectangle) -> Rectangle:
    return Rectangle(middle[0] - size.width / 2, middle[1] - size.height / 2, size.width, size.height)


def _beside(middle: tuple[float, float], size: Rectangle) -> Iterator[Rectangle]:
    for distance in DISTANCES:
        for angle in DIRECTIONS:
            across, down = cos(radians(angle)), sin(radians(angle))
            yield _around((middle[0] - across * (distance + size.width / 2), middle[1] - down * distance), size)


def _corners(box: Rectangle) -> tuple[tuple[float, float], ...]:
    return tuple((x, y) for x in (box.x, box.x + box.width / 2, box.right) for y in (box.y, box.bottom))


def _is_within(box: Rectangle, view: View) -> bool:
    return view.contains((box.x, box.y), 0.4) and view.contains((box.right, box.bottom), 0.4)


def _is_free(box: Rectangle, view: View, placed: Sequence[Rectangle], shapes: Sequence[Path]) -> bool:
    """Whether there is room for a label. It is within the map, on no other label and on no country of the list."""
    return (
        _is_within(box, view)
        and not any(overlaps(box, other) for other in placed)
        and not any(shape.contains_point(corner) for shape in shapes for corner in _corners(box))
    )
