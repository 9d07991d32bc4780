/** Waits, and does nothing else. */
export const pause = (length: number) => new Promise<void>((resolve) => setTimeout(resolve, length));

export function rest(length: number): Promise<string> {
  return new Promise((done) => {
    setTimeout(() => done("rested"), length);
  });
}

/** Does not wait: whoever calls it goes on at once. */
export function later(run: () => void, length: number): void {
  setTimeout(run, length);
}
