import { Injectable, NestMiddleware } from "@nestjs/common";

@Injectable()
export class AuditMiddleware implements NestMiddleware {
  private readonly entries: string[] = [];
  private readonly latest: string[] = [];

  use(request: { path: string }, _response: unknown, next: () => void) {
    this.entries.push(request.path); // want "`AuditMiddleware.entries` only ever grows"
    this.latest.push(request.path);
    if (this.latest.length > 100) this.latest.shift();
    next();
  }
}

@Injectable()
export class Recipes {
  private readonly steps: string[] = [];

  // Nobody but the program itself calls it.
  use(step: string) {
    this.steps.push(step);
  }
}
