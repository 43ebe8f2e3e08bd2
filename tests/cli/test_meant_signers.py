"""Whose signature a reader means is remembered by them, and never learned from what arrives."""

import json
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pikepdf
import pytest

from reporter.cli import verify as door
from reporter.cli.group import run
from reporter.cli.verify import config_file
from reporter.data.errors import ReporterError
from reporter.data.files.processes import run_limited
from reporter.exchange.package import package_checks as making_again
from reporter.exchange.package.made_again import Likeness, MadeAgain
from reporter.exchange.package.package_checks import MakingAgain
from reporter.formats.bagit import BagInfo, Verdict, open_package, pack
from tests import small
from tests.authority import PASSPHRASE, Made, authority
from tests.cli.packing import FINAL, packed
from tests.package.forging import INFO as LABEL
from tests.package.test_made_again import forged
from tests.send.signature.signed import INFO, MINISTRY, sign_with

FAKE = "Fake Ąžuolų ministerija Ltd"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    with authority(tmp_path_factory.mktemp("authority")) as here:
        yield here


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "mine" / "senders.json"
    monkeypatch.setenv("REPORTER_CONFIG", str(path))
    monkeypatch.setenv("REPORTER_PASSPHRASE", PASSPHRASE)
    return path


def parcel(folder: Path, made: Made, country: str = "LT", key: str = "seal", label: str | None = None) -> Path:
    name = f"{country}-2020-commission"
    further = (("Country", country if label is None else label), ("Recipient", "commission"))
    info = BagInfo(name, INFO.date, INFO.organisation, identifier=name, further=further)
    path = pack(folder / f"{name}.zip", {"a.csv": b"geo,value\r\nLT,24\r\n"}, info).path
    return sign_with(made, path, folder / f"{name}-{key}.zip", name=key).path if key else path


