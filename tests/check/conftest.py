"""What the tests of rules share."""

from collections.abc import Callable
from functools import cache

import pytest

from reporter.check import TYPED, typed_withheld
from reporter.data.errors import Finding
from tests.check.broken import EARLIER, Example, checked, lay_over
from tests.fixtures import RURITANIA
from tests.snapshots import dataset_of, public_dataset_of


@pytest.fixture(scope="session")
def found(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Example], list[Finding]]:
    """`found(example)` is what a broken file adds to the findings of Ruritania, looked for once. That a short text
    carries others over, or replaces them, or a short year lacks what the one before had, is expected."""
    clean = checked(RURITANIA)

    @cache
    def added(example: Example) -> list[Finding]:
        expected = [*clean, *(each for each in EARLIER if each != example.rule)]
        # A second language is missing in the data of Ruritania as well.
        expected += ["untranslated"] if "<!-- lt -->" in example.path.read_text(encoding="utf-8") else []
        root = lay_over(example.path, tmp_path_factory.mktemp("broken") / "root")
        findings = checked(root)
        if example.rule == TYPED.code:
            findings += tuple(typed_withheld(public_dataset_of(root, ("XX",)), dataset_of(root, ("XX",))))
        return [each for each in findings if each not in expected and each.code not in expected]

    return added
