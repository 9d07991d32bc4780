from flask import Flask, request

app = Flask(__name__)


class Stall:
    def __init__(self):
        self.sung = []


class Box:
    def __init__(self):
        self.calls = []


stalls = {"north": Stall()}
boxes: dict[str, Box] = {}


@app.post("/sing")
def sing():
    stalls["north"].sung.append(request.args["song"])  # want "`Stall.sung` only ever grows: each request to `/sing` adds to it"
    return ""


waiting = {}
called = {}


@app.post("/wait")
def wait():
    waiting.setdefault("harbour", []).append(request.args["song"])  # want "`choir.waiting` only ever grows: each request to `/wait` adds to it"
    called.setdefault("harbour", []).append(request.args["song"])
    called.pop(request.args["song"], None)
    return ""


# A box goes, and what it has with it.
@app.post("/call")
def call():
    boxes[request.args["box"]].calls.append(request.args["call"])
    return ""


@app.post("/leave")
def leave():
    boxes.pop(request.args["box"], None)
    return ""
