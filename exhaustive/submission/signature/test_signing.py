"""A signed profile stays valid, and its signature is told."""

import json

from reporter.cli.group import run
from reporter.validate import inspect, validate


def test_a_signed_profile_still_passes_both_profiles_of_verapdf_and_our_own_checks(profile):
    assert ((), ()) == (validate(profile), inspect(profile))


def test_the_command_tells_of_a_profile_for_machines(made, profile, capsys):
    assert 0 == run(["verify", str(profile), "--trust", str(made.root), "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    assert (True, ["signature", "PDF standards"]) == (told["passes"], [each["check"] for each in told["checks"]])
    assert "trusted" in told["checks"][0]["seen"][0]
