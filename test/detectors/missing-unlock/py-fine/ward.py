import threading


class Ward:
    def __init__(self):
        self.lock = threading.Lock()
        self.beds = {}

    def take(self, bed):
        with self.lock:
            if bed in self.beds:
                return False
            self.beds[bed] = True
        return True

    def give(self, bed):
        self.lock.acquire()
        try:
            if bed not in self.beds:
                raise KeyError(bed)
            return self.beds.pop(bed)
        finally:
            self.lock.release()

    def poll(self):
        if not self.lock.acquire(blocking=False):
            return None
        try:
            return dict(self.beds)
        finally:
            self.lock.release()

    def poll_for(self, seconds):
        got = self.lock.acquire(timeout=seconds)
        try:
            return len(self.beds) if got else None
        finally:
            if got:
                self.lock.release()

    def __enter__(self):
        self.lock.acquire()
        return self

    def __exit__(self, *_):
        self.lock.release()

    def count(self):
        self.lock.acquire()
        n = 0
        for bed in self.beds:
            if self.beds[bed]:
                n += 1
        self.lock.release()
        return n

    def late(self, pool):
        self.lock.acquire()
        pool.submit(print, 1).add_done_callback(lambda _: self.lock.release())

    def fail(self, bed):
        self.lock.acquire()
        try:
            self.beds[bed] = self.load(bed)
        except KeyError:
            self.lock.release()
            raise
        self.lock.release()

    def load(self, bed):
        return bed


class Lamp:
    def __init__(self):
        self._lock = threading.Lock()
        self._lit = 0

    def dim(self, now):
        if now:
            self._lock.acquire()
        try:
            self._lit -= 1
        finally:
            if self._lock.locked():
                self._lock.release()


class Bell:
    def __init__(self):
        self.rung = threading.Lock()
        self.count = 0

    # What cannot be given back is not held.
    def ring(self):
        if not self.rung.acquire(blocking=False):
            return
        try:
            self.count += 1
        finally:
            try:
                self.rung.release()
            except RuntimeError as error:
                print(error)
