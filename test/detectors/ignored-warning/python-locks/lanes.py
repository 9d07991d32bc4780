import threading


class Canal:
    def __init__(self):
        # Guards the gates. Must not be held while calling raise_gate.
        self._gate_lock = threading.Lock()
        self._gates = {}

    def raise_gate(self, name):
        return name

    def open(self, name):
        with self._gate_lock:
            self._gates[name] = self.raise_gate(name)  # want "raise_gate"

    def shut(self, name):
        raised = self.raise_gate(name)
        with self._gate_lock:
            self._gates[name] = raised
