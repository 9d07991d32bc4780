import threading

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

app = Flask(__name__)
limiter = Limiter(get_remote_address, app=app)


def press(grape):
    print(grape)


# The limiter is only made here: nothing puts it on this route.
@app.post("/press")
def press_all():
    for grape in request.get_json()["grapes"]:
        threading.Thread(target=press, args=(grape,)).start()  # want "None of four protections"


@app.post("/press/slowly")
@limiter.limit("5/minute")
def press_slowly():
    for grape in request.get_json()["grapes"]:
        threading.Thread(target=press, args=(grape,)).start()
