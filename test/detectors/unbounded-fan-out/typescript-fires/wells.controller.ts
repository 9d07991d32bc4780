import { Controller, Param, Post } from "@nestjs/common";
import { PrismaClient } from "@prisma/client";

@Controller("wells")
export class WellsController {
  constructor(private readonly prisma: PrismaClient) {}

  @Post(":id/dry")
  async dry(@Param("id") id: string): Promise<void> {
    const farms = await this.prisma.farm.findMany({ where: { well: id } });
    for (const farm of farms) {
      await this.prisma.notice.create({ data: { farm: farm.id, well: id } }); // want "for each of `farms`"
    }
  }

  @Post(":id/full")
  async full(@Param("id") id: string): Promise<void> {
    await this.tell(id);
  }

  private async tell(well: string): Promise<void> {
    const owners = await this.prisma.owner.findMany({ where: { well } });
    for (const owner of owners) {
      await this.prisma.message.create({ data: { owner: owner.id } }); // want "for each of `owners`"
    }
  }
}
