"""A key on a card or in hardware, opened by PKCS#11. Importing this needs the extra `pkcs11`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import unquote

import pkcs11
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.general import SigningError
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

from reporter.data.errors import ReporterError, UsageError
from reporter.exchange.signature.keys import SigningKey, signing_key

SCHEME = "pkcs11:"
EXAMPLE = "pkcs11:token=Ministry;object=seal?module-path=/usr/lib/softhsm/libsofthsm2.so"
KNOWN = frozenset(("token", "serial", "object", "module-path"))
WRONG_PIN = (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange, pkcs11.PinLocked)


@contextmanager
def open_token(source: str, passphrase: str, moment: datetime) -> Iterator[SigningKey]:
    """Open the key of a PKCS#11 URI (RFC 7512). Raises UsageError for a wrong URI, else ReporterError."""
    parts = _parts(source)
    criteria = TokenCriteria(label=parts.get("token"), serial=parts["serial"].encode() if "serial" in parts else None)
    try:
        with open_pkcs11_session(parts["module-path"], token_criteria=criteria, user_pin=passphrase or None) as session:
            signer = PKCS11Signer(session, cert_label=parts["object"], other_certs_to_pull=None)
            # Every token signs a digest by EC; not every one makes the digest as well.
            signer.use_raw_mechanism = signer.signing_cert.public_key.algorithm == "ec"
            yield signing_key(signer, moment)
    except WRONG_PIN as problem:
        raise ReporterError(
            f"the token refuses this PIN: {type(problem).__name__}",
            hint="a few wrong entries lock it: check before you try",
        ) from None
    except (pkcs11.PKCS11Error, SigningError, RuntimeError) as problem:
        reason = str(problem) or type(problem).__name__
        raise ReporterError(f"no key at {source}: {reason}", hint=f"compare with {EXAMPLE}") from None


def _parts(source: str) -> dict[str, str]:
    """Split a PKCS#11 URI into its attributes. Raises UsageError for an unknown or missing one, and for a PIN."""
    pairs = source.removeprefix(SCHEME).replace("?", ";").replace("&", ";").split(";")
    parts = {name: unquote(value) for name, _, value in (pair.partition("=") for pair in pairs) if name}
    if "pin-value" in parts:
        raise UsageError("a PIN does not belong on the command line", hint="leave out pin-value: you will be asked")
    if unknown := parts.keys() - KNOWN:
        raise UsageError(f"keys cannot be found by {', '.join(sorted(unknown))}", hint=f"for example {EXAMPLE}")
    if missing := {"module-path", "object"} - parts.keys():
        raise UsageError(f"the key lacks {', '.join(sorted(missing))}", hint=f"for example {EXAMPLE}")
    return parts
