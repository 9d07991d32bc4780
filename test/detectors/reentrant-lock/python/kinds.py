import threading


class Shed:
    def __init__(self, plain=False, nested=False):
        # Which of the two it is, whoever makes it decides.
        if plain:
            self.door = threading.Lock()
        elif nested:
            self.door = threading.RLock()
        self.tools = []

    def put(self, tool):
        with self.door:
            if not self.holds(tool):
                self.tools.append(tool)

    def holds(self, tool):
        with self.door:
            return tool in self.tools


class Barn:
    def __init__(self):
        self.gate = threading.Lock()
        self.carts = []

    def renew(self):
        self.gate = threading.Lock()

    def put(self, cart):
        with self.gate:
            if not self.holds(cart):  # want "calls `holds`, which takes it again"
                self.carts.append(cart)

    def holds(self, cart):
        with self.gate:
            return cart in self.carts
