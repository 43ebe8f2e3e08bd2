"""An authority made on the spot: root, seals good and bad, a list of revoked ones, timestamps by OpenSSL over HTTP."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

PASSPHRASE = "ąžuolo 7 lapai"
NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)
USES = """
digital_signature content_commitment key_encipherment data_encipherment key_agreement key_cert_sign crl_sign
encipher_only decipher_only
"""
SIGNING = {"digital_signature"}
MAIL, SERVER = ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.SERVER_AUTH
# Certificates by what they are made for: key usages and extended key usages.
PURPOSES = {
    "plain": (None, None),
    "mail": (SIGNING, (MAIL,)),
    "mail_and_client": (SIGNING, (MAIL, ExtendedKeyUsageOID.CLIENT_AUTH)),
    "document": ({"content_commitment"}, (x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36"),)),
    "adobe": (SIGNING, (x509.ObjectIdentifier("1.2.840.113583.1.1.5"),)),
    "microsoft": (SIGNING, (x509.ObjectIdentifier("1.3.6.1.4.1.311.10.3.12"),)),
    "tls": (SIGNING, (SERVER,)),
    "tls_both": (SIGNING, (SERVER, ExtendedKeyUsageOID.CLIENT_AUTH)),
    "client": (SIGNING, (ExtendedKeyUsageOID.CLIENT_AUTH,)),
    "code": (SIGNING, (ExtendedKeyUsageOID.CODE_SIGNING,)),
    "stamp": (SIGNING, (ExtendedKeyUsageOID.TIME_STAMPING,)),
    "unknown": (SIGNING, (x509.ObjectIdentifier("1.2.3.4.5"),)),
    "authority": ({"digital_signature", "key_cert_sign"}, None),
    "mail_authority": ({"digital_signature", "key_cert_sign"}, (MAIL,)),
    "revoker": ({"digital_signature", "crl_sign"}, None),
}
TSA = """\
[tsa]
default_tsa = here
[here]
serial = {0}/serial
signer_cert = {0}/{1}.pem
certs = {0}/root.pem
signer_key = {0}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
ess_cert_id_alg = sha256
"""


@dataclass(frozen=True, slots=True)
class Made:
    """Where the files of the authority lie, and the address of its server."""

    folder: Path
    address: str

    @property
    def root(self) -> Path:
        """The certificate to trust."""
        return self.folder / "root.pem"

    @property
    def tsa(self) -> str:
        """Where timestamps are given."""
        return f"{self.address}/tsa"

    def key(self, name: str = "seal") -> str:
        """A PKCS#12 file."""
        return str(self.folder / f"{name}.p12")


@contextmanager
def authority(folder: Path) -> Iterator[Made]:
    """An authority that serves as long as the block lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(folder))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    made = Made(folder, f"http://127.0.0.1:{server.server_port}")
    _make(made)
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


def handler(folder: Path) -> type[BaseHTTPRequestHandler]:
    """Gives the list of revoked certificates, and timestamps."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            # Each authority has a list of its own: of the root, and of the one below it.
            self._answer("application/pkix-crl", (folder / f"{Path(self.path).name}.der").read_bytes())

        def do_POST(self):
            if self.path == "/ocsp":
                asked = ocsp.load_der_ocsp_request(self.rfile.read(int(self.headers["Content-Length"])))
                self._answer("application/ocsp-response", answer(folder, asked.serial_number))
                return
            query = folder / "query.tsq"
            query.write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            settings = folder / ("brief.cnf" if self.path == "/brief" else "tsa.cnf")
            command = ["openssl", "ts", "-reply", "-config", str(settings), "-queryfile", str(query)]
            done = subprocess.run(command, capture_output=True, check=True)
            self._answer("text/html" if "broken" in self.path else "application/timestamp-reply", done.stdout)

        def _answer(self, kind, content):
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args):
            pass

    return Handler


