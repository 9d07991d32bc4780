import threading
import time

from flask import Flask, abort, request

app = Flask(__name__)
asked = {}


def once_in(seconds):
    def decorate(answer):
        def asked_again(*given):
            if time.time() - asked.get(request.remote_addr, 0) < seconds:
                abort(429)
            asked[request.remote_addr] = time.time()
            return answer(*given)

        return asked_again

    return decorate


def named(name):
    def decorate(answer):
        def told(*given):
            print(name)
            return answer(*given)

        return told

    return decorate


def fill(bottle):
    time.sleep(bottle)


# A decorator of the team's own turns away whoever asks again.
@app.post("/fill")
@once_in(3600)
def fill_all():
    for bottle in request.get_json()["bottles"]:
        threading.Thread(target=fill, args=(bottle,)).start()


# This one only says who asks.
@app.post("/cork")
@named("cork")
def cork_all():
    for bottle in request.get_json()["bottles"]:
        threading.Thread(target=fill, args=(bottle,)).start()  # want "^Each request to `/cork` starts .* None of four protections"
