import psycopg2
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase

connection = psycopg2.connect("dbname=library")
cursor = connection.cursor()
engine = create_engine("postgresql://localhost/library")


class Base(DeclarativeBase):
    pass


class Reader(Base):
    __tablename__ = "readers"


class Reminder(Base):
    __tablename__ = "reminders"
