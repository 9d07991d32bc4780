import { isTestDouble } from "../../model/graph/inProduction";
import { lockAnalysisInTurns } from "../../model/graph/lockAnalysis";
import { isForTests } from "../../model/testSupport";
import type { Detector, DetectorFinding } from "../detector";
import { LocksHandedOn } from "./handedOn";
import { detectorId, notesOf, type ObjectNotes, objectNotes } from "./keptInObjects";
import { leftHeld } from "./leftHeld";
import { leftOnError } from "./leftOnError";
import { wrongReleases } from "./wrongReleases";

export const missingUnlock: Detector<ObjectNotes> = {
  id: detectorId,
  title: "Missing unlock",
  defaultSeverity: "warning",
  options: {},
  docs: {
    whatItDoes:
      'Follows every way through a function that takes a lock, and reports those that end with the lock still held: an early `return`, a `throw` or `panic`, a way that falls off the end. It also reports a lock that nothing unlocks, one that is unlocked on a way on which it was not taken, one that is unlocked where neither the function nor any that calls it has locked it, one that is unlocked twice, and in Go one that is taken with `RLock` and released with `Unlock`. In Go it also reports a function that hands its lock on to those who call it, returns an error with the lock held as well, and all of whose callers then leave without unlocking it (`if err != nil { return err }`). Where calls can raise exceptions it reports a lock that is taken and released without `finally` or `with` around what comes between: at the level `info` in Python, where almost anything may raise, in TypeScript and JavaScript where only methods of collections, calculations and functions that call nothing else come between, and in Java unless something that comes between is seen to throw, waits, or asks the outside (files, processes, the network, a database), and nothing where only further locks are taken or an empty collection is made. The witness shows where the lock is taken, where other ways release it, and the way out that does not.\n\nFunctions that hand a lock on are fine: by name (`lockShard`, `acquire`), by comment ("returns with mu held", also beside the call: "the lock is not released"), because they return what unlocks it or keep it where others call it, because a function they call gives them what unlocks it and they call that, because a goroutine or callback releases it, because a caller does, also one that it leaves the lock to, because it stores the object that it has made and locked, because what it writes for later unlocks the elements of a list that the lock is put into, because a closure it gives away calls another one that does, or because all that other functions do with the lock is to release it, and the function only keeps it where it comes to its end. So are locks taken and released under the same condition, locks taken where a flag says that they are not held, locks released where it is asked whether they are held, or whether the variable they are reached through has a value, objects that hold a lock from their start, helpers of tests (also types such as `TestStore`), locks released for a while and taken again, also in a deferred function of one that defers the release, locks handed over hand in hand along a list, one lock of each element taken in a loop, and the lock of an object that each caller makes in the call and does not keep (`newReader(file).next()`). A lock that is the last thing a function takes waits for those who have it, and one that a function takes before it ends the process, or of an object that it has just taken out of a map, keeps others out for good: these are fine, too. A `panic` of Go counts where it is on the way of a request, since the server recovers from it. What a command leaves locked that returns its exit status (`Run(args []string) int`) is told as `info`, and so is a `panic` elsewhere, which ends the program unless somebody recovers from it; one that says that its place is never reached is nothing there.',
    whyIsThisBad:
      "The next one who wants the lock waits for ever, and so does everyone behind it. Nothing crashes and nothing is logged: requests pile up until the process is restarted. The way that leaks is most often the one that handles an error, so it is neither tested nor seen in review, and shows on the first bad day. Unlocking what is not locked ends a Go program at once, and throws elsewhere.",
    example: `func (h *Harbour) Assign(ship string) error {
	h.mu.Lock()
	berth, ok := h.free[ship]
	if !ok {
		return ErrNoBerth // still locked
	}
	h.taken[berth] = ship
	h.mu.Unlock()
	return nil
}`,
    exampleLanguage: "go",
    instead: `func (h *Harbour) Assign(ship string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	berth, ok := h.free[ship]
	if !ok {
		return ErrNoBerth
	}
	h.taken[berth] = ship
	return nil
}`,
    knownMisses: [
      "Semaphores that let in more than one, or as many as a variable says: a permit is often given back by somebody else.",
      "A condition that is tested twice but is not a name, a field or a comparison with a literal: `if len(q) > 0 { mu.Lock() }` is taken for two different questions, and the function is left alone only if that leaves too many ways.",
      "Functions with more ways through them than are walked, and what lies behind a `goto`.",
      "In Go, panics nobody wrote: an index out of range, a nil map, a panic inside a call.",
      "An exception that passes by a `catch` for another type: every `catch` is taken to catch everything.",
      "A function that nobody releases the lock for, when its name or comment says that it takes or keeps a lock.",
      "Locks in elements of collections are told apart only by the variable they are in.",
      "A lock that only one function knows, such as a local or one a call gives, when that function never unlocks it; a local that a function inside it takes is checked.",
      "A lock that a callee names only for itself, or that only some of the implementations which may be called take.",
      "A lock of TypeScript or JavaScript whose release is kept in a field that some function of the class calls, on however few ways.",
      "A lock taken through a function that gives a guard to unlock it by, when the guard is dropped.",
    ],
  },
  observe(fn) {
    return objectNotes(fn);
  },
  *check(model) {
    const analysis = yield* lockAnalysisInTurns(model);
    const handedOn = new LocksHandedOn(model, analysis);
    const findings: DetectorFinding[] = [];
    for (const locked of analysis.locking) {
      yield;
      const { file, fn, regions } = locked;
      if (isForTests(model, file, fn) || isTestDouble(file, fn) || fn.damaged || !regions.isComplete) continue;
      const left = leftHeld(model, locked, handedOn);
      const onError = left.length > 0 ? [] : leftOnError(model, locked, analysis, notesOf(fn)?.errors ?? []);
      findings.push(...left, ...onError, ...wrongReleases(model, locked, analysis));
    }
    return findings;
  },
};
