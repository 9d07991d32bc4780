import { Mutex } from "async-mutex";

declare function store(id: string, amount: number): Promise<void>;

export class Ledger {
  private readonly mutex = new Mutex();
  private readonly entries = new Map<string, number>();
  private balance = 0;
  private pending: string[] = [];
  private owner = "";

  async add(id: string, amount: number): Promise<void> {
    await this.mutex.runExclusive(async () => {
      this.entries.set(id, amount);
      await store(id, amount);
      this.balance += amount;
      this.pending.push(id);
      this.owner = id;
    });
  }

  async remove(id: string): Promise<void> {
    await this.mutex.runExclusive(async () => {
      this.entries.delete(id);
      await store(id, 0);
      this.balance -= 1;
      this.pending.pop();
      this.owner = "";
    });
  }

  reset(): void {
    this.balance = 0; // want "`reset` writes `Ledger.balance` without `Ledger.mutex`"
  }

  forget(id: string): void {
    this.entries.delete(id); // want "`forget` changes `Ledger.entries` without"
  }

  enqueue(id: string): void {
    this.pending.push(id); // want "`enqueue` changes `Ledger.pending` without"
  }

  rename(id: string): void {
    this.owner = id; // want "`rename` writes `Ledger.owner` without"
  }
}
