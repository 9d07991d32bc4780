from fastapi import APIRouter, Depends
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db import session_of
from models import Member, Mention, Reading

router = APIRouter()


class Post(BaseModel):
    text: str
    mentions: list[int]
    lines: list[int]


async def members_of(session: AsyncSession, room: int) -> list[int]:
    result = await session.execute(select(Member.user_id).where(Member.room == room))
    return list(result.scalars())


# Those of the request in one arm, those of the server in the other.
@router.post("/rooms/{room}/posts")
async def post(room: int, body: Post, session: AsyncSession = Depends(session_of)):
    if "@all" in body.text:
        targets = await members_of(session, room)
    else:
        targets = body.mentions
    for user in targets:
        session.add(Mention(user=user, room=room))  # want "^Each request to `/rooms/\{room\}/posts` makes 1 row \(`session.add`\) for each of `targets`\. None of four"
    await session.commit()


# Those of the request in both.
@router.post("/rooms/{room}/lines")
async def lines(room: int, body: Post, session: AsyncSession = Depends(session_of)):
    if "@all" in body.text:
        targets = body.lines
    else:
        targets = body.lines[:1]
    for line in targets:
        session.add(Reading(line=line, room=room))
    await session.commit()
