"""Signed files, and what a reader says of them."""

from datetime import date
from pathlib import Path

from pyhanko.sign.signers import SimpleSigner

from reporter.exchange.signature import Authority, Signature, Signed, SigningKey, open_file, sign_package, sign_pdf
from reporter.formats.bagit import BagInfo
from tests.authority import NOW, PASSPHRASE, Made

MINISTRY = "Ąžuolų ministerija"


INFO = BagInfo("LT-2020-commission", date(2021, 6, 30), "Ministry of the Interior")


def sign_with(made: Made, source: Path, target: Path, clock: Authority | None = None, name: str = "seal") -> Signed:
    sign = sign_pdf if source.suffix == ".pdf" else sign_package
    with open_file(made.key(name), PASSPHRASE, NOW) as key:
        return sign(source, target, key, NOW, clock)


def forced(made: Made, source: Path, target: Path, name: str) -> None:
    pfx = Path(made.key(name)).read_bytes()
    key = SigningKey(SimpleSigner.load_pkcs12_data(pfx, (), PASSPHRASE.encode()), name, frozenset(), False)
    (sign_pdf if source.suffix == ".pdf" else sign_package)(source, target, key, NOW, None)


def standing(found: Signature) -> tuple[bool, bool, bool, str]:
    return found.intact, not found.flaw, found.trusted, found.doubt
