import type { DetectorInfo } from "../detector";

export const docs: DetectorInfo["docs"] = {
  whatItDoes: `Collects, over the whole workspace, which lock is taken while which other one is held, directly or through calls, and reports two locks that are taken in both orders, with a witness for each order. Circles of three and four locks are found too. A lock is its declaration (\`Account.mu\`); two locks of one declaration count when they are different members of one type, or different variables.

It also reports a function that takes the same lock of two objects its caller hands in (\`transfer(from, to)\`), unless it compares the two with each other (not one of them with something else: \`from.balance() < amount\`) or exchanges them in front of the second lock, or one of them is new wherever it is called. So is one that takes the locks of two keys its caller hands in by the same call (\`locks.hold(from)\`, \`locks.hold(to)\`), where nothing compares the two and no other lock is held around them.

Nothing is reported when a third lock is held in both places, when a lock is only tried or belongs to an object that was just made, by a function on the way, too, when the two are of objects that two fields of one type were made with, when the holder gives it back on the way, in constructors, \`main\` and \`init\`, in tests, when two read locks meet that nobody takes for writing, and for local locks. A way that the holder never gets through, since it leads to the lock that is held, counts for \`reentrant-lock\` alone. Neither is what a constant argument, or a flag of the object that decides at both places, rules out. Told as \`info\`, with the reason, is a circle of which one side is only there in what nothing but tests, or nobody at all, calls (not for public Java methods, which others may call), behind a variable that only tests set (\`if noPanic\`), in a function that starts or ends the object that both locks belong to, behind a question of what kind the object is that is handed in (\`if not bill.is_paid():\`), behind a flag that a function on the other side sets once (\`if b.isLive { return }\`), behind a parameter that is missing, where whoever calls gives something (\`if (model == null) return Model.standard()\`), in a function that asks twice whether something is there and makes it once, where a comment in the function speaks of the order of locks, or where all ways together lead over more than seven calls; a function that takes the same lock of two objects and that nothing but tests, or nobody at all, calls, though others of its type are called; and a circle in which a lock is taken of one object here and of the elements of a collection there, and the type has a field that tells kinds apart (\`kind\`, \`type\`, \`role\`): the collection may hold objects of one kind only. So is a circle through the lock of a Go struct that several others embed, where it is that of one of them here and not there.`,
  whyIsThisBad: `When the two functions run at once, each holds what the other waits for, and neither ever goes on. Everything else that needs one of the locks queues up behind them. It takes the right moment, so it shows under load in production and not in a test.`,
  example: `func (f *Ferry) Board(q *Quay) {
	f.mu.Lock()
	defer f.mu.Unlock()
	q.mu.Lock() // Ferry.mu, then Quay.mu
	defer q.mu.Unlock()
	f.aboard, q.waiting = f.aboard+q.waiting, 0
}

func (q *Quay) Close(f *Ferry) {
	q.mu.Lock()
	defer q.mu.Unlock()
	f.mu.Lock() // Quay.mu, then Ferry.mu
	defer f.mu.Unlock()
	f.quay, q.open = nil, false
}`,
  exampleLanguage: "go",
  instead: `// Order of locks: Ferry.mu before Quay.mu.
func (q *Quay) Close(f *Ferry) {
	f.mu.Lock()
	defer f.mu.Unlock()
	q.mu.Lock()
	defer q.mu.Unlock()
	f.quay, q.open = nil, false
}`,
  knownMisses: [
    "What reading or writing a property does (`@property`, `get size()`), where another file declares it.",
    "A lock that is taken behind more than six calls.",
    "Objects are told apart by type only: two orders that never meet in the same pair of objects are reported, such as a lock of a parent and that of a child of the same two types.",
    "Locks of elements of a list or map, taken one after the other without a fixed order, unless a function gives the lock of a key and is called for two parameters.",
    "Calls that are decided at run time between several implementations.",
    "Locks that a guard object holds, and circles of more than four locks.",
    "What is taken inside a block that holds whatever a local names, as `synchronized (outer)` does: it may be the other lock.",
    "A lock and a channel, or a lock and a wait group, that wait for each other.",
  ],
};
