from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Member(Base):
    __tablename__ = "members"
    user_id: Mapped[int] = mapped_column(primary_key=True)
    room: Mapped[int]


class Mention(Base):
    __tablename__ = "mentions"
    id: Mapped[int] = mapped_column(primary_key=True)
    user: Mapped[int]
    room: Mapped[int]


class Reading(Base):
    __tablename__ = "readings"
    id: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int]
    room: Mapped[int]
