"""Gets a file from the web: by https only, when asked, with bounds on time, size and redirections.

Proxies and certificates are those of the environment (``https_proxy``, ``no_proxy``, ``SSL_CERT_FILE``).
"""

from __future__ import annotations

import http.client
import ssl
import threading
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable
from typing import IO, Any
from urllib.parse import quote, urlsplit

from teiwright.address import KEPT
from teiwright.errors import SchemaError
from teiwright.schemas.store.bundle import Fetched
from teiwright.version import __version__

LARGEST = 64_000_000  # bytes, of all that one call to ``add`` fetches
LONGEST = 120.0  # seconds, for one file with its redirections
SILENCE = 20.0  # seconds without an answer
REDIRECTIONS = 5
CHUNK = 65_536
AGAIN = "try again later, or add a local copy"


class Fetcher:
    """Fetches by https, up to ``largest`` bytes in all, each file in at most ``longest`` seconds.

    ``said`` is told of each file that came: the address it came from, its bytes.
    """

    def __init__(
        self,
        said: Callable[[str, bytes], None] = lambda _address, _data: None,
        largest: int = LARGEST,
        longest: float = LONGEST,
    ) -> None:
        self.said = said
        self.left = largest
        self.largest = largest
        self.longest = longest

    def __call__(self, address: str) -> Fetched:
        """What is at an address. Raises SchemaError with one sentence for each way that can fail."""
        request = Request(address, self.left)
        worker = threading.Thread(target=request.run, daemon=True)
        worker.start()
        worker.join(self.longest)  # looking up a name or a slow drip of bytes know no timeout of their own
        if worker.is_alive():
            raise SchemaError(address, f"did not arrive within {self.longest:.0f} seconds", AGAIN)
        if request.error is not None:
            raise request.error
        if len(request.data) > self.left:
            raise SchemaError(address, f"more than {self.largest // 1_000_000} MB", "schemas are smaller")
        self.left -= len(request.data)
        self.said(request.addresses[-1], request.data)
        return Fetched(tuple(request.addresses), request.data)


class Request:
    """One file on its way; ``run`` is what happens in a thread of its own."""

    def __init__(self, address: str, largest: int) -> None:
        self.addresses = [address]
        self.largest = largest
        self.data = b""
        self.error: Exception | None = None

    def run(self) -> None:
        """Fetches; afterwards either ``data`` or ``error`` is set."""
        try:
            self.data = self._fetched(_escaped(self.addresses[0]))
        except SchemaError as error:
            self.error = error
        except Exception as error:
            if isinstance(error, urllib.error.HTTPError):
                error.close()
            self.error = SchemaError(self.addresses[-1], f"could not be fetched: {_reason(error)}", AGAIN)

    def _fetched(self, address: str) -> bytes:
        headers = {"User-Agent": f"teiwright/{__version__}", "Accept-Encoding": "gzip", "Accept": "*/*"}
        with self._opener().open(urllib.request.Request(address, headers=headers), timeout=SILENCE) as answer:
            if answer.status != 200:
                raise SchemaError(address, f"the server answered with status {answer.status}", AGAIN)
            return self._read(answer)

    def _opener(self) -> urllib.request.OpenerDirector:
        """One that knows https and nothing else."""
        opener = urllib.request.OpenerDirector()
        handlers = (
            urllib.request.ProxyHandler(),
            urllib.request.HTTPSHandler(context=ssl.create_default_context()),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.HTTPErrorProcessor(),
            Redirections(self.addresses),
            urllib.request.UnknownHandler(),
        )
        for handler in handlers:
            opener.add_handler(handler)
        return opener

    def _read(self, answer: http.client.HTTPResponse) -> bytes:
        encoding = answer.headers.get("Content-Encoding", "identity").strip().lower()
        if encoding not in ("", "identity", "gzip", "x-gzip"):
            raise SchemaError(self.addresses[-1], f'came in the encoding "{encoding}", which was not asked for')
        announced = answer.headers.get("Content-Length", "")
        whole = int(announced) if announced.isdecimal() and not answer.chunked else None
        received = bytearray()
        while len(received) <= self.largest and len(received) != whole and (chunk := answer.read1(CHUNK)):
            received += chunk
        if len(received) <= self.largest and whole is not None and len(received) < whole:
            raise SchemaError(self.addresses[-1], "the connection broke off before the end", AGAIN)
        return self._unpacked(bytes(received)) if "gzip" in encoding else bytes(received)

    def _unpacked(self, data: bytes) -> bytes:
        unpacking = zlib.decompressobj(wbits=31)
        plain = unpacking.decompress(data, self.largest + 1)
        if len(plain) <= self.largest and (not unpacking.eof or unpacking.unused_data):
            raise SchemaError(self.addresses[-1], "the connection broke off before the end", AGAIN)
        return plain


class Redirections(urllib.request.HTTPRedirectHandler):
    """Follows a few, to https only, and notes them."""

    max_repeats = max_redirections = 2 * REDIRECTIONS  # more than are counted here

    def __init__(self, addresses: list[str]) -> None:
        self.addresses = addresses

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """The request that follows one that was answered by another address. Raises SchemaError."""
        fp.close()
        if urlsplit(newurl).scheme != "https":
            raise SchemaError(self.addresses[-1], f'leads on to "{newurl}", and only https: addresses are fetched')
        if len(self.addresses) > REDIRECTIONS:
            raise SchemaError(self.addresses[0], f"leads on more than {REDIRECTIONS} times")
        following = super().redirect_request(req, fp, code, msg, headers, newurl)
        if following is not None:
            self.addresses.append(newurl)
        return following


def _escaped(address: str) -> str:
    """An address as it goes on the wire. Raises SchemaError."""
    parts = urlsplit(address)
    if parts.scheme != "https":
        raise SchemaError(address, "only https: addresses are fetched", "use https, or add a local copy")
    if parts.username is not None or parts.password is not None:
        bare = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        raise SchemaError(bare, "an address with a user's name or password is not fetched", "add a local copy")
    return parts._replace(path=quote(parts.path, safe=KEPT), query=quote(parts.query, safe=KEPT)).geturl()


def _reason(error: Any) -> str:
    """What went wrong, in words of our own where they say more."""
    if isinstance(error, urllib.error.HTTPError):
        return f"the server answered with status {error.code}"
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"the server's certificate is not trusted ({cause.verify_message})"
    if isinstance(cause, ssl.SSLError):
        return "no secure connection could be made"
    if isinstance(cause, TimeoutError):
        return f"no answer within {SILENCE:.0f} seconds"
    if isinstance(cause, http.client.IncompleteRead):
        return "the connection broke off before the end"
    if isinstance(cause, http.client.HTTPException | zlib.error):
        return "the server's answer cannot be understood"
    return str(getattr(cause, "strerror", None) or cause or type(cause).__name__).splitlines()[0]
