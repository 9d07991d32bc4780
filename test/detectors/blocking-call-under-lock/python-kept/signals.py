import threading

import requests
from flask import Flask

app = Flask(__name__)


class Signals:
    def __init__(self, score):
        self.lock = threading.Lock()
        self.heard = []
        self.count = 0
        self.score = score

    def listen(self, hear):
        with self.lock:
            self.heard.append(hear)

    def send(self, text):
        with self.lock:
            self.count += 1
            for hear in self.heard:
                hear(text)  # want "`send` holds `Signals.lock` while it goes to the network"

    def total(self):
        with self.lock:
            return self.score(self.count)

    def last(self):
        with self.lock:
            return self.count


def forward(text):
    requests.post("https://tower.example.com", data=text)


signals = Signals(lambda count: count + 1)
signals.listen(forward)


@app.post("/signals")
def post():
    signals.send("up")
    signals.total()
    signals.last()
    return ""
