"""Damaged packages, many more of them."""

from hypothesis import settings

from tests.submission import test_verification as quick

test_no_damage_passes_and_none_is_a_fault = settings(max_examples=400)(quick.test_no_damage_passes_and_none_is_a_fault)
