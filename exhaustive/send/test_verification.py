"""Damaged packages, many more of them; no file is held in memory."""

import tracemalloc
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.formats.bagit import open_package, pack
from tests.send import test_verification as quick
from tests.send.packages import FILES, INFO, noticed

test_no_damage_passes_and_none_is_a_fault = settings(max_examples=800)(
    given(data=st.data(), method=st.sampled_from((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))(
        quick.test_no_damage_passes_and_none_is_a_fault.hypothesis.inner_test
    )
)


def test_flipped_bytes_all_over_are_noticed(tmp_path):
    package = pack(tmp_path / "LT-2020-commission.zip", FILES, INFO).path
    whole, files = package.read_bytes(), open_package(package).files
    for place in range(0, len(whole), 3):
        package.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
        assert noticed(package, files), place


def test_packing_holds_no_file_in_memory(tmp_path):
    big = tmp_path / "big.bin"
    with big.open("wb") as file:
        file.truncate(16 << 20)
    tracemalloc.start()
    pack(tmp_path / "a.zip", {"big.bin": big}, INFO)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 << 20
