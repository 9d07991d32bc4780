import type { DetectorInfo } from "../detector";

export const docs: DetectorInfo["docs"] = {
  whatItDoes: `Learns from the code which lock guards which field, and reports the functions that use the field without it. A lock guards a field when the field is written under it somewhere and most functions that use the field hold it; a lock in the same type comes first, one of a type that owns the object second. Of several locks that are held, the one counts that everybody holds as far as is needed. The \`L\` of a Go condition counts as the lock, and a Python \`Condition(lock)\` is that lock. A write under a read lock counts as a write without the lock, and a function that takes another lock as one without, unless those who use the field under its lock hold that other one as well. A collection that is only ever written under a lock for reading is reported, too. A field whose type has a method that only reads it under the lock is expected to be read so everywhere.

A read of a single value, such as a flag, is reported in Go, where three functions in four hold the lock, and in Java at the level \`info\`, a few of them: it is read whole, if late. In Java reads of collections count, but not their size; in Python writes, and loops and comprehensions over collections; in TypeScript and JavaScript writes, since one thread runs there at a time. A function that uses several fields without one lock is reported once. A finding says what happens when somebody changes the field meanwhile.

Left out are

- constructors and what only they call, what reads a new object in (Java's \`readExternal\` and \`readObject\`, Python's \`__setstate__\`), objects that the function has made or copied, methods that are only called on such objects or on parts of them, as \`new Ledger(rows).sorted()\`, and what functions run by \`sync.Once\` come to;
- atomics, channels, concurrent collections, also those that a Java constructor makes or that a field is declared with by a wrapper (\`Maps.synchronize(...)\`), and volatile fields;
- functions that some caller calls with the lock held, or that all known ways come to with such a lock held, also through callbacks and interfaces that the object implements itself; what gives the lock back that it was handed (\`go func() { defer mu.Unlock() ... }()\`);
- what a library calls back that is only used with the lock held, methods of a class without a name that is given away under the lock, and methods of a type that gives the lock back without taking it (its objects live under the lock);
- fields that fewer than most use under the lock once those count who come through them to what they lead to (\`s.token.text\`);
- functions whose name or comment says that the caller holds it, a comment beside the use that says so, or in front of a write why it is enough to hold the lock for reading;
- functions inside others when nobody knows when they run, what waits for others before it closes or stops, and reads behind a wait for the object's own group (\`r.wg.Wait()\`);
- the length of a Go array, a map that is only named before the lock is taken, and what the answer of a call that takes the lock has;
- mocks and other helpers of tests.

Told at the level \`info\` instead, with the reason, are

- functions that close, stop, delete or load something, that prepare it and are called in one place, that give the field a new value before they do anything else, or that only set something and give their object back (\`return this\`); functions inside those that make the object, and what only such ones of the type call; fields that are only written where an object is read in or copied (\`UnmarshalJSON\`, \`CopyTo\`), and writes where an object reads itself in;
- writes of a constant to which somebody else sets the field under the lock, where all who write it without set it to that;
- functions that nothing but tests, or nobody at all, calls, or where that goes for all who write the field, as long as others of the type are called in the workspace (where none is, it is a library, and others call them; so may whoever knows an exported Go method that nothing calls by name);
- functions that run on the one thread on which all who write the field, or all others who use it, run, and those that read it and of which all who write it are parts;
- functions that only those call who have set a flag first, in one step with asking for it (\`getAndSet\`, \`CompareAndSwap\`);
- functions that hold another lock which all who write the field hold, too, but for what closes or stops the object; writes under the lock for reading where all others who write the field hold it for writing, so that only two runs of the function can meet;
- functions in which a comment names the lock, and fields that a comment leaves out when it says which fields of the type are shared;
- a single value that is read alone, unless the type has a method that reads it under the lock, or another lock of the type is held there; conditions on a single value, or on whether a collection is there, that the function looks at again under the lock (double-checked locking);
- writes that give a field a new value without a look at what it has;
- reads of a collection that is only ever replaced as a whole, in Go of a map: who reads sees the old one or the new one;
- reads of a Go collection that is filled once: who fills it leaves it alone where there is something in it;
- functions that the object hands on to be called back, where nobody knows whether the lock is held then;
- a single value that is only written under the lock for reading;
- methods of iterators: whoever goes over a collection keeps others from changing it meanwhile;
- a question for the length of a Go collection, or whether it is there, on which no loop without the lock depends; reads for what is logged or thrown, but for Go's collections; in Python a single change of a dictionary or list, which is atomic by itself, and functions that are not \`async\` behind an \`asyncio\` lock, which run in one step;
- Java's streams, readers and writers that are their own monitor, as mostly one uses a stream;
- fields that fewer than four functions use under the lock and more than one without, or fewer than four in five, unless a request asks the object for it; in Java and Python those that fewer than four functions use under the lock, where a collection is neither changed nor gone over, no comment says that the lock guards the field, no method of the type reads it under the lock, and no other lock is held instead.`,
  whyIsThisBad:
    "A lock protects nothing from a function that does not take it. In Go a map that is read while another goroutine writes it ends the process; elsewhere a reader sees half a change, or an update is lost. Such a place is seldom found by tests, since both sides have to meet, and a fix of one place leaves the next one standing.",
  example: `func (s *Store) Put(id string, p *Player) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.players[id] = p
}

func (s *Store) Count() int {
	return len(s.players) // the only one that does not hold s.mu
}`,
  exampleLanguage: "go",
  instead: `func (s *Store) Count() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.players)
}`,
  knownMisses: [
    "A field that fewer than two functions use under its lock (three, where it is used outside the methods of its type), or that most functions use without one, unless a comment at the field or at the lock says that it is guarded (`guarded by mu`, `mu guards berths`).",
    "Which of two objects of one type is locked: `a.mu` counts for `b.field`.",
    "A function that some callers call with the lock and others without, and the methods of a class whose base class takes the lock around some of them.",
    "Which threads run a function is only known where one call starts the thread, a library calls back a method `on...` of the type, or Python coroutines are all that lead there.",
    "A field of a Java class that only methods of its objects guard, where a static method uses it: they may be different objects.",
    "A lock that is taken only when an argument says so, and one of many locks that each guard an element: whoever takes it is trusted.",
    "A field that one function writes and nobody else: it is taken for its own, though it may run twice at a time.",
    "Flags and other single values that are read late, in Python, TypeScript and JavaScript; text made for people (`toString`).",
    "Fields reached through functions, interfaces or reflection, and what comes after the first forty places a function reads.",
    "Objects that are set up in several functions before others get to know them are reported when these functions have no telling name.",
  ],
};
