import { Body, Controller, Post, UseGuards } from "@nestjs/common";
import { ThrottlerGuard } from "@nestjs/throttler";
import { Pool } from "pg";

@UseGuards(ThrottlerGuard)
@Controller("harvest")
export class HarvestController {
  constructor(private readonly pool: Pool) {}

  @Post()
  async call(@Body() body: { slope: string }) {
    const { rows } = await this.pool.query("SELECT id FROM growers WHERE slope = $1", [body.slope]);
    for (const grower of rows) {
      await this.pool.query("INSERT INTO harvests (grower) VALUES ($1)", [grower.id]);
    }
  }
}
