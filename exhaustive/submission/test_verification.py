"""Damaged packages, many more of them; no file is held in memory."""

import tracemalloc

from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.submission import pack
from tests.submission import test_verification as quick
from tests.submission import test_zip_files as again
from tests.submission.packages import FILES, INFO

test_no_damage_passes_and_none_is_a_fault = settings(max_examples=400)(
    given(st.data())(quick.test_no_damage_passes_and_none_is_a_fault.hypothesis.inner_test)
)
test_no_damage_of_what_was_packed_again_is_a_fault_or_changes_a_file = settings(max_examples=400)(
    given(st.data())(again.damaged)
)


def test_flipped_bytes_all_over_are_noticed(tmp_path):
    package = pack(tmp_path / "LT-2020-commission.zip", FILES, INFO).path
    assert [] == quick.flips(package, range(0, package.stat().st_size, 3))


def test_packing_holds_no_file_in_memory(tmp_path):
    big = tmp_path / "big.bin"
    with big.open("wb") as file:
        file.truncate(16 << 20)
    tracemalloc.start()
    pack(tmp_path / "a.zip", {"big.bin": big}, INFO)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 << 20
