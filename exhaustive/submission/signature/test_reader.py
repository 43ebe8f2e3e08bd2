"""Damaged signatures, many more of them."""

from hypothesis import settings

from tests.submission.signature import test_reader as quick

test_no_damage_to_a_signed_pdf_is_a_fault = settings(max_examples=300)(quick.test_no_damage_to_a_signed_pdf_is_a_fault)
test_no_damage_to_a_detached_signature_is_a_fault = settings(max_examples=300)(
    quick.test_no_damage_to_a_detached_signature_is_a_fault
)
