"""Damaged signatures, many more of them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.send.signature import test_reader as quick

often = settings(max_examples=300)
test_no_damage_to_a_signed_pdf_is_a_fault = often(
    given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(1, 255))(
        quick.test_no_damage_to_a_signed_pdf_is_a_fault.hypothesis.inner_test
    )
)
test_no_damage_to_a_detached_signature_is_a_fault = often(
    given(st.data())(quick.test_no_damage_to_a_detached_signature_is_a_fault.hypothesis.inner_test)
)
