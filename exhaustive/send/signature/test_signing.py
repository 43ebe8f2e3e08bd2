"""Other programs accept signatures; a signed profile stays valid; a passphrase is shown nowhere."""

import json
import os
import pty
import subprocess
import sys
import zipfile

from reporter.cli.group import run
from reporter.formats.bagit.bag import SEAL, SEALED
from reporter.formats.validate.vera import validate
from tests.authority import PASSPHRASE
from tests.pdf.tag_checks import inspect
from tests.send.signature.signed import INFO, MINISTRY, sign_with


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


def test_poppler_accepts_the_signature(case):
    said = subprocess.run(["pdfsig", "-nocert", case.after], capture_output=True, text=True, check=False).stdout
    assert "Signature Validation: Signature is Valid." in said
    assert "Signature Type: ETSI.CAdES.detached" in said
    assert f"Signer Certificate Common Name: {MINISTRY}" in said


def test_openssl_and_another_bagit_accept_a_signed_package(made, package, clock, tmp_path):
    sign_with(made, package, package.with_name("signed.zip"), clock)
    with zipfile.ZipFile(package.with_name("signed.zip")) as archive:
        archive.extractall(tmp_path / "out")
    bag = tmp_path / "out" / INFO.name
    command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", SEAL, "-content", SEALED]
    command += ["-CAfile", made.root, "-purpose", "any", "-cades", "-out", "/dev/null"]
    done = subprocess.run(command, cwd=bag, capture_output=True, text=True, check=False)
    assert (0, True) == (done.returncode, "successful" in done.stderr), done.stderr
    command = [sys.executable, "-W", "ignore", "-m", "bagit", "--validate", str(bag)]
    assert 0 == subprocess.run(command, capture_output=True, check=False).returncode


def test_the_passphrase_is_asked_for_at_a_terminal_and_not_shown(made, pdf):
    """At a real terminal: what is typed is neither echoed nor printed later."""
    leader, follower = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "REPORTER_PASSPHRASE"}
    command = [sys.executable, "-m", "reporter", "sign", str(pdf), "--key", made.key(), "-v"]
    with subprocess.Popen(
        command, stdin=follower, stdout=follower, stderr=follower, env=environment, start_new_session=True
    ) as process:
        os.close(follower)
        said = b""
        while b"Passphrase of" not in said:
            said += os.read(leader, 1000)
        os.write(leader, f"{PASSPHRASE}\n".encode())
        while True:
            try:
                said += os.read(leader, 1000)
            except OSError:
                break
    os.close(leader)
    assert (0, False) == (process.returncode, "ąžuolo" in said.decode())
    assert pdf.with_name("small-signed.pdf").is_file()
