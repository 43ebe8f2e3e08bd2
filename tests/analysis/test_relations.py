"""What ties figures of a year to each other, and what follows from it: exactly what all completions agree on."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reporter.data.records import Accepted, Code, Label, Observation, Qualifier, Status, Vintage, vintage
from reporter.figures.analysis.equations import Equation, derivable, exposed, relations_of
from tests.fixtures import RURITANIA
from tests.small import MARK
from tests.snapshots import dataset_of

KNOWN = vintage(dataset_of(RURITANIA, ("XX",)), "XX", 2022)
YEAR = 2022


def known_with(**values: object) -> Vintage:
    """An edition with these figures only; a part stands behind two underscores, None is withheld."""
    seen = [figure(name, each) for name, each in values.items()]
    return replace(KNOWN, index={(each.address, each.year): each for each in seen})


def figure(name: str, value: object, **known: object) -> Observation:
    head, _, code = name.partition("__")
    axes = (axis.code for axis in KNOWN.catalogue.dimensions if axis.get(code))
    hidden = value is None
    given = {
        "value": None if hidden else Decimal(str(value)),
        "status": Status.SUPPRESSED if hidden else Status.GIVEN,
        "dimension": next(axes, "") if code else "",
    }
    made = Observation("XX", YEAR, head.replace("_", ".", 1), None, MARK, YEAR, "statistics_office", code=code)
    return replace(made, **{**given, **known})


def follow(known: Vintage) -> list[str]:
    return sorted(address for address, _ in exposed(relations_of(known, YEAR)))


def test_registered_victims_are_the_identified_and_the_presumed_and_so_are_their_parts():
    known = known_with(victims_registered=10, victims_identified=None, victims_presumed=4)
    assert ["victims.identified"] == follow(known)
    assert [] == follow(known_with(victims_registered=10, victims_identified=None, victims_presumed=None))
    assert [] == follow(known_with(victims_registered=10, victims_identified=None))
    known = known_with(victims_registered__children=3, victims_identified__children=None, victims_presumed__children=1)
    assert ["victims.identified.children"] == follow(known)


def test_a_code_for_persons_of_unknown_sex_hides_nothing_where_it_is_left_out():
    axis = KNOWN.catalogue.dimension("person")
    rest = Code(code="sex_unknown", label=axis.label, within="adults", residual=True)
    dimensions = tuple(
        replace(each, codes=(*each.codes, rest)) if each is axis else each for each in KNOWN.catalogue.dimensions
    )
    catalogue = replace(KNOWN.catalogue, dimensions=dimensions)
    parts = {"persons_convicted__adults": 9, "persons_convicted__women": 4, "persons_convicted__men": None}
    assert ["persons.convicted.men"] == follow(replace(known_with(**parts), catalogue=catalogue))
    hidden = replace(figure("persons_convicted__men", None), code="sex_unknown")
    both = known_with(**parts)
    both.index[hidden.address, YEAR] = hidden
    assert [] == follow(replace(both, catalogue=catalogue))


def accepting(known: Vintage, rule: str, figure: str, **more: object) -> Vintage:
    reason = Label((("en", "R"),))
    accepted = Accepted(rule=rule, figure=figure, year=YEAR, vintage=YEAR, reason=reason, mark=MARK, **more)
    return replace(known, data=replace(known.data, accepted=(accepted,)))


def test_what_was_accepted_as_a_contradiction_tells_nothing():
    known = known_with(victims_registered=10, victims_identified=None, victims_presumed=4)
    assert [] == follow(accepting(known, "presumed-and-identified", "victims.registered"))


def test_it_may_be_accepted_of_the_part():
    part = figure("persons_convicted", None, part_of="victims.identified")
    known = known_with(victims_identified=0)
    known = replace(known, index={**known.index, (part.address, YEAR): part})
    assert ["persons.convicted"] == follow(known)
    values = ((YEAR, "persons.convicted", "suppressed"), (YEAR, "victims.identified", "0"))
    assert [] == follow(accepting(known, "subset-exceeds-parent", "persons.convicted", values=values))


def test_no_more_investigations_are_opened_than_conducted():
    assert ["investigations.opened"] == follow(known_with(investigations_opened=None, investigations_conducted=0))
    assert [] == follow(known_with(investigations_opened=None, investigations_conducted=1))


def test_a_part_of_which_counts_is_no_more_than_its_total():
    known = known_with(investigations_opened=0, investigations_opened__child_trafficking=None)
    assert ["investigations.opened.child_trafficking"] == follow(known)


def test_what_is_inexact_or_missing_tells_nothing():
    known = known_with(investigations_opened=9, investigations_opened__sexual=None, investigations_opened__labour=5)
    assert ["investigations.opened.sexual"] == follow(known)
    for vague in (
        figure("investigations_opened__labour", 5, qualifier=Qualifier.AT_LEAST),
        figure("investigations_opened__labour", 5, qualifier=Qualifier.ABOUT),
        figure("investigations_opened__labour", None, status=Status.MISSING),
    ):
        assert [] == follow(replace(known, index={**known.index, (vague.address, YEAR): vague}))


def test_at_least_so_many_may_leave_nothing():
    known = known_with(investigations_opened=5, investigations_opened__sexual=None)
    some = figure("investigations_opened__labour", 5, qualifier=Qualifier.AT_LEAST)
    assert ["investigations.opened.sexual"] == follow(replace(known, index={**known.index, (some.address, YEAR): some}))


A, B, C, D = (("a", 1), ("b", 1), ("c", 1), ("d", 1))
ANY = (0, None)


def equation(makes, *keys, at_most=False):
    return Equation(tuple((key, 1) for key in keys), None if at_most else makes, makes)


def test_what_follows_only_from_several_sums_together_follows():
    sums = [equation(5, A, B), equation(5, A, C), equation(4, B, C)]
    assert {A, B, C} == derivable(sums, {A: ANY, B: ANY, C: ANY})


def test_of_equations_that_contradict_each_other_each_tells_what_it_does_alone():
    assert {A} == derivable([equation(1, A), equation(2, A)], {A: ANY})
    assert {A} == derivable([equation(3, A), equation(1, A, B), equation(9, B, C)], dict.fromkeys((A, B, C), ANY))


def test_an_unknown_total_of_unknown_parts_has_no_end():
    total = Equation(((A, -1), (B, 1), (C, 1)), -3, -3)
    assert set() == derivable([total], {A: ANY, B: ANY, C: ANY})


KEYS = (A, B, C, D)
HIGHEST = 5
EQUATIONS = st.builds(
    lambda terms, makes, at_most: Equation(terms, None if at_most else makes, makes),
    st.dictionaries(st.sampled_from(KEYS), st.sampled_from((1, 1, 1, -1)), min_size=1).map(
        lambda each: (*each.items(),)
    ),
    st.integers(-2, 7),
    st.booleans(),
)
RANGES = st.fixed_dictionaries(
    dict.fromkeys(
        KEYS, st.tuples(st.integers(0, 2), st.integers(2, HIGHEST))
    )  # every range has an end, so all are tried
)


@settings(max_examples=200)
@given(st.lists(EQUATIONS, max_size=5), RANGES)
def test_a_count_follows_just_when_all_completions_agree(equations, ranges):
    chosen = product(*(range(low, high + 1) for low, high in ranges.values()))
    tried = [dict(zip(ranges, each, strict=True)) for each in chosen]
    completions = [values for values in tried if all(each.holds(values) for each in equations)]
    assume(completions)
    expected = {key for key in KEYS if len({each[key] for each in completions}) == 1}
    assert expected == derivable(equations, ranges)
