import { Module } from "@nestjs/common";
import { ThrottlerModule } from "@nestjs/throttler";
import { ConcertController } from "./controller";

// Nobody asks what is set up here.
@Module({ imports: [ThrottlerModule.forRoot([{ ttl: 60, limit: 10 }])], controllers: [ConcertController] })
export class ConcertModule {}
