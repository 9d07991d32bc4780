import threading

from flask import Blueprint, request

from app import limiter, press

cellar = Blueprint("cellar", __name__)
limiter.limit("5/minute")(cellar)


# What a whole blueprint is put into is put on each of its routes.
@cellar.post("/casks")
def fill():
    for cask in request.get_json()["casks"]:
        threading.Thread(target=press, args=(cask,)).start()
