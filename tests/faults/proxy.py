"""A line to a server that a test can cut, stall, slow down or let die on one side."""

import contextlib
import socket
import threading

from config.embedded.processes import free_port

PASS, STALL, SLOW, DEAF = "pass", "stall", "slow", "deaf"
CHUNK_WHEN_SLOW = 64
SLOWNESS = 0.05


class Proxy:
    """Passes bytes to `port`. `mode`: pass, stall (takes everything, passes nothing), slow (about 1 kB/s), deaf (half
    open: requests arrive, answers do not). `cut()` breaks all lines, after which new ones are taken again.
    """

    def __init__(self, port):
        self.target = port
        self.mode = PASS
        self.port = free_port()
        self._lines = []
        self._change = threading.Event()

    def __enter__(self):
        self._server = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.close()
        self.cut()
        self._change.set()

    def be(self, mode):
        self.mode = mode

    def cut(self):
        lines, self._lines = self._lines, []
        for line in lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()

    def _serve(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._server.accept()
                try:
                    server = socket.create_connection(("127.0.0.1", self.target), timeout=5)
                except OSError:
                    client.close()
                    continue
                server.settimeout(None)
                self._lines += [client, server]
                threading.Thread(target=self._pass, args=(client, server, False), daemon=True).start()
                threading.Thread(target=self._pass, args=(server, client, True), daemon=True).start()

    def _pass(self, source, target, is_answer):
        with contextlib.suppress(OSError):
            while data := source.recv(CHUNK_WHEN_SLOW if self.mode == SLOW else 65536):
                if self.mode == SLOW:
                    self._change.wait(SLOWNESS)
                if self.mode == STALL or (self.mode == DEAF and is_answer):
                    continue
                target.sendall(data)
        for line in (source, target):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
