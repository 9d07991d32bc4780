/** Long work that yields where others may have a turn. */
export type Turns<T> = Generator<void, T>;

/** Does all of it at once. */
export function allAtOnce<T>(work: Turns<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/**
 * Does it in turns.
 *
 * @param pause asked at every turn; gives a promise when others are due, to go on after. When it fails, so does the
 * work, which is told.
 */
export async function inTurns<T>(work: Turns<T>, pause: () => Promise<unknown> | undefined): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    try {
      const others = pause();
      if (others) await others;
    } catch (error) {
      work.throw(error);
      throw error;
    }
  }
}
