import threading

from app import app, press
from django.core.cache import cache
from flask import request


# Another request within the hour finds what this one has left.
@app.post("/press/hourly")
def press_hourly():
    if cache.get("pressed"):
        return "", 429
    cache.set("pressed", 1, 3600)
    for grape in request.get_json()["grapes"]:
        threading.Thread(target=press, args=(grape,)).start()


@app.post("/press/once")
def press_once():
    if cache.get("pressed"):
        return ""
    cache.set("pressed", 1, 3600)
    for grape in request.get_json()["grapes"]:
        threading.Thread(target=press, args=(grape,)).start()


# What is left is something else.
@app.post("/press/told")
def press_told():
    if cache.get("closed"):
        return ""
    cache.set("pressed", 1, 3600)
    for grape in request.get_json()["grapes"]:
        threading.Thread(target=press, args=(grape,)).start()  # want "None of four protections"
