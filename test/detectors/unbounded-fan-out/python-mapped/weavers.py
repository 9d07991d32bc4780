from django.shortcuts import get_object_or_404
from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import create_engine, text

from looms import Loom, ring

app = Flask(__name__)
db = SQLAlchemy(app)
engine = create_engine("postgresql://db/weavers")


class Follower(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    user_id = db.Column(db.Integer)
    weaver_id = db.Column(db.Integer)


class Notice(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    user_id = db.Column(db.Integer)


# A query is asked by going over it.
@app.post("/weavers/<int:weaver>/cloths")
def publish(weaver):
    for follower in Follower.query.filter_by(weaver_id=weaver):
        db.session.add(Notice(user_id=follower.user_id))  # want "makes 1 row \(`db.session.add`\) for each of `Follower.query.filter_by"
    db.session.commit()
    return "", 201


@app.post("/weavers/<int:weaver>/first")
def first(weaver):
    for follower in Follower.query.filter_by(weaver_id=weaver).limit(10):
        db.session.add(Notice(user_id=follower.user_id))
    db.session.commit()
    return "", 201


# The text of a statement may be wrapped.
@app.post("/guilds/<int:guild>/call")
def call(guild):
    with engine.begin() as connection:
        members = connection.execute(text("SELECT user_id FROM members WHERE guild = :g"), {"g": guild}).fetchall()
        for member in members:
            connection.execute(text("INSERT INTO calls (user_id) VALUES (:u)"), {"u": member.user_id})  # want "makes 1 INSERT on `calls` for each of `members`"
            connection.execute(text("UPDATE members SET called = true WHERE user_id = :u"), {"u": member.user_id})
    return "", 202


# What an object is related to that a call gives.
@app.post("/looms/<int:loom>/stop")
def stop(loom):
    for member in get_object_or_404(Loom, pk=loom).members.all():
        ring.delay(member.phone)  # want "sends 1 message \(`Task.delay`\) for each of `get_object_or_404\(\).members`"
    return "", 202
