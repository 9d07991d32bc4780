from fastapi import FastAPI
from sqlalchemy import Integer
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, relationship

app = FastAPI()


class Base(DeclarativeBase):
    pass


class Reminder(Base):
    patient = mapped_column(Integer)


class Ward(Base):
    patients = relationship("Patient")
    beds = [1, 2]


def find(db: Session, ward: int) -> Ward:
    return Ward()


@app.post("/wards/remind")
def remind_ward(db: Session, ward: int):
    found = find(db, ward)
    for patient in found.patients:
        db.add(Reminder(patient=patient.id))  # want "for each of `found.patients`"
    for bed in found.beds:
        db.add(Reminder(patient=bed))
