"""Posts of 100 MB, many at once: what of them stays in memory?"""

import socket
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

AT_ONCE = 16
PIECE = b"x" * 1024 * 1024
PIECES = 100
KB = 1024


def growth_by(url: str, pids: Iterable[int], *, chunked: bool) -> float:
    """Return by how many MB the processes grew at most while they were sent."""
    pids = list(pids)
    for pid in pids:
        Path(f"/proc/{pid}/clear_refs").write_text("5")  # forget the highest so far
    before = [memory(pid, "VmRSS") for pid in pids]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(partial(send, url, chunked), range(AT_ONCE)))
    assert set(answers) == {b"411" if chunked else b"413"}, answers
    grown = [memory(pid, "VmHWM") - was for pid, was in zip(pids, before, strict=True)]
    return sum(grown) / KB


def memory(pid: int, name: str) -> int:
    """Return what the kernel says of a process's memory, in KB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def send(url: str, chunked: bool, _number: int) -> bytes:
    """Send all of a large post, or as much as is taken; return the status of the answer."""
    at = urlsplit(url)
    size = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {PIECES * len(PIECE)}"
    head = f"POST {at.path} HTTP/1.1\r\nHost: {at.netloc}\r\n{size}\r\n\r\n"
    piece = b"%x\r\n%b\r\n" % (len(PIECE), PIECE) if chunked else PIECE
    with socket.create_connection((str(at.hostname), at.port), timeout=60) as line:
        line.sendall(head.encode())
        try:
            for _piece in range(PIECES):
                line.sendall(piece)
            line.sendall(b"0\r\n\r\n" if chunked else b"")
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has heard enough
        return line.recv(4096)[9:12]
