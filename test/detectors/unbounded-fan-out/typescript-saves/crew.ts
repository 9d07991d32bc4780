import { Controller, Param, Post } from "@nestjs/common";
import { InjectRepository } from "@nestjs/typeorm";
import { type Repository } from "typeorm";

class Member {
  id: number;
  deck: string;
}

class Alarm {
  id: number;
  memberId: number;
}

@Controller("decks")
export class Decks {
  constructor(
    @InjectRepository(Member) private readonly members: Repository<Member>,
    @InjectRepository(Alarm) private readonly alarms: Repository<Alarm>,
  ) {}

  @Post(":deck/alarm")
  async alarm(@Param("deck") deck: string) {
    const members = await this.members.find({ where: { deck } });
    for (const member of members) {
      await this.alarms.save({ memberId: member.id }); // want "^Each call of `Decks.alarm` makes 1 row \(`this.alarms.save`\) for each of `members`\. None of four"
    }
  }

  // They are there already.
  @Post(":deck/wake")
  async wake(@Param("deck") deck: string) {
    const members = await this.members.find({ where: { deck } });
    for (const member of members) {
      await this.members.save({ ...member, deck: "upper" });
      await this.members.save({ id: member.id, deck: "upper" });
    }
  }
}
