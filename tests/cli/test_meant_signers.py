"""Whose signature a reader means is remembered by them, and never learned from what arrives."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pytest

from reporter.cli import verify as door
from reporter.cli.group import run
from reporter.cli.meant_signers import config_file
from reporter.submission import BagInfo, pack
from tests.authority import PASSPHRASE, Made, authority
from tests.submission.signature.signed import INFO, MINISTRY, sign_with

FAKE = "Fake Ąžuolų ministerija Ltd"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    with authority(tmp_path_factory.mktemp("authority")) as here:
        yield here


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where it is remembered."""
    path = tmp_path / "mine" / "senders.json"
    monkeypatch.setenv("REPORTER_CONFIG", str(path))
    monkeypatch.setenv("REPORTER_PASSPHRASE", PASSPHRASE)
    return path


def parcel(folder: Path, made: Made, country: str = "LT", key: str = "seal", label: str | None = None) -> Path:
    """A small package of a country, signed with a key if one is named."""
    name = f"{country}-2020-commission"
    further = (("Country", country if label is None else label), ("Recipient", "commission"))
    info = BagInfo(name, INFO.date, INFO.organisation, identifier=name, further=further)
    path = pack(folder / f"{name}.zip", {"a.csv": b"geo,value\r\nLT,24\r\n"}, info).path
    return sign_with(made, path, folder / f"{name}-{key}.zip", name=key).path if key else path


def looked(path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[str, list[str], str]:
    """The verdict on the signature, what is wrong with it, and what is said beside."""
    run(["verify", str(path), "--format", "json", *more])
    said = capsys.readouterr()
    check = next(each for each in json.loads(said.out)["checks"] if each["check"] == "signature")
    return check["verdict"], [each["message"] for each in check["defects"]], said.err


def remember(path: Path, made: Made, *signers: str) -> int:
    words = [word for each in signers for word in ("--signer", each)]
    return run(["verify", str(path), "--trust", str(made.root), *words, "--remember", "-q"])


@pytest.fixture
def passing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves the signature alone to be looked at: the packages of these tests have no more in them."""
    whole = door.checks_of
    monkeypatch.setattr(door, "load_validate", lambda: SimpleNamespace(validate=lambda _: ()))
    monkeypatch.setattr(door, "checks_of", lambda meant: [each for each in whole(meant) if each.name == "signature"])


@pytest.mark.usefixtures("passing")
def test_what_is_remembered_is_used_without_being_asked_for(made, tmp_path, config, capsys):
    own = parcel(tmp_path, made)
    assert 0 == remember(own, made, MINISTRY)
    assert f"remembered for LT in {config}: {MINISTRY}" in capsys.readouterr().err
    verdict, _, said = looked(own, capsys)
    assert ("passed", True) == (verdict, f"as remembered for LT in {config}: {MINISTRY}" in said)
    assert ("failed", [f"is signed by {FAKE}, and not by {MINISTRY}"]) == looked(
        parcel(tmp_path, made, key="fake"), capsys
    )[:2]
    unsigned = parcel(tmp_path, made, key="")
    assert ("failed", ["is not signed, though a signer to trust was named"]) == looked(unsigned, capsys)[:2]
    # Of another country nothing is known.
    assert "absent" == looked(parcel(tmp_path, made, "LV", ""), capsys)[0]
    # What is asked for goes before what is remembered.
    asked = looked(parcel(tmp_path, made, key="fake"), capsys, "--trust", str(made.root), "--signer", FAKE)
    assert "passed" == asked[0]


@pytest.mark.usefixtures("passing")
def test_who_hides_from_which_country_it_comes_gains_nothing(made, tmp_path, config, capsys):
    assert 0 == remember(parcel(tmp_path, made), made, MINISTRY)
    for country, label in (("LT", "LV"), ("LT", ""), ("LТ", "LТ"), ("lt", "lt"), ("package", "LT")):
        forged = parcel(tmp_path, made, country, "fake", label)
        assert (country, label, "failed") == (country, label, looked(forged, capsys)[0])
    # A PDF is known by its name, and one without by all that is remembered.
    with pikepdf.new() as blank:
        blank.add_blank_page()
        blank.save(tmp_path / "blank.pdf")
    own = sign_with(made, tmp_path / "blank.pdf", tmp_path / "LT-2020-lt-signed.pdf").path
    fake = sign_with(made, tmp_path / "blank.pdf", tmp_path / "LT-2020-lt-fake.pdf", name="fake").path
    renamed = fake.rename(tmp_path / "report.pdf")
    verdicts = [looked(each, capsys)[0] for each in (own, renamed, tmp_path / "blank.pdf")]
    assert ["passed", "failed", "failed"] == verdicts


@pytest.mark.usefixtures("passing")
def test_only_what_passes_and_is_asked_for_in_full_is_remembered(made, tmp_path, config, capsys):
    own = parcel(tmp_path, made)
    assert 1 == remember(parcel(tmp_path, made, key="fake"), made, MINISTRY)
    assert 2 == remember(own, made)
    assert "--remember keeps --trust and --signer" in capsys.readouterr().err
    assert not config.exists()
    assert 0 == remember(own, made, MINISTRY)
    assert 0 == remember(parcel(tmp_path, made, key="fake"), made, FAKE)
    assert f"remembered for LT in {config} instead of what stood there: {FAKE}" in capsys.readouterr().err
    assert {"LT": {"signer": [FAKE], "trust": [made.root.read_text()]}} == json.loads(config.read_text())


def test_what_is_remembered_and_cannot_be_read_trusts_nobody(made, tmp_path, config, capsys):
    config.parent.mkdir()
    own = parcel(tmp_path, made)
    for content in ("", "[]", '{"LT": {}}', '{"LT": {"signer": [], "trust": ["x"]}}', '{"LT": 1}'):
        config.write_text(content)
        assert (2, True) == (run(["verify", str(own)]), str(config) in capsys.readouterr().err)


@pytest.mark.usefixtures("passing")
def test_in_a_workspace_that_which_the_recipient_expects_is_used(made, tmp_path, capsys, monkeypatch):
    (tmp_path / "root.pem").write_bytes(made.root.read_bytes())
    expected = f"audience: public, name: {{en: C}}, signer: {MINISTRY}, trust: root.pem"
    recipient = f"{{channel: folder, folder: out, language: en, gets: [csv], {expected}}}"
    (tmp_path / "reporter.yaml").write_text(
        f"title: {{en: Small}}\nlanguages: [en]\nrecipients:\n  commission: {recipient}\n", encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    verdict, _, said = looked(parcel(tmp_path, made), capsys)
    assert ("passed", True) == (verdict, "as commission expects (reporter.yaml:4)" in said)
    fake = parcel(tmp_path, made, key="fake")
    assert "failed" == looked(fake, capsys)[0]
    # A workspace that came in a package is not ours.
    (tmp_path / "bagit.txt").write_text("BagIt-Version: 1.0\n")
    assert "passed" == looked(fake, capsys)[0]


def test_it_lies_where_settings_of_the_user_lie(tmp_path, monkeypatch):
    monkeypatch.delenv("REPORTER_CONFIG")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert tmp_path / "reporter" / "senders.json" == config_file()
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert tmp_path / ".config" / "reporter" / "senders.json" == config_file()
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("APPDATA", str(tmp_path / "Roaming"))
    assert tmp_path / "Roaming" / "reporter" / "senders.json" == config_file()
