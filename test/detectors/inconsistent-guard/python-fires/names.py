import threading


class Names:
    def __init__(self):
        self._lock = threading.Lock()
        self._names = {}

    def add(self, key, name):
        with self._lock:
            self._names[key] = name

    def drop(self, key):
        with self._lock:
            self._names.pop(key, None)

    def find(self, key):
        with self._lock:
            return self._names.get(key)

    def keys(self):
        return [key for key in self._names]  # want "`keys` reads `Names._names` .* going over it may raise `RuntimeError`"
