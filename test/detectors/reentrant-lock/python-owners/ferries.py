import threading
from collections import deque


class Ferries:
    """Whoever was there before gives back the lock of the next one in the row."""

    def __init__(self):
        self._lock = threading.Lock()
        self._rows = {}

    def cross(self, pier, work):
        with self._lock:
            row = self._rows.setdefault(pier, deque())
            has_to_wait = bool(row)
            turn = threading.Lock()
            turn.acquire()
            row.append(turn)
        if has_to_wait:
            turn.acquire()
        try:
            return work()
        finally:
            with self._lock:
                row.popleft()
                if row:
                    row[0].release()


class Barges:
    """Nobody else knows this lock when it is taken again."""

    def __init__(self):
        self._rows = deque()

    def cross(self, has_to_wait, work):
        own = []
        turn = threading.Lock()
        turn.acquire()
        own.append(turn)
        if has_to_wait:
            turn.acquire()  # want "takes `turn` again"
        try:
            return work()
        finally:
            self._rows.append(turn)
            turn.release()


def sail(work):
    Ferries().cross("north", work)
    Barges().cross(True, work)
