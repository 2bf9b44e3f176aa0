"""Which fault hits which call, and which call kills a process."""

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Lock

from portal.local.faulty_calls import Call, Predicate, every_call
from portal.local.faulty_faults import PASS, Exchange, Fault

Pid = int | Callable[[], int]


@dataclass
class Rule:
    """``fault`` for the calls that match, ``times`` of them (None: all). ``hits`` counts them."""

    fault: Fault
    when: Predicate
    times: int | None
    hits: int = 0

    def takes(self, call: Call) -> bool:
        """Whether this call is one of them; if so it is counted."""
        if self.hits == self.times or not self.when(call):
            return False
        self.hits += 1
        return True


@dataclass
class KillPoint:
    """SIGKILL for one process at the ``n``-th call that matches, counted from when this was set.

    ``before``: Odoo never sees that call. Otherwise Odoo has answered it, and nobody hears of it.
    The pid may be given later, by setting ``pid``, until the call comes. ``fired`` is set when
    the signal has been sent.
    """

    pid: Pid | None
    n: int
    before: bool
    counting: Predicate
    seen: int = 0
    fired: Event = field(default_factory=Event)

    def takes(self, call: Call) -> bool:
        """Whether this is the call; every match is counted."""
        if not self.counting(call):
            return False
        self.seen += 1
        return self.seen == self.n

    def fault(self) -> Fault:
        """The kill as a fault like any other."""
        return Fault(f"killed {'before' if self.before else 'after'}", self._treat)

    def _treat(self, exchange: Exchange) -> None:
        if not self.before:
            exchange.forward()
        pid = self.pid() if callable(self.pid) else self.pid
        if pid is None:
            raise RuntimeError("The call came, and nobody had said which process to kill.")
        os.kill(pid, signal.SIGKILL)
        self.fired.set()


class Plan:
    """Rules in the order in which they were given; kill points come first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._rules: list[Rule] = []
        self._kill_points: list[KillPoint] = []

    def rule(self, fault: Fault, *, when: Predicate = every_call, times: int | None = 1) -> Rule:
        """Let ``fault`` hit the next calls that match; the first rule that takes a call wins."""
        rule = Rule(fault, when, times)
        with self._lock:
            self._rules.append(rule)
        return rule

    def kill(
        self,
        pid: Pid | None = None,
        *,
        before_call: int | None = None,
        after_call: int | None = None,
        counting: Predicate = every_call,
    ) -> KillPoint:
        """Kill a process right before call n is forwarded, or after Odoo has answered it."""
        if (before_call is None) == (after_call is None):
            raise ValueError("kill() needs before_call or after_call")
        n = before_call if before_call is not None else after_call
        point = KillPoint(pid, n or 0, before_call is not None, counting)
        with self._lock:
            self._kill_points.append(point)
        return point

    def clear(self) -> None:
        """Forget all rules and kill points: every call passes."""
        with self._lock:
            self._rules.clear()
            self._kill_points.clear()

    def fault_for(self, call: Call) -> Fault:
        """Decide, and count, for one call."""
        with self._lock:
            due = [point for point in self._kill_points if point.takes(call)]
            if due:
                return due[0].fault()
            return next((rule.fault for rule in self._rules if rule.takes(call)), PASS)
