import { Body, Controller, Post } from "@nestjs/common";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();

@Controller("concerts")
export class ConcertController {
  @Post("move")
  async move(@Body() body: { concert: string }) {
    const followers = await prisma.follower.findMany({ where: { concert: body.concert } });
    for (const follower of followers) {
      await prisma.task.create({ data: { singer: follower.singer } }); // want-info "only a rate limit for all routes was found"
    }
  }
}
