import { lockAnalysisInTurns } from "../../model/graph/lockAnalysis";
import type { Detector, DetectorFinding } from "../detector";
import { brokenBy } from "./brokenWarnings";
import { brokenOrders, ordersToldIn, type ToldOrder } from "./lockOrders";
import { lockNames, warningsIn } from "./told";

export const ignoredWarning: Detector = {
  id: "ignored-warning",
  title: "Ignored warning",
  defaultSeverity: "warning",
  options: {},
  docs: {
    whatItDoes:
      "Compares what comments say of locks with what the code does. A comment that says who may call a function, and how, is read as a rule: `caller must hold mu`, `must not be called with mu held`, `calling AddBerth here would deadlock`. Reported is a call that breaks it: the lock is not held although the comment asks for it and other callers do hold it, or it is held although the comment forbids it. Where it names the type as well (`Pool.mu`), it is the lock of that one. So is what the comment at a lock says of functions that it names (`do not hold it while calling Dial`). A warning counts for every caller in the workspace, also for those written long after the comment. Functions and types that are said not to be safe for concurrent use are reported where a request handler runs them on an object that all requests share (a variable of the process, a field of the object whose method answers them, what the function that registers the handler was given), or goroutines started in a loop on one from outside, with no lock held. Where such a type says that its owner or callers lock, its methods are held to that: the lock is the one that others hold at such calls. Where nobody keeps what a comment asks for, only callers that a request reaches are reported. Comments on the order of locks (`berthMu must not be taken while holding queueMu`, `Lock order: berthMu, then queueMu`) are held against every place that takes them.",
    whyIsThisBad:
      "Somebody found this out the hard way and wrote it down, where the next author did not look. A deadlock of this kind takes the whole process; a missing lock corrupts data once a week. Neither shows in a review that sees only the changed lines, since the comment is in another function.",
    example: `// release frees a berth. The caller must hold h.mu.
func (h *Harbour) release(id string) { delete(h.berths, id) }

func (h *Harbour) Depart(id string) {
	h.release(id) // h.mu is not held
}`,
    exampleLanguage: "go",
    instead: `func (h *Harbour) Depart(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.release(id)
}`,
    knownMisses: [
      "Comments in other words than the usual ones, and in other languages than English.",
      "A rule that no caller keeps, where no request reaches them: then it is the comment, or what Fathom sees of the locks, that is in doubt.",
      "Comments on the order of locks that name one by anything but its name.",
      "A function that is handed over together with the lock, as in `withLock(&h.mu, h.release)`: it is taken to run under it.",
      "A lock that the comment asks for, where some callers of the calling function hold it and others do not, where a comment in front of the call speaks of locks, where the object was made in the same function, or in every function that calls the calling one, or where only what makes the object calls.",
      "A lock that the type only has a pointer to: others hold it by another name.",
      "A warning about a function that is returned or handed on, which the comment names.",
      "Warnings in documents outside the code; rules of instruction files are checked by themselves.",
      "In Java, an inherited lock that is used without `this.`.",
      "Comments on fields (`guarded by mu`) are left to `inconsistent-guard`.",
    ],
  },

  *check(model) {
    const locks = yield* lockAnalysisInTurns(model);
    const findings: DetectorFinding[] = [];
    const locksByName = lockNames(locks);
    const orders: ToldOrder[] = [];
    for (const file of model.files.values()) {
      yield;
      if (file.leftOut || file.isTest) continue;
      for (const told of warningsIn(file)) findings.push(...brokenBy(model, locks, locksByName, file, told));
      orders.push(...ordersToldIn(file, locksByName));
    }
    return [...findings, ...brokenOrders(model, locks, orders)];
  },
};
