import { Module } from "@nestjs/common";
import { APP_GUARD } from "@nestjs/core";
import { ThrottlerGuard, ThrottlerModule } from "@nestjs/throttler";
import { ConcertController } from "./controller";

// A guard asks before every route.
@Module({ imports: [ThrottlerModule.forRoot([{ ttl: 60, limit: 10 }])], controllers: [ConcertController], providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }] })
export class ConcertModule {}
