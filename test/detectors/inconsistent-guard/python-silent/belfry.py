"""A condition that is given a lock is that lock, and so is a lock of another module under its name there."""

import threading
from contextlib import contextmanager

from locks import roster_lock as the_lock, roster
import locks


class Belfry:
    def __init__(self):
        self._lock = threading.RLock()
        self._idle = threading.Condition(self._lock)
        self._ringing = {}

    @contextmanager
    def _locked(self):
        self._lock.acquire()
        try:
            yield
        finally:
            self._lock.release()

    def ring(self, bell):
        with self._idle:
            self._ringing[bell] = True
            self._idle.notify_all()

    def still(self, bell):
        with self._idle:
            self._ringing.pop(bell)

    def wait(self):
        with self._idle:
            self._idle.wait_for(lambda: not self._ringing)

    def swing(self, bell):
        with self._locked():
            for other in self._ringing:
                print(other)
            self._ringing[bell] = True
            self._idle.notify_all()


def enrol(name):
    with the_lock:
        roster[name] = 1


def strike(name):
    with locks.roster_lock:
        locks.roster.pop(name)


def call():
    from locks import roster_lock, roster

    with roster_lock:
        for name in roster:
            print(name)
