import threading

from flask import Flask, request

from world import World

app = Flask(__name__)
world = World()


def load_missions():
    return world.db.execute("SELECT pilot, ship FROM missions").fetchall()  # want unbounded-growth "At start-up the whole table `missions` is read"


@app.route("/report", methods=["POST"])
def report():  # want-step unbounded-growth
    world.report(request.form["harbour"], request.form["price"])  # want-step unbounded-growth
    return "noted"


@app.route("/intel")
def intel():
    return world.prices()


@app.route("/distress", methods=["POST"])
def distress():  # want-step unbounded-fan-out, want-step io-in-hot-loop
    rows = world.db.execute("SELECT id FROM pilots WHERE harbour = ?", (request.form["harbour"],))
    for pilot in rows.fetchall():  # want-step unbounded-fan-out, want-step io-in-hot-loop
        world.db.execute("INSERT INTO missions (pilot, ship) VALUES (?, ?)", (pilot[0], request.form["ship"]))  # want unbounded-fan-out "Each request to `/distress` makes 1 INSERT on `missions`", want io-in-hot-loop "each request to `/distress` × each of `rows\.fetchall\(\)` × 1 INSERT on `missions`", want-step unbounded-growth
    return "sent"


world.start()
threading.Thread(target=world.run).start()
missions = load_missions()
