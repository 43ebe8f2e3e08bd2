"""Borders are thinned once, so that neighbours still touch."""

from reporter.draw.land import simplify_borders


def test_a_border_is_thinned_once_so_that_no_gap_opens() -> None:
    border = ((0.0, 0.0), (1.0, 0.2), (2.0, -0.2), (3.0, 0.1), (4.0, 0.0))
    north, south = (*border, (4.0, 9.0), (0.0, 9.0)), (*border[::-1], (0.0, -9.0), (4.0, -9.0))
    made = simplify_borders([north, south], 0.25)
    shared = [set(border) & set(made[ring]) for ring in (north, south)]
    assert shared[0] == shared[1] != set(border)
