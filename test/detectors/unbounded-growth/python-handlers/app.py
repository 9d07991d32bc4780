from flask import Flask, request

app = Flask(__name__)
KEEPERS = []
STARTED = []
NOTES = []
PLUGINS = []


# Handlers by what they are registered as, whatever they are called.
@app.post("/register")
def register():
    KEEPERS.append(request.get_json())  # want "`KEEPERS` only ever grows: each request to `/register` adds to it"
    return "", 204


@app.post("/start")
def start():
    STARTED.append(request.get_json())  # want "`STARTED` only ever grows"
    return "", 204


@app.post("/notes")
def note():
    NOTES.append(request.get_json())
    return "", 204


# One that starts anew takes away.
@app.post("/restore")
def restore():
    global NOTES
    NOTES = []
    return "", 204


def register_plugin(plugin):
    PLUGINS.append(plugin)


# What is called on the way, and by its name puts a part of the program in its place.
@app.post("/plugins")
def load():
    register_plugin(request.get_json()["name"])
    return "", 204
