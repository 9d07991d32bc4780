import threading


class WriteLock:
    """Takes all of its locks."""

    def __init__(self):
        self._mutex = threading.Lock()

    def acquire(self, *args):
        return self._mutex.acquire(*args)

    def release(self):
        self._mutex.release()


class CountedLock:
    def __init__(self):
        self._mutex = threading.Lock()
        self.count = 0

    def acquire(self, blocking=True):
        got = self._mutex.acquire(blocking=blocking)
        self.count += 1
        return got

    def release(self):
        self._mutex.release()


class Bar:
    def __init__(self):
        self._lock = CountedLock()
        self.shown = 0

    def refresh(self, blocking):
        """What it acquires says whether it has the lock."""
        if not self._lock.acquire(blocking=blocking):
            return False
        try:
            self.shown += 1
        finally:
            self._lock.release()
        return True
