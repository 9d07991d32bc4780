"""Each part of a record has its own name, and is replaced as a whole or changed in place."""

import json
import threading

lock = threading.Lock()
state: dict[str, list] = {"health": {}, "log": [], "at": None}


def heard(data):
    with lock:
        state["health"] = data
        if data not in state["log"]:
            state["log"].append(data)


def health():
    with lock:
        current = state["health"]
    return json.dumps(current)
