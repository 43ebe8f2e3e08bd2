"""The rules of veraPDF as it holds them, and Java that ends with the process that used it."""

import subprocess
import sys

import pytest

from reporter.validate import PROFILES, vera


def test_a_process_that_ran_java_ends_without_a_word_and_without_a_crash() -> None:
    code = "from reporter.validate import vera; vera.start(); print('started')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (0, "started\n", "") == (done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("name", PROFILES)
def test_each_rule_of_a_profile_is_what_its_file_says(name: str) -> None:
    """A rule that is to wait until all is read would judge too early without that word."""
    vera.start()
    profile, _ = vera._profile(name)
    made = {
        vera._code(rule.getRuleId()): (str(rule.getObject()), str(rule.getTest()), str(rule.getDeferred()))
        for rule in profile.getRules()
    }
    said = {
        code: (
            rule.get("object"),
            rule.findtext(f"{vera.SPACE}test"),
            {"true": "True", "false": "False"}.get(rule.get("deferred", ""), "None"),
        )
        for code, rule in vera._rules(name).items()
    }
    assert said == made
    assert {"None", "True"} <= {deferred for _, _, deferred in said.values()}
