import threading


class Cellar:
    def __init__(self):
        self._lock = threading.Lock()
        self._bottles: dict[str, int] = {}

    def __enter__(self):
        self._bottles = {}
        return self

    def put(self, name):
        with self._lock:
            self._bottles[name] = 1

    def take(self, name):
        with self._lock:
            self._bottles.pop(name)


class Pantry:
    def __init__(self):
        self._lock = threading.Lock()
        self._jars: dict[str, int] = {}

    def put(self, name):
        with self._lock:
            self._jars[name] = 1

    def take(self, name):
        with self._lock:
            self._jars.pop(name)

    def reset_after_fork(self):
        self._jars.clear()
        self._lock = threading.Lock()
