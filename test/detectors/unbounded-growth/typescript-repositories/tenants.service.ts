import { Body, Controller, Get, Post } from "@nestjs/common";
import { InjectRepository } from "@nestjs/typeorm";
import { Repository } from "typeorm";

class Tenancy {
  id!: number;
  customerId!: number;
}

@Controller("tenancies")
export class TenanciesController {
  constructor(@InjectRepository(Tenancy) private readonly repo: Repository<Tenancy>) {}

  @Get()
  async all() {
    const all = await this.repo.find(); // want "`this.repo.find\(\)` reads every row there is"
    const latest = await this.repo.find({ take: 10 });
    return { all, latest };
  }

  @Post()
  create(@Body() body: { customerId: number }) {
    return this.repo.save({ customerId: body.customerId });
  }
}
