import asyncio
import queue
import threading

from flask import Flask

app = Flask(__name__)


class Smithy:
    def __init__(self, hearths):
        self.tongs = threading.Lock()
        self.orders = queue.Queue(maxsize=20)
        self.shoes = queue.Queue(hearths)
        self.nails = queue.Queue(0)
        self.done = {}

    def order(self, name):
        with self.tongs:
            self.orders.put(name)  # want "`order` holds `Smithy.tongs` while it waits .*`work`, which takes out what is put in, needs the lock itself: without room, neither goes on"

    # It gives up where there is no room.
    def order_soon(self, name):
        with self.tongs:
            self.orders.put(name, timeout=1)

    # As many as come.
    def drop(self, nail):
        with self.tongs:
            self.nails.put(nail)

    def work(self):
        while True:
            name = self.orders.get()
            with self.tongs:
                self.done[name] = self.nails.get(False)

    def finished(self, name):
        with self.tongs:
            return self.done.get(name)


smithy = Smithy(3)


@app.post("/orders/<name>")
def order(name):
    smithy.order(name)
    smithy.order_soon(name)
    smithy.drop(name)
    return str(smithy.finished(name))


threading.Thread(target=smithy.work).start()
