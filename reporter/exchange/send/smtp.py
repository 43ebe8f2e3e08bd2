"""Send a message to a mail server (RFC 5321), only over TLS with a trusted certificate."""

import re
import smtplib
import ssl
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from reporter.data.errors import ReporterError
from reporter.data.records import Mail, Security
from reporter.exchange.send.message import Answer, Claim, State

TIMEOUT = 60.0
# The end of a message; dots at the beginning of its lines are doubled (RFC 5321 4.5.2).
END = b"\r\n.\r\n"
DOT = re.compile(rb"(?m)^\.")
Trouble = smtplib.SMTPException | OSError | ValueError


def tls_context(authority: Path | None) -> ssl.SSLContext:
    """Trust the system's certificates, or those in a file; TLS 1.2 at least. Raises ReporterError if it has none."""
    try:
        context = ssl.create_default_context(cafile=authority)
    except OSError as problem:  # includes ssl.SSLError
        hint = "mail.authority in reporter.yaml must name a file of PEM certificates"
        raise ReporterError(f"{authority} contains no certificates: {problem.strerror}", hint=hint) from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


@dataclass(frozen=True, slots=True)
class SmtpChannel:
    """The mail server of the workspace. The password is in memory only; `timeout` is in seconds."""

    mail: Mail
    password: str = field(repr=False)
    context: ssl.SSLContext
    timeout: float = TIMEOUT

    def deliver(self, claim: Claim, hand_over: Callable[[], None]) -> Answer:
        """Try once to deliver a message. `hand_over` is called when the server waits for it, before any byte leaves."""
        try:
            server = self._connect()
        except (smtplib.SMTPException, OSError) as problem:
            return self._not_handed_over(problem)
        try:
            try:
                self._introduce(server)
                # The size that the server accepts, declared by RFC 1870.
                limit, size = server.esmtp_features.get("size", ""), len(claim.raw)
                if limit.isdecimal() and 0 < int(limit) < size:
                    reason = f"the server takes at most {int(limit):,} bytes; the message has {size:,}"
                    return Answer(State.FAILED, reason)
                _expect(server.mail(self.mail.sender, [f"SIZE={size}"] if limit else []), 250)
                _expect(server.rcpt(claim.item.address), 250, 251)
                _expect(server.docmd("DATA"), 354)
            except (smtplib.SMTPException, OSError, ValueError) as problem:
                return self._not_handed_over(problem)
            hand_over()
            return self._hand(server, claim.raw)
        finally:
            # A server discards a message without its final dot, so a failed hand-over sends nothing.
            server.close()

    def _connect(self) -> smtplib.SMTP:
        # Without a name of its own smtplib asks the network for one.
        own = self.mail.sender.rpartition("@")[2]
        host, port = self.mail.host, self.mail.port
        if self.mail.security is Security.TLS:
            return smtplib.SMTP_SSL(host, port, own, timeout=self.timeout, context=self.context)
        return smtplib.SMTP(host, port, own, timeout=self.timeout)

    def _introduce(self, server: smtplib.SMTP) -> None:
        # Never HELO: a server limited to it has no encryption.
        _expect(server.ehlo(), 250)
        if self.mail.security is Security.STARTTLS:
            server.starttls(context=self.context)
            _expect(server.ehlo(), 250)
        if self.mail.user:
            server.login(self.mail.user, self.password)

    def _hand(self, server: smtplib.SMTP, raw: bytes) -> Answer:
        """Send the message itself. Without an answer its arrival is unknown."""
        try:
            server.send(DOT.sub(b"..", raw).removesuffix(b"\r\n") + END)
            code, reply = server.getreply()
        except (smtplib.SMTPException, OSError) as problem:
            return Answer(
                State.UNKNOWN, self._without_password(f"no answer after the message was handed over: {problem}")
            )
        with suppress(smtplib.SMTPException, OSError):
            # Not waited for: the outcome must be recorded first.
            server.putcmd("QUIT")
        # The first digit of a reply is the outcome (RFC 5321 4.2.1).
        states = {2: State.SENT, 4: State.QUEUED, 5: State.FAILED}
        return Answer(states.get(code // 100, State.UNKNOWN), self._without_password(f"{code} {_text(reply)}"))

    def _not_handed_over(self, problem: Trouble) -> Answer:
        host = f"{self.mail.host}:{self.mail.port}"
        if isinstance(problem, ssl.SSLCertVerificationError):
            return Answer(State.FAILED, f"the certificate of {host} is not trusted: {problem.verify_message}")
        if isinstance(problem, smtplib.SMTPNotSupportedError):
            what = "no encryption (STARTTLS)" if "STARTTLS" in str(problem) else "no supported login method"
            return Answer(State.FAILED, f"{host} offers {what}")
        if isinstance(problem, smtplib.SMTPResponseException):
            state = State.QUEUED if problem.smtp_code // 100 == 4 else State.FAILED
            return Answer(state, self._without_password(f"{problem.smtp_code} {_text(problem.smtp_error)}"))
        if isinstance(problem, ssl.SSLError) and not isinstance(problem, ssl.SSLEOFError):
            return Answer(State.FAILED, f"no encrypted connection with {host}: {problem.reason}")
        if isinstance(problem, ValueError):
            return Answer(State.FAILED, "user or password contains characters that cannot be sent to the server")
        return Answer(State.QUEUED, self._without_password(f"no connection with {host}: {problem}"))

    def _without_password(self, text: str) -> str:
        if not self.password:
            return text
        plain = f"\0{self.mail.user}\0{self.password}".encode()
        for secret in (b64encode(plain).decode(), b64encode(self.password.encode()).decode(), self.password):
            text = text.replace(secret, "…")
        return text


def _expect(reply: tuple[int, bytes], *codes: int) -> None:
    if reply[0] not in codes:
        raise smtplib.SMTPResponseException(*reply)


def _text(reply: bytes | str) -> str:
    return reply.decode(errors="replace") if isinstance(reply, bytes) else reply