def looked(path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[str, list[str], str]:
    run(["verify", str(path), "--format", "json", *more])
    said = capsys.readouterr()
    check = next(each for each in json.loads(said.out)["checks"] if each["check"] == "signature")
    return check["verdict"], [each["message"] for each in check["defects"]], said.err


def remember(path: Path, made: Made, *signers: str) -> int:
    words = [word for each in signers for word in ("--signer", each)]
    return run(["verify", str(path), "--trust", str(made.root), *words, "--remember", "-q"])


@pytest.fixture
def passing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = door.checks_of
    monkeypatch.setattr("reporter.formats.validate.vera.validate", lambda _: ())
    monkeypatch.setattr(
        door, "checks_of", lambda *a, **k: [each for each in whole(*a, **k) if each.name == "signature"]
    )


@pytest.mark.usefixtures("passing")
def test_what_is_remembered_is_used_without_being_asked_for(made, tmp_path, config, capsys):
    own = parcel(tmp_path, made)
    assert 0 == remember(own, made, MINISTRY)
    assert f"remembered for LT in {config}: {MINISTRY}" in capsys.readouterr().err
    verdict, _, said = looked(own, capsys)
    assert ("passed", True) == (verdict, f"as remembered for LT in {config}: {MINISTRY}" in said)
    told = [f"is signed by {FAKE}, and not by {MINISTRY}"]
    assert ("failed", told) == looked(parcel(tmp_path, made, key="fake"), capsys)[:2]
    unsigned = parcel(tmp_path, made, key="")
    assert ("failed", ["is not signed, though a signer to trust was named"]) == looked(unsigned, capsys)[:2]
    assert "absent" == looked(parcel(tmp_path, made, "LV", ""), capsys)[0]
    asked = looked(parcel(tmp_path, made, key="fake"), capsys, "--trust", str(made.root), "--signer", FAKE)
    assert "passed" == asked[0]


@pytest.mark.usefixtures("passing")
def test_who_hides_from_which_country_it_comes_gains_nothing(made, tmp_path, config, capsys):
    assert 0 == remember(parcel(tmp_path, made), made, MINISTRY)
    for country, label in (("LT", "LV"), ("LT", ""), ("LТ", "LТ"), ("lt", "lt"), ("package", "LT")):
        forged = parcel(tmp_path, made, country, "fake", label)
        assert (country, label, "failed") == (country, label, looked(forged, capsys)[0])
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
    assert (1, 2) == (remember(parcel(tmp_path, made, key="fake"), made, MINISTRY), remember(own, made))
    assert "--remember needs --trust and --signer" in capsys.readouterr().err
    assert 2 == run(["verify", str(own), "--signer", MINISTRY])
    assert (True, False) == ("--signer has no effect without --trust" in capsys.readouterr().err, config.exists())
    assert (0, 0) == (remember(own, made, MINISTRY), remember(parcel(tmp_path, made, key="fake"), made, FAKE))
    assert f"remembered for LT in {config} instead of the earlier entry: {FAKE}" in capsys.readouterr().err
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


def said(monkeypatch: pytest.MonkeyPatch, folder: Path, *found: MadeAgain) -> list[str]:
    monkeypatch.setattr(making_again, "run_limited", lambda *_, **__: found)
    path = pack(folder / "XX-2020-office.zip", {"source/reporter.yaml": b"a\n"}, LABEL).path
    result = MakingAgain().look(open_package(path))
    return [result.verdict.value, *result.details, *map(str, result.defects)]


SAME = MadeAgain("data/a.csv", Likeness.SAME)
OTHER = MadeAgain("data/b.csv", Likeness.OTHER, "line 2: value is 3, made again 4")
UNMADE = MadeAgain("data/c.pdf", Likeness.UNMADE, "made by reporter 0.0.1")


def test_what_differs_fails_and_what_was_not_made_is_counted(monkeypatch, tmp_path):
    unmade = "not made again here, 1 (made by reporter 0.0.1): c.pdf"
    assert ["passed", "byte for byte the same: 1 of 1 files"] == said(monkeypatch, tmp_path, SAME)
    not_proved = ["not proved", "byte for byte the same: 1 of 2 files", unmade]
    assert not_proved == said(monkeypatch, tmp_path, SAME, UNMADE)
    told = said(monkeypatch, tmp_path, OTHER, UNMADE)
    assert ["failed", "byte for byte the same: 0 of 2 files", unmade, f"{OTHER.name}: {OTHER.remarks}"] == told
    own = MadeAgain("data/source/templates/cover.html", Likeness.SAME)
    assert "pages are shaped by the sender's own: templates/cover.html" in said(monkeypatch, tmp_path, own)
    found = MakingAgain().look(open_package(pack(tmp_path / "XX-2020-office.zip", {"a.csv": b"a\n"}, LABEL).path))
    assert (Verdict.UNPROVEN, ()) == (found.verdict, found.defects)


def test_sources_that_are_wrong_are_told_with_their_line(tmp_path, monkeypatch):
    monkeypatch.chdir(small.write(tmp_path, FINAL))

    def change(files: dict[str, bytes]) -> dict[str, bytes]:
        name = "source/data/XX/2020.yaml"
        return files | {name: files[name].replace(b"men: 20", b"men: 200")}

    result = MakingAgain().look(open_package(forged(packed(), tmp_path, change)))
    assert Verdict.FAILED is result.verdict
    assert "its files cannot be made again: data/XX/2020.yaml:" in str(result.defects[0])


def test_what_does_not_end_takes_too_much_or_fails_is_ended_and_told():
    with pytest.raises(ReporterError, match="this took longer than 1 seconds and was stopped"):
        run_limited(sleep, 60, seconds=1, megabytes=1000)
    with pytest.raises(ReporterError, match="this needs more than 500 MB of memory"):
        run_limited(bytes, 4 << 30, seconds=60, megabytes=500)
    with pytest.raises(ReporterError, match="a fault in the program"):
        run_limited(int, "a", seconds=60, megabytes=500)
