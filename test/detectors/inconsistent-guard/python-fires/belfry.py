import threading

from bells import roster, roster_lock
import bells


class Carillon:
    def __init__(self):
        self._lock = threading.Lock()
        self._idle = threading.Condition(self._lock)
        self._other = threading.Lock()
        self._ringing = {}

    def ring(self, bell):
        with self._idle:
            self._ringing[bell] = True
            self._idle.notify_all()

    def still(self, bell):
        with self._lock:
            self._ringing.pop(bell)

    def swing(self):
        for bell in self._ringing:  # want "`swing` reads `Carillon._ringing` without `Carillon._lock`: it is guarded in 2 of 3"
            print(bell)


def enrol(name):
    with roster_lock:
        roster[name] = 1


def strike(name):
    with bells.roster_lock:
        bells.roster.pop(name)


def call():
    for name in roster:  # want "`call` reads `bells.roster` without `bells.roster_lock`"
        print(name)
