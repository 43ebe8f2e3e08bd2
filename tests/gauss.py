"""Examples that GaussSuppression of Statistics Norway publishes, as facts: its tables and what it withholds in them.
From its documentation of 11 December 2025, https://statisticsnorway.github.io/ssb-gausssuppression (MIT): reference of
`GaussSuppressionFromData` and `SuppressSmallCounts`, and the article on small counts. A count with `p` is withheld for
being small, one with `s` to protect others."""

from dataclasses import dataclass

from reporter.figures.withhold.cell_equations import CellKey, Count, System
from tests.tabulated import total_tie


@dataclass(frozen=True, slots=True)
class Example:
    """A table, what each of its sums is made of, and which counts were withheld."""

    system: System
    secondary: frozenset[CellKey]


def example(table: str, rows: str, columns: str) -> Example:
    """A table of text. Sums are given as `Total: A B`, several of them with a semicolon."""
    lines = [line.split() for line in table.strip().splitlines()]
    names = lines[0]
    marked = {(row, name): value for row, *values in lines[1:] for name, value in zip(names, values, strict=True)}
    ties = []
    for row, *_ in lines[1:]:
        ties += [
            total_tie(f"{row}, {whole}", key(row, whole), [key(row, part) for part in parts])
            for whole, parts in sums(columns)
        ]
    for name in names:
        ties += [
            total_tie(f"{name}, {whole}", key(whole, name), [key(part, name) for part in parts])
            for whole, parts in sums(rows)
        ]
    counts = tuple(
        Count(key(*place), int(value.rstrip("ps")), withheld=value.endswith("p")) for place, value in marked.items()
    )
    secondary = frozenset(key(*place) for place, value in marked.items() if value.endswith("s"))
    return Example(System(counts, tuple(ties)), secondary)


def key(row: str, column: str) -> CellKey:
    return CellKey(f"{row}.{column}")


def sums(text: str) -> list[tuple[str, list[str]]]:
    return [(whole.strip(), parts.split()) for whole, _, parts in (each.partition(":") for each in text.split(";"))]


Z1 = """
      annet arbeid soshjelp trygd Total
A     11  11 55  36  113
B     7s  1p 29  18  55
C     5   8  35  25  73
D     13s 2p 17  13  45
E     9   14 63  52  138
F     12  9  24  22  67
G     6   4  22  8   40
H     9s  3p 38  15  65
Total 72  52 283 189 596
"""
# In two hierarchies: A to K in regions 1 to 10, and in groups 300 and 400.
Z2 = """
      annet arbeid soshjelp trygd Total
1     14  11  64  38  127
10    13  2p  50  31s 96
300   72s 52s 283 189 596
4     7   1p  29  18s 55
400   16s 2p  59  33  110
5     18  10  52  38  118
6     21  23  87  74  205
8     15  7   60  23  105
Total 88  54  342 222 706
A     11s 11  55  36s 113
B     7   1p  29  18s 55
C     5s  8s  35  25  73
D     13s 2p  17  13  45
E     9   14  63  52  138
F     12  9   24  22  67
G     6s  4s  22  8   40
H     9s  3p  38  15  65
I     3p  0   9   2p  14
J     9   0   32  20  61
K     4   2p  18  11s 35
"""
BY_AGE = """
      Iceland Portugal Spain Total
old   3s 4s 6  13
young 2s 0p 5  7
Total 5  4  11 20
"""
BY_UNION = """
      Iceland Portugal Spain EU nonEU Total
old   3s 4s 6  10s 3s 13
young 2p 0p 5  5s  2p 7
Total 5  4  11 15  5  20
"""
WITHOUT_ZEROS = """
      Iceland Portugal Spain EU nonEU Total
old   3p 4p 6   10s 3p 13
young 2p 0  5s  5s  2p 7
Total 5  4p 11s 15  5  20
"""
ZEROS_BESIDES = """
      Iceland Portugal Spain EU nonEU Total
old   3p 4s 6  10s 3p 13
young 2p 0s 5  5s  2p 7
Total 5  4  11 15  5  20
"""
ACCIDENTS = """
      light none serious unknown Total
k1    0p 0p 4  0p 4s
k2    0p 1p 5  0p 6
k3    2p 1p 3p 0p 6
k4    1p 4  4  0p 9
k5    0p 0p 1p 0p 1p
k6    0p 0p 6s 0p 6
Total 3p 6  23 0p 32
"""
ACCIDENTS_WITHOUT_ZEROS = """
      light none serious unknown Total
k1    0  0  4s 0 4s
k2    0  1p 5s 0 6
k3    2p 1p 3p 0 6
k4    1p 4s 4  0 9
k5    0  0  1p 0 1p
k6    0  0  6  0 6
Total 3p 6s 23 0 32
"""
REGIONS = "1: A I; 10: J K; 4: B; 5: C D; 6: E F; 8: G H; 300: A B C D E F G H; 400: I J K"
UNION = "EU: Portugal Spain; nonEU: Iceland; Total: EU nonEU"
AGES, WORK = "Total: old young", "Total: annet arbeid soshjelp trygd"
PLACES, HARM = "Total: k1 k2 k3 k4 k5 k6", "Total: light none serious unknown"
EXAMPLES = {
    "z1": example(Z1, "Total: A B C D E F G H", WORK),
    "z2": example(Z2, f"{REGIONS}; Total: 300 400; Total: 1 10 4 5 6 8", WORK),
    "by age": example(BY_AGE, AGES, "Total: Iceland Portugal Spain"),
    "by union": example(BY_UNION, AGES, UNION),
    "without zeros": example(WITHOUT_ZEROS, AGES, UNION),
    "zeros besides": example(ZEROS_BESIDES, AGES, UNION),
    "accidents": example(ACCIDENTS, PLACES, HARM),
    "accidents without zeros": example(ACCIDENTS_WITHOUT_ZEROS, PLACES, HARM),
}
