"""A mail server on loopback with TLS, a certificate authority made on the spot, and a workspace that sends to it."""

# ruff: noqa: ARG002, N802 - aiosmtpd decides what its hooks are called and given

import asyncio
import ssl
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from reporter.formats.bagit import BagInfo, pack
from tests import small

PASSWORD = "vieta-prie-lango-77"
FILLING = b"PK\x05\x06" + bytes(range(256)) * 40 + b"\r\n.\r\n.hidden\r\n"


def packed(code: str = "commission", filling: bytes = FILLING, *further: tuple[str, str]) -> bytes:
    """A whole package of Lithuania 2020 for a recipient, with one file."""
    labels = (("Country", "LT"), ("Reference-Year", "2020"), ("Recipient", code), *further)
    with tempfile.TemporaryDirectory() as folder:
        info = BagInfo(f"LT-2020-{code}", date(2020, 12, 31), "Office", further=labels)
        return pack(Path(folder) / "package.zip", {"profile.bin": filling}, info).path.read_bytes()


PACKAGE = packed()


@dataclass(slots=True)
class Server:
    """What a test server was told to do and what it got; `on` maps a command to a reply, or to a deed and a reply."""

    port: int = 0
    on: dict[str, str | Callable[[SMTP], str]] = field(default_factory=dict)
    got: list[bytes] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        reply = self._reply("EHLO", server)
        return [reply] if reply else responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        reply = self._reply("MAIL", server)
        envelope.mail_from = address
        return reply or "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        reply = self._reply("RCPT", server)
        if not reply:
            envelope.rcpt_tos.append(address)
        return reply or "250 OK"

    async def handle_DATA(self, server, session, envelope: Envelope):
        reply = self._reply("DATA", server)
        if not reply or reply.startswith("2"):
            self.got.append(envelope.content)
            self.encrypted.append(session.ssl is not None)
        return reply or "250 2.0.0 OK queued as 77"

    def authenticate(self, server, session, envelope, mechanism, data) -> AuthResult:
        self.seen.append("AUTH")
        return AuthResult(success=data.password == PASSWORD.encode(), handled=False)

    def _reply(self, command: str, server: SMTP) -> str:
        self.seen.append(command)
        told = self.on.get(command, "")
        return told if isinstance(told, str) else told(server)


def drop(server: SMTP) -> str:
    """Breaks the connection off without an answer."""
    server.transport.abort()
    return "421 gone"


class Running:
    """A server in a thread of its own: `with Running(context, …) as server`."""

    def __init__(self, context: ssl.SSLContext | None, *, implicit: bool = False, log_in: bool = False, size: int = 0):
        self.server = Server()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.implicit = context if implicit else None
        options = {"hostname": "localhost", "data_size_limit": size or 33_554_432, "loop": self.loop}
        if context and not implicit:
            options |= {"tls_context": context, "require_starttls": True}
        if log_in:
            options |= {"authenticator": self.server.authenticate, "auth_required": True}
            options |= {"auth_require_tls": not implicit}
        self.options = options

    def __enter__(self) -> Server:
        self.thread.start()
        made = asyncio.run_coroutine_threadsafe(self._listen(), self.loop).result(10)
        self.listening = made
        self.server.port = made.sockets[0].getsockname()[1]
        return self.server

    async def _listen(self):
        return await self.loop.create_server(
            lambda: SMTP(self.server, **self.options), "127.0.0.1", 0, ssl=self.implicit
        )

    def __exit__(self, *_) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()

    async def _end(self) -> None:
        self.listening.close()
        tasks = [each for each in asyncio.all_tasks() if each is not asyncio.current_task()]
        for each in tasks:
            each.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@dataclass(frozen=True, slots=True)
class Authority:
    """A certificate authority of an hour, and the context of a server it vouches for."""

    file: Path
    context: ssl.SSLContext


def authority(folder: Path, name: str = "localhost") -> Authority:
    """An authority in this folder and a server called `name`."""
    folder.mkdir(parents=True, exist_ok=True)
    key, root = _certificate("Test authority", None, None)
    server_key, server = _certificate(name, key, root)
    (folder / "ca.pem").write_bytes(root.public_bytes(serialization.Encoding.PEM))
    chain = server.public_bytes(serialization.Encoding.PEM) + server_key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "server.pem").write_bytes(chain)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "server.pem")
    return Authority(folder / "ca.pem", context)


def _certificate(name, issuer_key, issuer):
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    moment = datetime.now(UTC)
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    of = x509.AuthorityKeyIdentifier.from_issuer_public_key((issuer_key or key).public_key())
    usage = dict.fromkeys(("content_commitment", "key_encipherment", "data_encipherment", "key_agreement"), False)
    usage |= {"encipher_only": False, "decipher_only": False, "digital_signature": True}
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - timedelta(hours=1))
        .not_valid_after(moment + timedelta(hours=1))
        .add_extension(x509.BasicConstraints(issuer is None, None), True)
        .add_extension(x509.KeyUsage(key_cert_sign=issuer is None, crl_sign=issuer is None, **usage), True)
        .add_extension(own, False)
        .add_extension(of, False)
    )
    if issuer:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), False)
    return key, builder.sign(issuer_key or key, hashes.SHA256())


SETTINGS = """\
title: {en: Trafficking in human beings}
languages: [en, lt]
mail:
  host: localhost
  port: PORT
  security: SECURITY
  from: rapporteur@ministry.internal
  name: {en: Office of the National Rapporteur, lt: Nacionalinio pranešėjo tarnyba}
  user: USER
  authority: ca/ca.pem
  size_limit: LIMIT
  text:
    en: "The profile of {country} for {year}, file {file}."
recipients:
  commission:
    channel: email
    address: unit@commission.internal
    language: en
    gets: [pdf, csv]
    audience: public
    name: {en: Coordinator}
    salutation: {en: "Dear Coordinator,"}
  minister:
    channel: email
    address: minister@ministry.internal
    language: lt
    gets: [pdf]
    audience: public
    name: {lt: Vidaus reikalų ministras}
    text: {lt: "Pridedame {year} m. šalies apžvalgą: {country}."}
  eurostat: {channel: folder, folder: edamis, language: en, gets: [sdmx], audience: public, name: {en: Eurostat}}
"""


def workspace(folder: Path, server: Server, **changes: object) -> Path:
    """A workspace that sends to this server, with packages beside it, `LT-2020.zip` for the Commission."""
    words = {"port": server.port, "security": "starttls", "user": '""', "limit": 20} | changes
    text = SETTINGS
    for name, value in words.items():
        text = text.replace(name.upper(), str(value))
    small.write(folder, {"reporter.yaml": text})
    (folder / "edamis").mkdir(exist_ok=True)
    (folder / "LT-2020.zip").write_bytes(PACKAGE)
    for code in ("minister", "eurostat"):
        (folder / f"LT-2020-{code}.zip").write_bytes(packed(code))
    return folder
