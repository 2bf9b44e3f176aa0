"""Quo as it posts: each text several times, in any order, again until it is answered 2xx."""

import http.client
import itertools
import json
import queue
import threading
import time
from collections import Counter
from dataclasses import dataclass
from random import Random
from urllib.parse import urlsplit

from crm_intake.tests.conftest import NEW_KEY, new_headers, payload

THREADS = 8
TIMES = 10  # each event is delivered
SUBSCRIPTIONS = 2  # each tells of it by a delivery of its own, and repeats that
PAUSE = 0.2  # seconds; a provider waits longer
NO_ANSWER = (OSError, http.client.HTTPException)


@dataclass(frozen=True)
class Post:
    """One delivery of an event."""

    delivery_id: str
    body: bytes


def body_of(number: int, sender: str) -> bytes:
    """Return the text ``number`` of a run, as Quo tells of it."""
    told = json.loads(payload("message_2026"))
    told["id"] = f"EV{number}"
    told["data"]["resource"] |= {"id": f"AC{number}", "text": f"{number} cords of oak?"}
    told["data"]["context"]["senderIdentifier"] = sender
    return json.dumps(told).encode()


def posts_of(senders: list[str], rng: Random) -> list[Post]:
    """Return all posts of one text from each of these, in a random order."""
    posts = [
        Post(f"msg_{number}_{rng.randrange(SUBSCRIPTIONS)}", body)
        for number, body in enumerate(itertools.starmap(body_of, enumerate(senders)))
        for _time in range(TIMES)
    ]
    rng.shuffle(posts)
    return posts


class Poster:
    """Threads that post; ``answers`` counts what came back, by status (0: nothing came)."""

    def __init__(self, url: str, posts: list[Post]) -> None:
        self.at = urlsplit(url)
        self.answers: Counter[int] = Counter()
        self.waiting: queue.SimpleQueue[Post] = queue.SimpleQueue()
        for post in posts:
            self.waiting.put(post)
        self.left, self.lock = len(posts), threading.Lock()
        self.threads = [
            threading.Thread(target=self.work, daemon=True) for _thread in range(THREADS)
        ]

    def start(self) -> None:
        """Begin to post."""
        for thread in self.threads:
            thread.start()

    def join(self) -> None:
        """Wait until every post was answered 2xx."""
        for thread in self.threads:
            thread.join()

    def work(self) -> None:
        """Post until all posts were answered, those of the other threads too."""
        line = self.line()
        while self.left:
            try:
                post = self.waiting.get(timeout=PAUSE)
            except queue.Empty:
                continue  # another thread may have to put its post back
            status = answer_to(post, line)
            with self.lock:
                self.answers[status] += 1
                self.left -= 200 <= status < 300
            if not 200 <= status < 300:
                self.waiting.put(post)
                line.close()
                time.sleep(PAUSE)
        line.close()

    def line(self) -> http.client.HTTPConnection:
        """Return a connection, not yet made."""
        return http.client.HTTPConnection(str(self.at.hostname), self.at.port, timeout=10)


def answer_to(post: Post, line: http.client.HTTPConnection) -> int:
    """Post once, signed at this moment; return the status, or 0 where no answer came."""
    signed = new_headers(post.body, delivery_id=post.delivery_id, key=NEW_KEY)
    try:
        line.request("POST", "/webhook/quo", post.body, signed)
        answer = line.getresponse()
        answer.read()
    except NO_ANSWER:
        return 0
    return answer.status
