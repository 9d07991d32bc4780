from database import db


def delete_entry(table, name):
    entry = table.query.filter_by(name=name).first()
    db.session.delete(entry)
    db.session.commit()


def show_entry(table, name):
    return table.query.filter_by(name=name).first()
