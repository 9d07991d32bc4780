import threading


class Crews:
    """Callers copy what they are given in one step."""

    def __init__(self):
        self._lock = threading.Lock()
        self._crews = {}

    def hire(self, name, crew):
        with self._lock:
            self._crews[name] = crew

    def dismiss(self, name):
        with self._lock:
            del self._crews[name]

    def values(self):
        with self._lock:
            return self._crews.values()  # want-info "`values` returns `Crews._crews` itself"

    def items(self):
        with self._lock:
            return self._crews.items()  # want "`items` returns `Crews._crews` itself, .*under that lock\.$"


def muster(crews: Crews):
    for crew in list(crews.values()):
        crew.muster()
    return sorted(crews.values())


def pay(crews: Crews):
    for name, crew in crews.items():
        crew.pay(name)
