"""A signed profile stays valid, and its signature is told."""

import json

from reporter.cli.group import run
from reporter.validate import inspect, validate
from tests.submission.signature.signed import sign_with


def test_a_signed_profile_still_passes_both_profiles_of_verapdf_and_the_command_says_so(
    made, packaged, tmp_path, capsys
):
    path = tmp_path / "XX-2020-en-signed.pdf"
    assert "B-B" == sign_with(made, packaged.workspace / "build/XX/2020/XX-2020-en.pdf", path).level
    assert ((), ()) == (validate(path), inspect(path))
    assert 0 == run(["verify", str(path), "--trust", str(made.root), "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    assert (True, ["signature", "PDF standards"]) == (told["passes"], [each["check"] for each in told["checks"]])
    assert "trusted" in told["checks"][0]["seen"][0]
