"""Clusters: addresses and the marks of makers."""

import pytest

from reporter.cli.build import check_cluster
from reporter.cli.build_options import OPEN_ADDRESS
from reporter.data.errors import UsageError
from reporter.editions.program import ENGINES, makers_mark, unlike


@pytest.mark.parametrize("word", ["local:1", "local:4", "tls://dask.example.org:8786", "tcp://[::1]:8786"])
def test_workers_of_this_machine_or_a_scheduler(word: str) -> None:
    assert word == check_cluster(word, 2)


@pytest.mark.parametrize(
    "word",
    [
        *("", "nonsense", "local", "local:", "local:-1", "local:two", "dask.example.org:8786", "tcp://host"),
        *("tcp://:8786", "http://host:8786", "tcp://host:0", "tcp://host:99999", "tcp://user:word@host:8786"),
        "tls://host:8786/path",
    ],
)
def test_any_other_word_is_refused_with_what_to_write(word: str) -> None:
    with pytest.raises(
        UsageError, match=r"names no cluster\n  hint: write local:2 for two workers on this machine, or"
    ):
        check_cluster(word, 2)


@pytest.mark.parametrize(
    ("word", "processors", "said"),
    [
        (
            "local:0",
            2,
            "too many or too few workers for this machine\n  hint: write a number from 1 to 4, such as local:2",
        ),
        (
            "local:999",
            2,
            "too many or too few workers for this machine\n  hint: write a number from 1 to 4, such as local:2",
        ),
        (
            "local:3",
            1,
            "too many or too few workers for this machine\n  hint: write a number from 1 to 2, such as local:1",
        ),
    ],
)
def test_a_machine_has_no_more_workers_than_it_can_bear(word: str, processors: int, said: str) -> None:
    with pytest.raises(UsageError) as problem:
        check_cluster(word, processors)
    assert said in str(problem.value)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("tcp://10.0.0.1:8786", True),
        ("tcp://localhost.example.org:8786", True),
        ("tls://10.0.0.1:8786", False),
        ("tcp://127.0.0.1:8786", False),
        ("tcp://localhost:8786", False),
        ("tcp://[::1]:8786", False),
        ("local:2", False),
    ],
)
def test_what_travels_in_the_open_is_known(word: str, expected: bool) -> None:
    assert expected == bool(OPEN_ADDRESS.match(word))


def test_what_differs_is_told_with_both_versions() -> None:
    here = {"weasyprint": "70.0", "pango": "1.56.3", "reporter": "0123abcd", "typeface A.ttf": "ffff"}
    there = {"weasyprint": "69.0", "pango": "1.56.3", "reporter": "4567abcd", "zlib": "1.3"}
    assert [
        "reporter is 4567abcd there and 0123abcd here",
        "typeface A.ttf is absent there and ffff here",
        "weasyprint is 69.0 there and 70.0 here",
        "zlib is 1.3 there and absent here",
    ] == unlike(here, there).split("; ")
    assert unlike({}, {**there, "pydyf": "1"}).endswith("; weasyprint is 69.0 there and absent here; and 1 more")


def test_the_mark_names_the_program_all_engines_and_typefaces() -> None:
    mark = makers_mark()
    assert {"reporter", "python", "pango", "harfbuzz", *ENGINES} <= mark.keys()
    assert "" == unlike(mark, {**mark})
    assert [name for name in mark if name.startswith("typeface ")]
