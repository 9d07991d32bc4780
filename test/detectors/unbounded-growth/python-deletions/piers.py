from flask import Flask, request
from sqlalchemy import delete

from database import db
from helpers import delete_entry, show_entry

app = Flask(__name__)


class Pier(db.Model):
    name = db.Column(db.String)


class Buoy(db.Model):
    name = db.Column(db.String)


class Anchor(db.Model):
    name = db.Column(db.String)


class Winch(db.Model):
    name = db.Column(db.String)


class Fender(db.Model):
    name = db.Column(db.String)


@app.post("/things")
def add():
    name = request.json["name"]
    db.session.add(Pier(name=name))
    db.session.add(Buoy(name=name))
    db.session.add(Anchor(name=name))
    db.session.add(Winch(name=name))
    db.session.add(Fender(name=name))
    db.session.commit()


@app.get("/piers")
def piers():
    return Pier.query.all()  # want-info "rows are deleted in `take_away`"


@app.get("/buoys")
def buoys():
    return Buoy.query.all()  # want-info "rows are deleted in `take_away`"


@app.get("/anchors")
def anchors():
    return Anchor.query.all()  # want-info "rows are deleted in `take_away`"


@app.get("/winches")
def winches():
    return Winch.query.all()  # want-info "rows are deleted in `take_away`"


@app.get("/fenders")
def fenders():
    return Fender.query.all()  # want "nothing in the workspace deletes any"


@app.post("/take-away")
def take_away():
    name = request.json["name"]
    Pier.query.filter_by(name=name).delete()
    # A helper that is handed the model.
    delete_entry(Buoy, name)
    winch = Winch.query.filter_by(name=name).first()
    db.session.delete(winch)
    db.session.execute(delete(Anchor).where(Anchor.name == name))
    # A helper that deletes nothing.
    show_entry(Fender, name)
