import type { DetectorInfo } from "../detector";

export const docs: DetectorInfo["docs"] = {
  whatItDoes: `Finds functions that hold a lock while they do something that can take long: a database or network round trip, a process, a sleep, a wait for other threads, for a channel or for a place in a semaphore, a call of what others have registered, and files where they are written or a request, a timer or a message that a \`select\` in a loop has received is waiting. It does not matter how many calls lie between the lock and the operation, or whether a wrapper takes the lock. Each finding names the lock, where it was taken, the operation and the chain of calls, and how many other functions need the same lock. There is one finding for each function and lock, at the worst operation; the others are steps of it.

It is a **warning** where somebody is kept waiting who wants only what is in memory:

- Other functions take the lock, look at what is in memory and go on, or look up something that is mostly there. The message names the one that is wanted most. What starts, ends, configures, repairs or registers does not count, nor does what only gives a field a value (\`c.page = nil\`), what runs a function that was handed in, what only those call who do the slow thing as well or come where something has failed (\`if err != nil\`), or what only tests call.
- They are at least two. One is enough for a database, the network or a process, if it is wanted often (requests reach it, a clock runs it beside other things, many functions call it, or it is there for others alone) and what keeps it waiting is done often, too (requests, a clock or messages reach it, or nobody in the workspace calls it), or in a loop.
- The lock is that of something all of them share: a variable, or an object of which there is one. It is not that of one connection, session, cursor, file or entry: of what a collection holds, what is made in a loop or by what runs again and again, of one key, or of a variable of the function. Who is of another type counts only if its objects may have the same lock: not where each type is made with one of its own, or where they derive from the type that has the lock and not from each other.
- Or who holds a lock that all share waits for it, even if it is one of many: with that one everybody waits for whoever has the one.
- Or what comes often writes to each of many connections: one that reads slowly holds up all.
- Or each request asks a database or the network under the lock, and other requests want it for what is in memory, if only to change it.
- Or somebody needs the lock to cancel what is done under it: the holder has stored the \`context.CancelFunc\` of a database, network or process call in a field, and another function takes the lock to call that.
- Or a group of goroutines is waited for of which one needs the lock itself: neither goes on.
- Or it calls what others register with a method that nobody in the workspace calls (\`for _, l := range b.listeners { l(ev) }\`, a method of each listener): what that does is not known, and it may need the lock itself. What is handed in when the object is made, if nothing is done with what it gives, or registered by the workspace alone, is info. What is asked for things (\`provider\`, \`supplier\`) does not count.
- Behind a lock that is held for reading, at least two want it for writing, one of them often. Behind upkeep by a timer one is enough, even if there are many locks of its kind.

Everything else is **info**, with the reason, and once for each lock and kind of wait; only the most important are shown. Beside those who wait, the reason may be

- what runs seldom: start-up (by name or by a condition such as \`if sweepAtStartup\`), shutdown, constructors, a reset, a repair or another configuration (by the name of the function, of all who call it, or of one on the way), what makes something (\`New\`), a saved state that is restored, what is loaded once by whoever comes first (\`if x == nil { x = load() }\`, as long as nothing else sets \`x\` but another configuration or the end) once for each key of a collection out of which nothing is taken, or under one key for all (\`count = fromCache(); if (count == null) { count = load(); saveInCache(count); }\`), switched on or off or brought in (\`setPluginEnabled\`, \`loadPlugin\`), done when another node of a cluster takes the lead (\`onResignation\`) or once for each change of a value (\`day.getAndSet(today) != today\`), deleted one by one in memory and in the database, or opened by the first user of a counted resource;
- a lock that is there to let one such operation through at a time: by its name (\`createMu\`, \`sendLock\`, \`refreshTokenMutex\`), by a comment, also one just above it that gives a reason for holding it or says that tests need it, or because nearly all who take it do such a thing and its type guards nothing else;
- a wait that is over soon: for a group of goroutines of which nothing slow is seen, or which is a part of the work of who holds the lock for reading, a sleep before another try where one has failed, for what was told to end just before, for what another caller is asking for already (\`singleflight\`), for a channel that says that something is ready, a channel that a caller handed in, a select without a default;
- what is most often short: the start of a process, one command several calls away, a socket of the same machine (\`net.Dial("unix", ...)\`), a broker of messages in the process (\`vm://\`), an embedded database such as SQLite that is not asked in a loop, nor given a whole collection to write, one file, a folder's entry, the files of a store that keeps them open, one answer to a client, a datagram, the socket for datagrams, a control frame (\`websocket.PingMessage\`), the close of a connection that few others want, the address of a host, the name of the machine itself, sleeps and waits for other threads behind calls where no request wants the lock;
- a lock behind which only one other function waits that does such a thing itself, or behind a wait or a sleep that a clock runs, only what a clock runs as well;
- what is read piece by piece by one: the type has a method that reads into a buffer;
- what several functions on the way each do only under a condition of their own, and locks of an event loop that no request or timer reaches.

Not reported at all: the lock given back before, or in a window; the lock of an object that nobody else knows yet; a lock held for reading that nobody takes for writing without another one that is held as well; waiting on a condition or the monitor of the lock itself; sleeps of a few milliseconds in all; a future or channel that was asked before whether something is there; work that goes on by itself; a line for a log in a file (one that goes over the network is info); a channel with room, unless it is one of each of many or whoever takes out of it, again and again, needs the lock, and one that only what ends things sends to, in one place; what Java finds beside its classes (\`Reader.class.getResource(name)\`); a queue with room for all that comes; what a constant argument rules out; types that stand in for others in tests (\`fakeClock\`) or keep the test that runs (\`t *testing.T\`), and what is in folders for examples (\`examples\`), mocks, fixtures and the tools of developers (\`devtools\`), or marked \`@TestOnly\`. Where several functions under one lock come to the same operation over more than one call, one of them is told, with the others as steps: one change mends them all.`,
  whyIsThisBad:
    "While the database is slow, everybody who needs the lock waits, even those who only want to read a number from memory. One slow query becomes an outage of everything behind the lock, and the more requests come in, the longer the queue. A wait for another thread under a lock is worse if that thread needs the lock: then nothing goes on at all. Nothing of this shows in tests, where the database answers at once.",
  example: `func (h *Harbour) Moor(ship string, berth int) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.berths[berth] = ship
	_, err := h.db.Exec("INSERT INTO moorings (ship, berth) VALUES (?, ?)", ship, berth)
	return err
}`,
  exampleLanguage: "go",
  instead: `func (h *Harbour) Moor(ship string, berth int) error {
	h.mu.Lock()
	h.berths[berth] = ship
	h.mu.Unlock()
	_, err := h.db.Exec("INSERT INTO moorings (ship, berth) VALUES (?, ?)", ship, berth)
	return err
}`,
  knownMisses: [
    "What reading or writing a property does (`@property`, `get size()`), where another file declares it.",
    "An operation of a library that the catalog does not know; `fathom.catalog` adds it.",
    "A lock or a call that is reached through an interface with more than a handful of implementations, or reflection.",
    "Code that a caller outside the workspace runs under its own lock.",
    "What a function does that is kept in a field or a list and called under a lock, where nothing of the workspace is seen to be put there, or more than eight functions are: that it is called is told, where a method puts in what it is given. What is handed in by an object of options, put into a public field, or handed on by more than one call is not seen. It is followed in functions that take locks and in methods of types with a lock.",
    "A lock that a decorator takes around a function outside types, or by other means than a block around the call or a function that it hands to the lock; one that hands on its arguments without naming the object.",
    "A function that is handed on more than once before it is run under a lock. A channel with room for one thing that is used as a lock, and limits and queues that run one function at a time (`pLimit(1)`).",
    "How much room a channel or a queue has: one of ten thousand is told like one of two.",
    "A file that is only read under a lock, unless a request, a timer or a message from a channel gets there; questions about a file, such as whether it exists or how long it is.",
    "How large a file is: one that takes long to read is told like a small one. How many rows a statement touches: one that an embedded database works on for long is told as info.",
    "Which database is meant where a setting names the driver, as in Python, TypeScript and Java: it is taken to be on a server, unless the driver's own API is called. In Go the drivers of the whole workspace count, whichever program imports them.",
    "Files that are written by a function named for logging.",
    "What is written to a connection through a buffer (`bufio.Writer`), or by an encoder that a field keeps.",
    "Sleeps of nanoseconds and microseconds in Go.",
    "A coroutine that a wrapper starts as a task, unless the wrapper says that it returns a `Task` or `Future`: it is taken to run at once.",
    "A Java `SocketChannel` that is in blocking mode: it is taken to be one of a selector.",
    "What a cache in memory loads by a function that it was given when it was built.",
    "A cache that is looked into and never filled: the lock around its loading is taken to let one load at a time through.",
    "Files in folders named for tests, mocks, examples and developers' tools, or where three of four files are tests; types that are named as stand-ins (`mockServer`, `stubResolver`) and are none.",
    "Who takes a lock only through another library, or how often somebody comes whom no request reaches: a function that many call, or that nobody in the workspace calls, is taken to be wanted often.",
    "That an object is one of many where only reflection, a container or another library makes it; those that a method makes and keeps to itself are taken to be many.",
    "Whether a channel without room has somebody at its other end. Whether one has room is told by the name of the field and its type, or by the name alone within a folder; in a function that makes some channels with room, all its own are taken to have it. One that is handed in is looked for where all who call make theirs, up to two calls away.",
    "How long it takes until what was told to end has ended: what it still sends or writes then is not looked at.",
    "Whether an object is known to others is told in Go only, and by one function: what the methods called on it hand on in their turn is not followed.",
    "A branch that a field of the object rules out, though every constructor call gives it the same constant.",
    "More than two calls to a channel, three to a wait, four to a sleep or a file, seven to a database, the network or a process.",
    "One function alone that waits for a channel, another thread, files or, unless requests want the lock meanwhile, a sleep, and one alone that waits for what the program does at a time of its own: it is told as info.",
    "In Python, a lock that an `async` function takes is thought to be one of the event loop, even if it is one of threads.",
    "A group of goroutines that a variable of a function holds, or whose members are in another file: that one of them needs the lock is not seen.",
    "A wait for a thread of the same connection, session or file that itself needs the lock, where there are many such objects: it is told as info.",
    "In Java, an inherited lock that is used without `this.`: it is taken to be one of the function.",
    "What is loaded once for each key, in other forms than an element that is looked up and written by its key; how long others wait for theirs while many keys are new.",
    "What is loaded once and thrown away from another folder, or through another variable: it is taken to be loaded once. Other signs that something was loaded than a field that is missing or a flag that is not set, and a flag in a condition with others, are not understood.",
    "Of more than 50 locks that one function holds at once, those taken last; generated code holds so many.",
    "Locks between processes: files, advisory locks of databases.",
  ],
};
