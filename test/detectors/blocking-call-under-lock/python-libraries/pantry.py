import threading

from flask import Flask
from openai import OpenAI

import scales_pb2_grpc

app = Flask(__name__)


class Pantry:
    def __init__(self):
        self.lock = threading.Lock()
        self.model = OpenAI()
        self.recipes = {}

    def suggest(self, name):
        with self.lock:
            self.recipes[name] = self.model.chat.completions.create(model="small")  # want "`suggest` holds `Pantry.lock` while it goes to the network \(`openai.OpenAI.chat.completions.create`\)"

    # A client that is made asks nobody yet.
    def renew(self):
        with self.lock:
            self.model = OpenAI()

    def known(self, name):
        with self.lock:
            return self.recipes.get(name)

    def forget(self, name):
        with self.lock:
            self.recipes.pop(name, None)


class Scales:
    def __init__(self, channel):
        self.lock = threading.Lock()
        self.stub = scales_pb2_grpc.ScalesStub(channel)
        self.weights = {}

    def weigh(self, name):
        with self.lock:
            self.weights[name] = self.stub.Weigh(name)  # want "`weigh` holds `Scales.lock` while it goes to the network"

    # The stub is made of a channel, and nobody is asked.
    def reconnect(self, channel):
        with self.lock:
            self.stub = scales_pb2_grpc.ScalesStub(channel)

    def weight(self, name):
        with self.lock:
            return self.weights.get(name)

    def clear(self):
        with self.lock:
            self.weights.clear()


class Stove:
    def __init__(self):
        self.gate = threading.Semaphore(1)
        self.rings = threading.Semaphore(4)
        self.model = OpenAI()
        self.pots = {}

    # One at a time: that is a lock.
    def cook(self, name):
        with self.gate:
            self.pots[name] = self.model.responses.create(model="small")  # want "`cook` holds `Stove.gate` while it goes to the network"

    # Four at a time: that is a limit.
    def fry(self, name):
        with self.rings:
            return self.model.responses.create(model="small")

    def pot(self, name):
        with self.gate:
            return self.pots.get(name)

    def clear(self):
        with self.gate:
            self.pots.clear()


pantry = Pantry()
stove = Stove()
scales = Scales(None)


@app.post("/recipes/<name>")
def suggest(name):
    pantry.suggest(name)
    scales.weigh(name)
    stove.cook(name)
    return str(stove.fry(name))


@app.get("/recipes/<name>")
def known(name):
    return str(pantry.known(name)) + str(scales.weight(name)) + str(stove.pot(name))


@app.delete("/recipes/<name>")
def forget(name):
    pantry.forget(name)
    pantry.renew()
    scales.clear()
    stove.clear()
    scales.reconnect(None)
    return ""
