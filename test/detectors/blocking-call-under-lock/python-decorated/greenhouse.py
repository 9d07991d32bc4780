import contextlib
import functools
import threading

import requests
from flask import Flask

app = Flask(__name__)


def tended(work):
    @functools.wraps(work)
    def inner(self, *given, **named):
        with self.gate:
            return work(self, *given, **named)

    return inner


def counted(work):
    @functools.wraps(work)
    def inner(self, *given):
        with self.gate:
            self.rounds += 1
        return work(self, *given)

    return inner


class Greenhouse:
    def __init__(self):
        self.gate = threading.Lock()
        self.beds = {}
        self.rounds = 0

    @tended
    def sow(self, bed):
        self.beds[bed] = 0
        requests.post("https://seeds.example.com")  # want "`sow` holds `Greenhouse.gate` while it goes to the network"

    @tended
    def rake(self, bed):
        self.beds.pop(bed, None)

    @tended
    def look(self, bed):
        return self.beds.get(bed)

    @counted
    def ask(self, bed):
        requests.get("https://weather.example.com")

    @contextlib.contextmanager
    def opened(self):
        self.gate.acquire()
        try:
            yield self.beds
        finally:
            self.gate.release()

    def water(self, bed):
        with self.opened() as beds:
            beds[bed] = 1
            requests.post("https://well.example.com")  # want "`water` holds `Greenhouse.gate` while it goes to the network"
        requests.post("https://done.example.com")

    @contextlib.contextmanager
    def noted(self):
        with self.gate:
            self.rounds += 1
        yield self.rounds

    def walk(self):
        with self.noted():
            requests.post("https://walk.example.com")


house = Greenhouse()


@app.post("/beds/<bed>")
def tend(bed):
    house.sow(bed)
    house.rake(bed)
    house.look(bed)
    house.ask(bed)
    house.water(bed)
    house.walk()
    return ""
