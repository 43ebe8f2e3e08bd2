"""Whose signature a reader means: as asked, as remembered, as expected here. What is remembered lies in a file of the
user, which a person may edit, by the country of the sender. Nothing is ever taken from the package itself: whoever
forged it wrote that too."""

import json
import os
import re
import ssl
import sys
from collections.abc import Mapping
from pathlib import Path

from reporter.cli import options
from reporter.delivery.recipients import load_settings
from reporter.delivery.signable import ANYBODY, Meant, is_pdf
from reporter.errors import ReporterError, UsageError
from reporter.files.workspace import Workspace, find_workspace
from reporter.files.writing import write_whole
from reporter.submission.bag import DECLARATION
from reporter.submission.package_label import recipient_in, senders_in

CONFIG, FILE = "REPORTER_CONFIG", "senders.json"
SIGNER, TRUST = "signer", "trust"
COUNTRY = re.compile(r"([A-Z]{2})(?:-|\Z)", re.ASCII)
ARMOUR = re.compile(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----\n?", re.DOTALL)
# What offices of the Union call two countries otherwise than ISO 3166 does.
OTHERWISE = {"EL": "GR", "UK": "GB"}


def meant_by(roots: tuple[Path, ...], signers: tuple[str, ...], file: Path) -> Meant:
    """Whose signature a file must have. That is as asked, else as remembered, else as the workspace expects."""
    if roots:
        return Meant(tuple((str(path), _content(path)) for path in roots), signers)
    return _remembered(file) or _expected_here(file) or ANYBODY


def remember(meant: Meant, file: Path) -> str:
    """Keep whose signatures come from the country of a file; say so. Raises UsageError for a file that does not tell
    one country."""
    country = sender_of(file)
    if not country:
        hint = "give a package, or a PDF whose name begins with the country, such as LT-2020-lt-signed.pdf"
        raise UsageError(f"{file.name} does not say from which country it comes", hint=hint)
    place, known = config_file(), _entries()
    armoured = ((ARMOUR.findall(content.decode("ascii", "replace")), content) for _, content in meant.roots)
    texts = [text for found, content in armoured for text in found or [ssl.DER_cert_to_PEM_cert(content)]]
    before = known.get(country)
    entry: dict[str, object] = {SIGNER: list(meant.signers), TRUST: texts}
    write_whole(place, f"{json.dumps({**known, country: entry}, indent=2, ensure_ascii=False)}\n".encode())
    instead = " instead of what stood there" if before not in (None, entry) else ""
    return f"remembered for {country} in {place}{instead}: {', '.join(meant.signers)}"


def sender_of(file: Path) -> str:
    """The country a file comes from. Empty where it tells none, or two."""
    told = (file.name,) if is_pdf(file) else senders_in(file)
    found = {COUNTRY.match(each) for each in told}
    codes = {OTHERWISE.get(each[1], each[1]) for each in found if each}
    return codes.pop() if len(codes) == 1 and None not in found else ""


def config_file() -> Path:
    """The file in which it is remembered, of this user."""
    if named := os.environ.get(CONFIG):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "reporter" / FILE
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "reporter" / FILE


def _remembered(file: Path) -> Meant | None:
    """Whose signature is remembered, of the country of a file. Where a file tells none, that of everybody remembered: a
    forger who leaves it out gains nothing."""
    known, country = _entries(), sender_of(file)
    entries = [known[country]] if country in known else list(known.values()) if not country else []
    if not entries:
        return None
    source = f"as remembered for {country or ' and '.join(known)} in {config_file()}"
    roots = tuple((str(config_file()), text.encode()) for entry in entries for text in entry[TRUST])
    return Meant(roots, tuple(name for entry in entries for name in entry[SIGNER]), source)


def _entries() -> Mapping[str, Mapping[str, list[str]]]:
    """What the file of the user says. Raises UsageError for one that cannot be read: to go on would be to trust
    anybody."""
    place = config_file()
    try:
        known = json.loads(place.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as problem:
        raise UsageError(f"{place} cannot be read: {problem}", hint="mend it, or move it away") from None
    if not isinstance(known, dict) or not all(map(_is_entry, known.items())):
        shape = f'{{"LT": {{"{SIGNER}": ["Ministry of the Interior"], "{TRUST}": ["-----BEGIN CERTIFICATE-----…"]}}}}'
        raise UsageError(f"{place} does not say whose signatures come from whom", hint=f"write {shape}")
    return known


def _is_entry(pair: tuple[object, object]) -> bool:
    country, entry = pair
    if not isinstance(country, str) or not isinstance(entry, dict) or set(entry) != {SIGNER, TRUST}:
        return False
    return all(
        isinstance(words, list) and words and all(isinstance(each, str) and each.strip() for each in words)
        for words in entry.values()
    )


def _expected_here(file: Path) -> Meant | None:
    """Whose signature the recipient of a package expects, in this workspace. A package that was unpacked has a
    workspace in it, which is none of ours."""
    try:
        root = find_workspace(Path.cwd()).root
        if any((folder / DECLARATION).is_file() for folder in (root, *root.parents)):
            return None
        settings = load_settings(Workspace(root).snapshot())
    except ReporterError:
        return None
    recipients = [each for each in settings.recipients if each.expects_signature]
    code = "" if is_pdf(file) else recipient_in(file)
    due = [each for each in recipients if each.code == code]
    if not due and len({(each.signer, each.trust) for each in recipients}) == 1:
        due = recipients[:1]
    if not due:
        return None
    roots = tuple((each, _content(root / each)) for each in (due[0].trust,) if each)
    source = f"as {due[0].code} expects ({options.display_path(root / due[0].mark.path)}:{due[0].mark.line})"
    return Meant(roots, (due[0].signer,) if due[0].signer else (), source)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise UsageError(f"{path} cannot be read: {problem.strerror}") from None
