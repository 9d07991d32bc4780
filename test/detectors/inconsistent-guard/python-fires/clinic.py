import threading


class Clinic:
    def __init__(self):
        self._lock = threading.Lock()
        self._patients: dict[str, int] = {}
        self._seen = 0
        self._queue: list[str] = []
        self._open = False

    def admit(self, name):
        with self._lock:
            self._patients[name] = 1
            self._seen += 1
            self._queue.append(name)
            self._open = True

    def discharge(self, name):
        with self._lock:
            del self._patients[name]
            self._patients.pop(name, None)
            self._seen -= 1
            self._queue.remove(name)

    def report(self):
        with self._lock:
            return (len(self._patients), self._seen, len(self._queue), self._open)

    def print_all(self):
        for name, ward in self._patients.items():  # want "`print_all` reads `Clinic._patients` without `Clinic._lock`"
            print(name, ward)

    def reset_count(self):
        self._seen = 0  # want "`reset_count` writes `Clinic._seen` without"

    def push(self, name):
        self._queue.append(name)  # want "`push` changes `Clinic._queue` without"

    def close(self):
        self._open = False  # want "`close` writes `Clinic._open` without"
