/** Takes apart what `git cat-file --batch` prints. */
export class BlobStream {
  /** Answers so far. */
  count = 0;
  private rest: Buffer = Buffer.alloc(0);

  constructor(private readonly onText: (index: number, text: string | undefined) => void) {}

  push(chunk: Buffer): void {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    for (;;) {
      const end = this.rest.indexOf(10);
      if (end < 0) return;
      const size = / blob (\d+)$/.exec(this.rest.toString("latin1", 0, end))?.[1];
      const next = end + 1 + (size === undefined ? 0 : Number(size) + 1);
      if (this.rest.length < next) return;
      const isText = size !== undefined && !this.rest.subarray(end + 1, next).includes(0);
      this.onText(this.count++, isText ? this.rest.toString("utf8", end + 1, next - 1) : undefined);
      this.rest = this.rest.subarray(next);
    }
  }
}
