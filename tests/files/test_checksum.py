"""The checksums of files and of lists of them."""

import hashlib

from reporter.files.checksum import list_checksum, sums_of


def test_the_checksum_of_a_list_is_that_of_its_lines_sorted_by_path() -> None:
    listed = f"{'b' * 64}  a.yaml\n{'a' * 64}  b.yaml\n"
    assert hashlib.sha256(listed.encode()).hexdigest() == list_checksum({"b.yaml": "a" * 64, "a.yaml": "b" * 64})
    assert (("a", hashlib.sha256(b"1").hexdigest()), ("b", hashlib.sha256(b"2").hexdigest())) == sums_of(
        {"b": b"2", "a": b"1"}
    )
