import { Args, Mutation, Resolver } from "@nestjs/graphql";
import { PrismaClient } from "@prisma/client";

@Resolver()
export class WellsResolver {
  constructor(private readonly prisma: PrismaClient) {}

  @Mutation()
  async drainWell(@Args("id") id: string): Promise<boolean> {
    const farms = await this.prisma.farm.findMany({ where: { well: id } });
    for (const farm of farms) {
      await this.prisma.notice.create({ data: { farm: farm.id, well: id } }); // want "Each call of `WellsResolver.drainWell` makes 1 row .*for each of `farms`"
    }
    return true;
  }
}
