import threading

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

app = Flask(__name__)
limiter = Limiter(get_remote_address, app=app, default_limits=["20 per hour"])


def press(grape):
    print(grape)


# What is limited by default says so where the limiter is made.
@app.post("/press")
def press_all():
    for grape in request.get_json()["grapes"]:
        threading.Thread(target=press, args=(grape,)).start()
