"""What follows from equations: exactly what all completions agree on, found by trying all of them."""

from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reporter.analysis.derivable import Equation, derivable

A, B, C, D = (("a", 1), ("b", 1), ("c", 1), ("d", 1))
ANY = (0, None)


def equation(makes, *keys, at_most=False):
    return Equation(tuple((key, 1) for key in keys), makes, at_most)


def test_what_follows_only_from_several_sums_together_follows():
    sums = [equation(5, A, B), equation(5, A, C), equation(4, B, C)]
    assert {A, B, C} == derivable(sums, {A: ANY, B: ANY, C: ANY})


def test_of_equations_that_contradict_each_other_each_tells_what_it_does_alone():
    assert {A} == derivable([equation(1, A), equation(2, A)], {A: ANY})
    assert {A} == derivable([equation(3, A), equation(1, A, B), equation(9, B, C)], dict.fromkeys((A, B, C), ANY))


def test_an_unknown_total_of_unknown_parts_has_no_end():
    total = Equation(((A, -1), (B, 1), (C, 1)), -3)
    assert set() == derivable([total], {A: ANY, B: ANY, C: ANY})


KEYS = (A, B, C, D)
HIGHEST = 5
EQUATIONS = st.builds(
    Equation,
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
    completions = [values for values in tried if all(holds(each, values) for each in equations)]
    assume(completions)
    expected = {key for key in KEYS if len({each[key] for each in completions}) == 1}
    assert expected == derivable(equations, ranges)


def holds(each: Equation, values) -> bool:
    made = sum(factor * values[key] for key, factor in each.terms)
    return made <= each.makes if each.at_most else made == each.makes
