"""What ties the figures of all editions: each relation once, each figure one count until it is revised."""

from dataclasses import replace
from decimal import Decimal

from reporter.data.records import Accepted, Flag, Observation, Qualifier, Status, vintage
from reporter.figures.withhold.cell_equations import CellKey, Count, ShownEdition, system_of
from tests.fixtures import RURITANIA
from tests.small import MARK
from tests.snapshots import dataset_of

KNOWN = vintage(dataset_of(RURITANIA, ("XX",)), "XX", 2022)
YEAR = 2022
TOTAL, WOMEN, CHILDREN = (f"victims.identified{each}" for each in ("", ".women", ".children"))


def figure(name: str, value: object, **known: object) -> Observation:
    """A figure of one of two dots in its name; None is withheld."""
    parts = name.split(".")
    indicator, code = ".".join(parts[:2]), ".".join(parts[2:])
    axes = (axis.code for axis in KNOWN.catalogue.dimensions if axis.get(code))
    made = Observation("XX", YEAR, indicator, None, MARK, YEAR, "office", dimension=next(axes, ""), code=code)
    number = {"status": Status.SUPPRESSED} if value is None else {"value": Decimal(str(value))}
    return replace(made, **{**number, **known})


def edition(
    *figures: Observation, name: str = "2022", accepted: tuple[Accepted, ...] = (), **more: object
) -> ShownEdition:
    data = replace(KNOWN.data, accepted=accepted, activities=())
    index = {(each.address, each.year): each for each in figures}
    return ShownEdition(name, replace(KNOWN, index=index, data=data), **more)


def ties(*editions: ShownEdition) -> list[tuple[str, dict[str, int], int | None, int | None]]:
    found = system_of(editions).ties
    return [(each.name, {str(key): factor for key, factor in each.terms}, each.least, each.most) for each in found]


def counts(*editions: ShownEdition) -> dict[str, Count]:
    return {str(each.key): each for each in system_of(editions).counts}


def test_investigations_opened_of_a_form_are_among_those_conducted_of_it():
    shown = edition(figure("investigations.conducted.labour", 9), figure("investigations.opened.labour", 4))
    terms = {"investigations.conducted.labour of 2022": -1, "investigations.opened.labour of 2022": 1}
    name = "investigations.conducted.labour and investigations.opened.labour, 2022"
    assert [(name, terms, None, 0)] == ties(shown)


def test_no_more_are_carried_over_than_there_were():
    figures = [figure("investigations.conducted", 9), figure("investigations.opened", 4)]
    before = figure("investigations.conducted", 12, year=2021)
    carried = {
        "investigations.conducted of 2021": -1,
        "investigations.conducted of 2022": 1,
        "investigations.opened of 2022": -1,
    }
    assert carried in [terms for _, terms, *_ in ties(edition(*figures, before))]
    broken = replace(figures[0], flags=frozenset({Flag.BREAK}))
    assert carried not in [terms for _, terms, *_ in ties(edition(broken, figures[1], before))]


def test_a_revised_figure_is_another_count_and_so_may_be_what_is_withheld_beside_it():
    first = edition(figure(TOTAL, 24), figure(WOMEN, 20), figure(CHILDREN, None), name="2022")
    second = edition(figure(TOTAL, 25, vintage=2023), figure(WOMEN, 20), figure(CHILDREN, None), name="2023")
    found = ties(first, second)
    anew = {f"{TOTAL} of 2022 2023": -1, f"{WOMEN} of 2022": 1, f"{CHILDREN} of 2022 2023": 1}
    same = {f"{CHILDREN} of 2022": 1, f"{CHILDREN} of 2022 2023": -1}
    assert [anew, same] == [terms for _, terms, *_ in found][1:]


def test_a_rounded_figure_is_known_within_its_rounding_and_may_not_become_known():
    shown = edition(figure(TOTAL, 25, qualifier=Qualifier.ABOUT), rounded=frozenset({(TOTAL, YEAR)}))
    assert Count(CellKey(TOTAL, YEAR), None, 21, 29, withheld=True) == counts(shown)[f"{TOTAL} of 2022"]


def test_money_is_counted_in_the_smallest_part_that_a_value_has():
    shown = edition(figure("budget.total", "12.50"), figure("budget.other", 3))
    assert {1250 // 10, 30} == {each.value for each in system_of((shown,)).counts}
