import asyncio

from fastapi import FastAPI, WebSocket

app = FastAPI()


class Bells:
    def __init__(self) -> None:
        self._subscribers = []
        self.sockets: list[WebSocket] = []
        self._subscriptions: list[WebSocket] = []

    def subscribe(self, ring, kinds=None) -> None:
        self._subscribers.append((ring, kinds))

    def join(self, socket: WebSocket) -> None:
        self.sockets.append(socket)

    def leave(self, socket: WebSocket) -> None:
        self.sockets.remove(socket)

    # What the program itself has asked to be called.
    def ring(self, hour: int) -> None:
        for ring, kinds in self._subscribers:
            asyncio.create_task(ring(hour))  # want-info "They are functions of the program, which has few\.$"

    def hear(self, listener: WebSocket) -> None:
        self._subscriptions.append(listener)

    def strike(self, text: str) -> None:
        for listener in self._subscriptions:
            asyncio.create_task(listener.send_text(text))  # want-info "They are functions of the program, which has few\.$"

    def tell(self, text: str) -> None:
        for socket in self.sockets:
            asyncio.create_task(socket.send_text(text))  # want "starts 1 task for each of `self.sockets`"


bells = Bells()


@app.post("/ring")
def ring(hour: int):
    bells.ring(hour)


@app.post("/tell")
def tell(text: str):
    bells.tell(text)
    bells.strike(text)


@app.websocket("/bells")
async def listen(socket: WebSocket):
    bells.join(socket)
    while True:
        await socket.receive_text()
    bells.leave(socket)
