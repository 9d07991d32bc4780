import json
import threading

lock = threading.Lock()
rows: dict[str, list[str]] = {"north": [], "south": []}


def heard(side, data):
    with lock:
        if data not in rows[side]:
            rows[side].append(data)


def of(side):
    with lock:
        current = rows[side]
    return json.dumps(current)  # want "`of` serialises `states.rows` after it has released `states.lock`"
