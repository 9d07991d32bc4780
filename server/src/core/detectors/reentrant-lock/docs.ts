import type { DetectorInfo } from "../detector";

export const docs: DetectorInfo["docs"] = {
  whatItDoes: `Reports a lock that is taken by who already holds it, in the same function or through any chain of calls, when the lock does not let its holder in twice: Go's \`sync.Mutex\` and \`sync.RWMutex\`, Python's \`threading.Lock\` and \`asyncio.Lock\`, Java's \`StampedLock\` and a \`Semaphore\` of one, \`async-mutex\` in TypeScript, and classes of TypeScript and JavaScript that a program has written itself (called a lock or a mutex, with a chain of promises or a list of those who wait). It has to be the same lock of the same object for certain: reached by the same path from the same object, or a variable that exists once.

The witness tells where the lock is taken, each call, and where it is asked for again.

- A lock that is held for reading and asked for writing waits for its own reader. This one is reported in Java too, where \`ReentrantReadWriteLock\` has no upgrade.
- A read lock that is taken for reading again is reported as a warning, and only where some function takes the lock for writing.
- A lock taken in every round of a loop, with a deferred unlock, is asked for a second time in the second round; one that waits for a condition on what the rounds change (\`n == 1\`, \`!locked\`) may be taken in one alone, and is not. So is a lock that a loop takes in every round and still holds at a \`continue\`.

Trying a lock (\`TryLock\`, \`acquire(blocking=False)\`, a timeout) never waits for ever and is not reported. Neither is what comes only where such a try has got the lock that is held, a lock that is given back on the way there, nor one that is put into a list of others first, where who was there before gives it back; a constant \`true\` or \`false\` that decides whether the callee locks is followed, as is a flag of the object. Where a call on the way is handed what by its name says who locks (\`withAlreadyLocked(true)\`) and a condition is asked behind it, nothing is told. Where functions that call each other in a round lead to the lock, there is a condition on the way that may keep the holder out: this is told as \`info\`. So is a chain of more than six calls, and a lock that is read twice where nothing outside tests calls the function, or where all who take it for writing set up (\`SetName\`) what they have just made, or register something (\`Subscribe\`).`,
  whyIsThisBad: `The call never returns, and whoever needs the lock afterwards does not either: the service stands still with nothing in the log. It often hides on a path that tests do not take, such as loading from the database at start-up, and each of the two functions looks right on its own.`,
  example: `func (r *Registry) Load() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, ship := range r.stored {
		r.Add(ship) // waits for the lock that Load holds
	}
	return nil
}

func (r *Registry) Add(ship Ship) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ships[ship.ID] = ship
}`,
  exampleLanguage: "go",
  instead: `func (r *Registry) Load() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, ship := range r.stored {
		r.addLocked(ship)
	}
	return nil
}

func (r *Registry) Add(ship Ship) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.addLocked(ship)
}

// addLocked requires r.mu.
func (r *Registry) addLocked(ship Ship) {
	r.ships[ship.ID] = ship
}`,
  knownMisses: [
    "What reading or writing a property does (`@property`, `get size()`), where another file declares it.",
    "Two names of one object: a lock held through `a` and asked for through `b`, when both are the same.",
    "An object that is handed over as an argument and locked in the callee; only what a method is called on is followed.",
    "A lock that is held on some of the ways to the second call and not on others.",
    "Locks of objects in a list or map (`s.rooms[id].mu`): which element it is is not known.",
    "Calls that are decided at run time, when the lock is a variable of the package.",
    "A condition variable and the lock it was made from, when both are entered.",
    "A lock held by a guard object or a returned unlock function.",
  ],
};
