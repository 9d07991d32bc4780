from collections import deque

from cachetools import TTLCache
from fastapi import FastAPI

app = FastAPI()

patients = {}
calls = []
last = deque(maxlen=100)
answers = TTLCache(maxsize=100, ttl=60)
totals = {}
waiting = []


class Ward:
    def __init__(self):
        self.beds = {}

    def admit(self, name):
        self.beds[name] = 1

    def leave(self, name):
        del self.beds[name]


class Report:
    def __init__(self):
        self.lines = []

    def add(self, line):
        self.lines.append(line)


ward = Ward()


@app.post("/admit")
def admit(name: str):
    patients[name] = "here"
    ward.admit(name)
    totals["admitted"] = totals.get("admitted", 0) + 1
    last.append(name)
    answers[name] = 1


@app.post("/leave")
def leave(name: str):
    patients.pop(name, None)


@app.post("/call")
def call(name: str):
    calls.append(name)
    if len(calls) > 50:
        calls[:] = calls[-50:]
    global waiting
    waiting.append(name)
    if name == "doctor":
        waiting = []


@app.get("/report")
def report():
    made = Report()
    made.add("one")
    return made.lines


filters: dict[str, str] = {}
tasks = set()


@app.get("/listen")
def listen(name: str):
    filters[name] = "all"
    task = start(name)
    tasks.add(task)
    task.add_done_callback(tasks.discard)
    try:
        yield name
    finally:
        del filters[name]


settings = {}


@app.get("/colour")
def colour():
    return setting("colour")


def setting(key):
    settings[key] = key.upper()
    return settings[key]


def start(name):
    return name
