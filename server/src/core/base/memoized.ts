import type { Turns } from "./turns";

/** A function of one object that is asked once for each: what it answers is kept for as long as the object is. */
export function memoized<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { answer: V }>();
  return (key) => {
    let kept = known.get(key);
    if (!kept) {
      kept = { answer: compute(key) };
      known.set(key, kept);
    }
    return kept.answer;
  };
}

/** The same of long work; whoever asks while it is not done yet does it too. */
export function memoizedInTurns<K extends object, V>(compute: (key: K) => Turns<V>): (key: K) => Turns<V> {
  const known = new WeakMap<K, { answer: V }>();
  return function* (key) {
    let kept = known.get(key);
    if (!kept) {
      kept = { answer: yield* compute(key) };
      known.set(key, kept);
    }
    return kept.answer;
  };
}
