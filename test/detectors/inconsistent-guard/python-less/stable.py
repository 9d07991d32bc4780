import threading


class Stable:
    def __init__(self):
        self._lock = threading.Lock()
        self._horses: dict[str, int] = {}

    def lead_in(self, name):
        with self._lock:
            if name not in self._horses:
                self._horses[name] = 0

    def feed(self, name):
        with self._lock:
            self._horses[name] += 1

    def lead_out(self, name):
        self._horses.pop(name, None)  # want-info "`lead_out` changes `Stable._horses` .* The step by itself is atomic\."

    def swap(self, a, b):
        for name in [a, b]:
            with self._lock:
                self._horses[name] = 0


class Paddock:
    def __init__(self):
        self._lock = threading.Lock()
        self._gate = threading.Lock()
        self._delay = None
        self._count = 0

    def open(self):
        with self._lock:
            self._delay = None
            self._count = 0

    def wait(self):
        with self._lock:
            self._delay = self._delay * 2 if self._delay else 1
            self._count += 1

    def halve(self):
        with self._lock:
            self._count //= 2

    def double(self):
        with self._lock:
            self._count *= 2

    def calm(self):
        print("calm")
        self._delay = None  # want-info "`calm` writes `Paddock._delay` .* It sets it to what others set it to"

    def skip(self):
        print("skip")
        self._count = self._count * 2  # want "`skip` writes `Paddock._count` .* may be lost"
