from aiohttp import web

from orders import TABLE, deck


async def receive(request):
    body = await request.json()
    run = TABLE.get(body["order"])
    if run:
        await run(request.app["ship"], body["words"])
    deck.signs[body["sign"]](body["text"])
    return web.Response()


app = web.Application()
app.router.add_post("/orders", receive)
