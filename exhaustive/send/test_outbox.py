"""Whatever workers, clocks and disks do, many more times over."""

from hypothesis import given, settings

from tests.send import test_outbox as quick

test_whatever_happens_nothing_arrives_twice_without_a_person = settings(max_examples=400)(
    given(quick.LIVES)(quick.test_whatever_happens_nothing_arrives_twice_without_a_person.hypothesis.inner_test)
)
