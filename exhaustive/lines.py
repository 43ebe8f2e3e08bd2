"""A line to a server on loopback that is lost to order, and peers that are no help."""

import socket
import threading
from contextlib import suppress
from typing import Self

# More than an envelope has, less than a message with a package; and where a line never breaks.
ANSWER, MESSAGE, NEVER = -1, 20_000, 1 << 40


class Listening:
    """Somebody who listens on loopback while the block lasts."""

    def __init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.kept: list[socket.socket] = []

    def __enter__(self) -> Self:
        self.thread = threading.Thread(target=self._listen)
        self.thread.start()
        return self

    def __exit__(self, *_) -> None:
        _end(self.listening)
        self.thread.join()
        for each in (self.listening, *self.kept):
            each.close()

    def _listen(self) -> None:
        raise NotImplementedError


class Line(Listening):
    """A line to a server that breaks when so many bytes have gone to it, or with ANSWER instead of its last answer."""

    def __init__(self, server: int, cut: int) -> None:
        self.server, self.cut = server, cut
        self.gone = 0
        super().__init__()

    def mend(self) -> None:
        """From now on nothing is lost."""
        self.cut = NEVER

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                inner = self.listening.accept()[0]
                self.gone = 0
                with inner, socket.create_connection(("127.0.0.1", self.server)) as outer:
                    back = threading.Thread(target=self._bring, args=(outer, inner))
                    back.start()
                    self._send(inner, outer)
                    back.join()

    def _send(self, source: socket.socket, target: socket.socket) -> None:
        """What goes to the server, as far as it gets."""
        with suppress(OSError):
            while piece := source.recv(1 << 16):
                piece = piece if self.cut == ANSWER else piece[: max(self.cut - self.gone, 0)]
                self.gone += len(piece)
                target.sendall(piece)
                if self.gone == self.cut:
                    break
        _end(source, target)

    def _bring(self, source: socket.socket, target: socket.socket) -> None:
        """What the server answers, until it would be the last answer."""
        with suppress(OSError):
            while (piece := source.recv(1 << 16)) and not (self.cut == ANSWER and self.gone > MESSAGE):
                target.sendall(piece)
        _end(source, target)


class Peer(Listening):
    """Somebody on loopback who takes a connection, says something or nothing, and then stays silent or hangs up."""

    def __init__(self, says: bytes = b"", *, stays: bool = False) -> None:
        self.says, self.stays = says, stays
        super().__init__()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                caller = self.listening.accept()[0]
                self.kept.append(caller)
                with suppress(OSError):
                    caller.sendall(self.says)
                if not self.stays:
                    # What was asked is read first, for an answer may be lost with a question that nobody read.
                    caller.settimeout(0.2)
                    with suppress(OSError):
                        while caller.recv(1 << 16):
                            pass
                    _end(caller)


def _end(*sockets: socket.socket) -> None:
    for each in sockets:
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
