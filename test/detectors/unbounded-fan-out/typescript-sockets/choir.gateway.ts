import { InjectModel } from "@nestjs/mongoose";
import { MessageBody, SubscribeMessage, WebSocketGateway } from "@nestjs/websockets";
import { Model } from "mongoose";

class Singer {}
class Letter {}

@WebSocketGateway()
export class ChoirGateway {
  private readonly sung = new Map<string, number>();

  constructor(
    @InjectModel(Singer.name) private singers: Model<Singer>,
    @InjectModel(Letter.name) private letters: Model<Letter>,
  ) {}

  @SubscribeMessage("call")
  async call(@MessageBody() body: { choir: string }) {
    const members = await this.singers.find({ choir: body.choir });
    for (const member of members) {
      await this.letters.create({ to: member._id }); // want "makes 1 row \(`this.letters.create`\) for each of `members`"
    }
  }

  // So long after the one before.
  @SubscribeMessage("sing")
  async sing(@MessageBody() body: { choir: string }) {
    const now = Date.now();
    if (now - (this.sung.get(body.choir) ?? 0) < 60_000) return;
    this.sung.set(body.choir, now);
    const members = await this.singers.find({ choir: body.choir });
    for (const member of members) {
      await this.letters.create({ to: member._id });
    }
  }
}
