from flask import Flask, jsonify
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


class Berth(db.Model):
    id = db.Column(db.Integer, primary_key=True)


class Mooring(db.Model):
    id = db.Column(db.Integer, primary_key=True)


class Buoy(Mooring):
    pass


class Chart:
    query = []


# A query of the model is none of the request.
@app.route("/standings")
def standings():
    found = []
    for mooring in Mooring.query.all():
        found.append(Berth.query.filter_by(id=mooring.id).first())  # want "each of `Mooring\.query` × 1 database read\.$"
    for buoy in Buoy.query.all():
        found.append(Berth.query.filter_by(id=buoy.id).first_or_404())  # want "each of `Buoy\.query` × 1 database read\.$"
    return jsonify(found)


@app.route("/charts")
def charts():
    return jsonify([chart.first() for chart in Chart.query])
