/** Milliseconds of CPU of the process, which other programs do not lengthen as they do the clock. */
async function cost(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/**
 * How many times the CPU time of `less` that of `more` is, where less than 2 ms count as 2. The least of at most five
 * tries, of which the first below `limit` is enough: whatever else runs only disturbs it.
 */
export async function costRatio(more: () => unknown, less: () => unknown, limit: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 5 && least >= limit; attempt++) {
    const unit = Math.max(await cost(less), 2);
    least = Math.min(least, (await cost(more)) / unit);
  }
  return least;
}
