"""Whatever workers, clocks and disks do, many more times over."""

from hypothesis import settings

from tests.submission import test_outbox as quick

test_whatever_happens_nothing_arrives_twice_without_a_person = settings(max_examples=400)(
    quick.test_whatever_happens_nothing_arrives_twice_without_a_person
)
