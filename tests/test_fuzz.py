"""The targets of `make fuzz`: each reads what it begins from, and a fault is told."""

import pytest

from scripts.fuzz.__main__ import fault_of
from scripts.fuzz.targets import TARGETS, Target


@pytest.mark.parametrize("name", TARGETS)
def test_what_a_target_begins_from_is_read_or_refused(name: str) -> None:
    assert [""] * len(TARGETS[name].seeds) == [fault_of(TARGETS[name], each) for each in TARGETS[name].seeds]


def test_what_is_no_refusal_is_a_fault() -> None:
    assert fault_of(Target(lambda content: content[9], ()), b"").startswith("IndexError: index out of range")
