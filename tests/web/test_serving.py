"""What a real server sends, byte by byte."""

from __future__ import annotations

import socket
import time

import httpx2
import pytest

from app.settings import Settings
from app.web import serving
from app.web.bounds import LONGEST_ADDRESS
from app.web.serving import LONGEST_HEAD
from tests.serving import running, server_running


def _ask(port: int, request: bytes) -> tuple[bytes, bytes]:
    """Return head and body of the response to a raw request, read until the server closes or sends no more."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        received = b""
        while b"\r\n\r\n" not in received:
            chunk = connection.recv(65536)
            if not chunk:
                break
            received += chunk
        head, _, body = received.partition(b"\r\n\r\n")
        connection.settimeout(0.3)
        try:
            while chunk := connection.recv(65536):
                body += chunk
        except TimeoutError:
            pass
    return head, body


def _get(target: bytes, method: bytes = b"GET", headers: bytes = b"") -> bytes:
    return method + b" " + target + b" HTTP/1.1\r\nHost: x\r\n" + headers + b"\r\n"


def test_head_has_the_length_of_get_and_no_body(port: int) -> None:
    for target in (b"/", b"/index.json", b"/nowhere", b"/favicon.ico", b"/about/"):
        head, body = _ask(port, _get(target, b"HEAD"))
        got, sent = _ask(port, _get(target))
        assert body == b""
        without_date = [[line for line in text.split(b"\r\n") if not line.startswith(b"date:")] for text in (head, got)]
        assert without_date[0] == without_date[1]
        assert f"content-length: {len(sent)}".encode() in head


def test_the_server_names_the_date_and_not_itself(port: int) -> None:
    head, _ = _ask(port, _get(b"/"))
    assert b"\r\ndate: " in head
    assert b"server:" not in head
    assert b"set-cookie" not in head


def test_304_has_no_body_and_no_length(port: int) -> None:
    head, _ = _ask(port, _get(b"/"))
    tag = next(line for line in head.split(b"\r\n") if line.startswith(b"etag: ")).removeprefix(b"etag: ")
    head, body = _ask(port, _get(b"/", headers=b"If-None-Match: " + tag + b"\r\n"))
    assert head.startswith(b"HTTP/1.1 304")
    assert body == b""
    assert b"content-length" not in head


@pytest.mark.parametrize("method", [b"POST", b"PUT", b"DELETE", b"OPTIONS", b"TRACE"])
def test_other_methods_are_405_with_a_body_too(port: int, method: bytes) -> None:
    head, _ = _ask(port, _get(b"/search", method, b"Content-Length: 5\r\n") + b"hello")
    assert head.startswith(b"HTTP/1.1 405")
    assert b"allow: GET, HEAD" in head


def test_addresses_of_16_kb_reach_the_site_and_any_longer_one_is_414(port: int) -> None:
    start = b"/search?q="
    for length, status in (
        (LONGEST_ADDRESS, b"200"),
        (LONGEST_ADDRESS + 1, b"414"),
        (20_000, b"414"),
        (60_000, b"414"),
    ):
        head, _ = _ask(port, _get(start + b"a" * (length - len(start))))
        assert head.split(b" ")[1] == status, length


def test_a_head_without_end_is_refused(port: int) -> None:
    head, _ = _ask(port, b"GET / HTTP/1.1\r\nX-Long: " + b"a" * LONGEST_HEAD)
    assert head.startswith(b"HTTP/1.1 431")


def test_many_requests_on_one_connection_are_all_answered(port: int) -> None:
    count = 150
    one = _get(b"/healthz", headers=b"X-Padding: " + b"a" * 1000 + b"\r\n")
    assert count * len(one) > 2 * LONGEST_HEAD
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(one * count)
        received = b""
        while received.count(b"HTTP/1.1 200") < count:
            chunk = connection.recv(1 << 20)
            assert chunk
            received += chunk
    assert b"HTTP/1.1 4" not in received


def test_an_address_typed_in_any_script_reaches_the_site(port: int) -> None:
    for words, encoded in (
        ("переговоры", "%D0%BF%D0%B5%D1%80%D0%B5%D0%B3%D0%BE%D0%B2%D0%BE%D1%80%D1%8B"),
        ("é", "%C3%A9"),
    ):
        head, body = _ask(port, _get(f"/search.json?q={words}".encode()))
        assert head.startswith(b"HTTP/1.1 200")
        assert f'"url":"/search?q={encoded}"'.encode() in body
        assert _ask(port, _get(f"/{words}".encode()))[0].startswith(b"HTTP/1.1 404")


def test_nonsense_is_400(port: int) -> None:
    assert _ask(port, b"nonsense\r\n\r\n")[0].startswith(b"HTTP/1.1 400")


def test_a_client_reads_pages_in_each_coding(port: int) -> None:
    texts = set()
    for coding in ("br", "gzip", "identity"):
        answer = httpx2.get(f"http://127.0.0.1:{port}/interviews", headers={"Accept-Encoding": coding})
        assert answer.status_code == 200
        texts.add(answer.text)
    assert len(texts) == 1


@pytest.mark.parametrize(
    "sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nX: "]
)
def test_a_request_that_does_not_come_is_not_waited_for(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(serving, "SLOWEST_REQUEST", 0.2)
    with running(settings) as port, socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(sent)
        assert _is_ended(connection)


def test_a_second_request_that_does_not_come_is_not_waited_for_either(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "SLOWEST_REQUEST", 0.5)
    monkeypatch.setattr(serving, "SLOWEST_NEXT", 1)
    with running(settings) as port, socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(_get(b"/robots.txt") + b"GET / HT")
        assert connection.recv(65536).startswith(b"HTTP/1.1 200")
        assert _is_ended(connection)


def _is_ended(connection: socket.socket) -> bool:
    try:
        while connection.recv(65536):
            pass
    except ConnectionResetError:
        return True
    return True


def test_a_reader_who_takes_nothing_is_given_up(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "SLOWEST_READER", 0.2)
    with server_running(settings) as server, socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", server.config.port))
        connection.sendall(_get(b"/openapi.json") * 300)
        end = time.monotonic() + 60
        while not server.server_state.connections:
            assert time.monotonic() < end
        while server.server_state.connections:
            assert time.monotonic() < end
            time.sleep(0.05)


def test_a_reader_who_takes_a_little_again_and_again_gets_all(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "SLOWEST_READER", 5.0)
    count = 30
    with running(settings) as port, socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", port))
        connection.settimeout(20)
        connection.sendall(_get(b"/openapi.json") * count)
        received = bytearray()
        while chunk := connection.recv(16384):
            received += chunk
            if received.count(b"HTTP/1.1 200", -16384 - 12) and received.count(b"HTTP/1.1 200") == count:
                break
    assert received.count(b"HTTP/1.1 200") == count
