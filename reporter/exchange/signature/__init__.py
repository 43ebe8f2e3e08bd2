"""Sign outgoing files, and read signatures. The only room that knows pyHanko (extra `sign`); a key on a card or in
hardware needs the extra `pkcs11` too."""

import logging

from reporter.exchange.signature.keys import SigningKey, load_roots, open_file, opened_key, read_roots
from reporter.exchange.signature.reader import (
    Signature,
    Trust,
    describe,
    doubt_of_key,
    pdf_result,
    read_detached,
    read_pdf,
    signature_checks,
)
from reporter.exchange.signature.signing import Authority, Signed, sign_bytes, sign_package, sign_pdf

# Without a handler Python would print pyHanko's log; our messages contain what matters of it.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).addHandler(logging.NullHandler())