def _make(made: Made) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    root = _certificate("Test Root", key, "Test Root", key, {"key_cert_sign", "crl_sign"}, days=(-10, 3650))
    _write(made.root, root.public_bytes(Encoding.PEM))
    _write(made.folder / "root.der", root.public_bytes(Encoding.DER))
    other = ec.generate_private_key(ec.SECP256R1())
    stranger = _certificate("Other Root", other, "Other Root", other, {"key_cert_sign", "crl_sign"}, days=(-10, 3650))
    _write(made.folder / "other.der", stranger.public_bytes(Encoding.DER))

    def leaf(name, uses, days=(-1, 365), extended=None, own=None, crl=made.address + "/crl"):
        own = own or ec.generate_private_key(ec.SECP256R1())
        return own, _certificate(name, own, "Test Root", key, uses, days, extended, crl)

    seals = {
        "seal": leaf("Ąžuolų ministerija", {"digital_signature", "content_commitment"}),
        "expired": leaf("Expired seal", {"content_commitment"}, (-9, -2)),
        "early": leaf("Early seal", {"content_commitment"}, (5, 9)),
        "server": leaf("Web server", {"key_encipherment"}),
        "silent": leaf("Silent seal", {"content_commitment"}, crl=None),
        "lost": leaf("Lost seal", {"content_commitment"}, crl=made.address.rsplit(":", 1)[0] + ":9/crl"),
        "revoked": leaf("Revoked seal", {"content_commitment"}),
    }
    for name, (uses, purposes) in PURPOSES.items():
        seals[name] = leaf(f"For {name}", uses, extended=purposes)
    seals["fake"] = leaf("Fake Ąžuolų ministerija Ltd", {"digital_signature"})
    below = _make_below(made, key)
    seals["asked"], seals["withdrawn"] = below("Asked seal"), below("Withdrawn seal")
    for name, (own, certificate) in seals.items():
        _write(made.folder / f"{name}.der", certificate.public_bytes(Encoding.DER))
        chain = [root] if certificate.issuer == root.subject else [_loaded(made.folder / "below.pem"), root]
        lock = BestAvailableEncryption(PASSPHRASE.encode())
        _write(Path(made.key(name)), pkcs12.serialize_key_and_certificates(None, own, certificate, chain, lock))
    bare = pkcs12.serialize_key_and_certificates(None, None, None, [root], BestAvailableEncryption(PASSPHRASE.encode()))
    _write(Path(made.key("bare")), bare)
    own, certificate = seals["seal"]
    plain = own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _write(made.folder / "seal.key", plain)
    clock = rsa.generate_private_key(65537, 2048)
    stamping = (ExtendedKeyUsageOID.TIME_STAMPING,)
    _write(made.folder / "tsa.key", clock.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    _write(made.folder / "serial", b"01")
    # A clock for many years, and one whose certificate ends before.
    for clocks, name, days in (("tsa", "Test Clock", 3650), ("brief", "Brief Clock", 500)):
        _, certificate = leaf(name, {"digital_signature"}, (-1, days), stamping, clock)
        _write(made.folder / f"{clocks}.pem", certificate.public_bytes(Encoding.PEM))
        _write(made.folder / f"{clocks}.cnf", TSA.format(made.folder, clocks).encode())
    _write(made.folder / "crl.der", _revoked(key, seals["revoked"][1]).public_bytes(Encoding.DER))


def _make_below(made: Made, root_key):
    """An authority below the root, which answers by OCSP; makes certificates of it."""
    key = ec.generate_private_key(ec.SECP256R1())
    uses = {"key_cert_sign", "crl_sign", "digital_signature"}
    own = _certificate("Test Below", key, "Test Root", root_key, uses, (-9, 3000), None, made.address + "/crl")
    _write(made.folder / "below.pem", own.public_bytes(Encoding.PEM))
    _write(made.folder / "below.der", own.public_bytes(Encoding.DER))
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _write(made.folder / "below.key", plain)

    def leaf(name):
        mine = ec.generate_private_key(ec.SECP256R1())
        asked = made.address + "/ocsp"
        return mine, _certificate(name, mine, "Test Below", key, SIGNING, (-1, 365), asked=asked)

    return leaf


def revoke(folder: Path, name: str, when: datetime) -> None:
    """Revokes a certificate: from now on the authority below the root answers so."""
    serial = x509.load_der_x509_certificate((folder / f"{name}.der").read_bytes()).serial_number
    (folder / f"revoked-{serial}").write_text(when.isoformat())


def answer(folder: Path, serial: int) -> bytes:
    """What the authority below the root answers about a certificate."""
    issuer = _loaded(folder / "below.pem")
    found = next(each for each in map(_loaded, folder.glob("*.der")) if each and each.serial_number == serial)
    told = folder / f"revoked-{serial}"
    when = datetime.fromisoformat(told.read_text()) if told.exists() else None
    now = datetime.now(UTC).replace(microsecond=0)
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=found,
        issuer=issuer,
        algorithm=hashes.SHA1(),
        cert_status=ocsp.OCSPCertStatus.REVOKED if when else ocsp.OCSPCertStatus.GOOD,
        this_update=now,
        next_update=now + 30 * DAY,
        revocation_time=when,
        revocation_reason=x509.ReasonFlags.key_compromise if when else None,
    )
    key = load_pem_private_key((folder / "below.key").read_bytes(), None)
    signed = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, issuer).sign(key, hashes.SHA256())
    return signed.public_bytes(Encoding.DER)


def _loaded(path: Path) -> x509.Certificate | None:
    content = path.read_bytes()
    try:
        return (
            x509.load_pem_x509_certificate(content)
            if path.suffix == ".pem"
            else x509.load_der_x509_certificate(content)
        )
    except ValueError:
        return None


def _certificate(name, key, issuer, issuing, uses, days, extended=None, crl=None, asked=None) -> x509.Certificate:
    known = dict.fromkeys(USES.split(), False)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + days[0] * DAY)
        .not_valid_after(NOW + days[1] * DAY)
        .add_extension(x509.BasicConstraints(uses is not None and "key_cert_sign" in uses, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuing.public_key()), critical=False)
    )
    if uses is not None:
        builder = builder.add_extension(x509.KeyUsage(**known | dict.fromkeys(uses, True)), critical=True)
    if extended:
        builder = builder.add_extension(x509.ExtendedKeyUsage(extended), critical=len(extended) == 1)
    if crl:
        point = x509.DistributionPoint([x509.UniformResourceIdentifier(crl)], None, None, None)
        builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
    if asked:
        place = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(asked))
        builder = builder.add_extension(x509.AuthorityInformationAccess([place]), critical=False)
    return builder.sign(issuing, hashes.SHA256())


def _revoked(key, certificate) -> x509.CertificateRevocationList:
    entry = (
        x509.RevokedCertificateBuilder().serial_number(certificate.serial_number).revocation_date(NOW - DAY / 2).build()
    )
    return (
        x509.CertificateRevocationListBuilder()
        .issuer_name(_name("Test Root"))
        .last_update(NOW - DAY / 4)
        .next_update(NOW + 30 * DAY)
        .add_revoked_certificate(entry)
        .add_extension(x509.CRLNumber(1), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _name(name: str) -> x509.Name:
    parts = ((NameOID.COUNTRY_NAME, "LT"), (NameOID.ORGANIZATION_NAME, "Test only"), (NameOID.COMMON_NAME, name))
    return x509.Name([x509.NameAttribute(*each) for each in parts])


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
