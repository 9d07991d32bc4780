import type { AccessPath } from "./facts";

/** Where the names visible at one place get their values, innermost block first. */
export class Scope {
  private readonly origins = new Map<string, AccessPath>();
  private fresh: Map<string, boolean> | undefined;
  /** Whether type parameters are among the names, each as `<T>`. */
  isGeneric: boolean;

  /** @param isOfFunction what is made around a function may be known to others once it runs */
  constructor(
    readonly outer: Scope | undefined,
    private readonly isOfFunction = false,
  ) {
    this.isGeneric = outer?.isGeneric ?? false;
  }

  lookup(name: string): AccessPath | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.outer) {
      const origin = scope.origins.get(name);
      if (origin !== undefined) return origin;
    }
    return undefined;
  }

  bind(name: string, origin: AccessPath): void {
    this.origins.set(name, origin);
  }

  own(name: string): AccessPath | undefined {
    return this.origins.get(name);
  }

  /** Whether a name stands for an object that was made here. */
  isFresh(name: string): boolean {
    for (let scope: Scope | undefined = this; scope; scope = scope.outer) {
      const known = scope.fresh?.get(name);
      if (known !== undefined) return known;
      if (scope.isOfFunction) return false;
    }
    return false;
  }

  /** What is given in a block around is only so while that lasts; another value counts behind it as well. */
  setFresh(name: string, isFresh: boolean): void {
    if (isFresh) {
      this.fresh ??= new Map();
      this.fresh.set(name, true);
      return;
    }
    for (let scope: Scope | undefined = this; scope; scope = scope.outer)
      if (scope.fresh?.has(name)) scope.fresh.set(name, false);
  }

  /** The scope that binds a name. */
  ownerOf(name: string): Scope | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.outer) if (scope.origins.has(name)) return scope;
    return undefined;
  }
}
