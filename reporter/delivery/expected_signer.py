"""Whose signature a recipient expects, as `reporter.yaml` says. The room of signatures is given: it loads late, and
needs an extra."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import ModuleType

from reporter.delivery.recipients import package_for
from reporter.errors import ReporterError
from reporter.model import Recipient
from reporter.submission import verify
from reporter.submission.outgoing import OutgoingFile

# Loads the room of signatures.
Room = Callable[[], ModuleType]


def trust_of(room: ModuleType, root: Path, recipient: Recipient, moment: datetime) -> object:
    """Whom a recipient trusts, as the room of signatures asks for it. `root` is the folder of the workspace. Raises
    ReporterError when the certificates cannot be read."""
    paths = (root / recipient.trust,) if recipient.trust else ()
    return room.Trust(room.load_roots(paths), moment, (recipient.signer,) if recipient.signer else ())


def require_expected_key(room: ModuleType, key: object, root: Path, recipient: Recipient, moment: datetime) -> None:
    """Refuse to sign with a key that a recipient does not expect. Raises ReporterError with the line that says whose it
    expects."""
    if recipient.expects_signature and (doubt := room.doubt_of_key(key, trust_of(room, root, recipient, moment))):
        raise ReporterError(
            f"{_expectation(recipient)}, and this key will not do: {doubt}",
            hint="sign with the key that it knows, or mend the line; nothing was signed",
        )


def signed_package_for(load: Room, root: Path, moment: datetime) -> Callable[[Path, Recipient], OutgoingFile]:
    """What reads a package for a recipient, signed as it expects. `load` gives the room of signatures where it is
    needed."""

    def read(path: Path, recipient: Recipient) -> OutgoingFile:
        parcel = package_for(path, recipient)
        if recipient.expects_signature:
            _require_signature(path, load(), root, recipient, moment)
        return parcel

    return read


def _require_signature(path: Path, room: ModuleType, root: Path, recipient: Recipient, moment: datetime) -> None:
    checks = room.signature_checks(trust_of(room, root, recipient, moment))
    defects = [defect for each in verify(path, checks) for defect in each.defects]
    if defects:
        raise ReporterError(
            "\n  ".join((f"{_expectation(recipient)}:", *map(str, defects))),
            hint="sign what reporter package made with that key (reporter sign), or mend the line; nothing was sent",
        )


def _expectation(recipient: Recipient) -> str:
    whose = f"a signature of {recipient.signer}" if recipient.signer else "a signature"
    under = f" under {recipient.trust}" if recipient.trust else ""
    return f"{recipient.code} expects {whose}{under} ({recipient.mark})"
