import type { DetectorInfo } from "../detector";

export const docs: DetectorInfo["docs"] = {
  whatItDoes: `Finds what grows for as long as the service is used:

1. **A collection that requests only ever add to**: a variable of a module, or a field of an object that lives as long as the process, to which code that a handler reaches adds elements, and from which nothing in the workspace takes any. No deletion, no new collection in its place, no test of its size, no type that evicts. That a set is asked first (\`if (seen.has(id)) return\`) does not keep it small. The listeners of an emitter of events (\`bus.on\`) are such a collection too.
2. **A query that reads a whole table**, for a request or at start-up, without a condition and without a limit, where requests add rows to that table. A timer or a consumer of messages that inserts rows counts as well. Where nobody is seen to add any, another service may: it is told of tables of which there is more every day, by what they are called (orders, messages, bookings) or by whose their rows are (a column \`user_id\`, \`owner\`), and at the level \`info\` of people. At start-up, a query for all rows of one state (\`WHERE state = 'open'\`) counts as well, where no update in the workspace gives that column another value. What those who run the system look at is left alone where the table is small by its name, or rows are deleted. Where something deletes rows, or marks them as deleted (\`UPDATE orders SET deleted_at = …\`, a field \`isDeleted\` or \`deletedAt\` of the model), it is told at the level \`info\`; and so is what is read only while it is not known yet (\`if (this.isLoaded) return\`), or what a function on the way comes to only under a condition.
3. **A cache of Python without a bound** (\`@cache\`, \`@lru_cache(maxsize=None)\`) whose function is given what comes with a request.
4. **An expiry inside a document** (\`data->>'expires_at'\` in a condition) that no index in the workspace reaches; or one that a request puts into a document of a new row (\`INSERT … json.Marshal(grant{ExpiresAt: …})\`), of a table from which nothing in the workspace deletes, and which has no such column.

**What lives as long as the process** is an object whose methods are handlers, that a variable of a module holds, that has a lock or a \`sync.Map\` and is not made for requests, or that a field of such an object holds. What a collection of such an object holds lives as long where nothing takes from that collection (\`rooms[id].log\`). What is called from outside is a handler whatever its name (\`register\`, \`start\`); functions of such names that others call set something up.

**A collection does not grow**

- from which elements go: by deletions, by \`computeIfPresent\`, by \`compute\` with a function that returns \`null\`, when an iterator removes them (\`it.remove()\`), by \`removeEldestEntry\` of the object that the field is declared with, or when all of them are handed to a local before the collection starts anew;
- whose keys are from a fixed set: literals, constants, enumerations, types, what a condition has looked up in a constant, what something is configured under (\`const network = this.config[name]\`), or only those that it has already (\`if (name in rows) rows[name] = …\`);
- that is filled only with what the program has: under a name by which a class or a resource of it was found, or with the elements of a constant;
- that is added to only while its object is set up (\`if (!this.initializing) throw …\`), in what an event sets off that the program tells itself without a request, or in examples, tutorials and what stands in for something in tests;
- that counts for the labels of a metric;
- that is handed as a whole to a function, since that may take from it;
- that belongs to a handler which each channel is given anew (\`pipeline.addLast(new Receiver())\`), or to an object which the request itself has made, however many calls later it is filled, or was handed to its object in the making when another object takes from a field of the same name and type.

A map, or a set, is a **warning** where its key can be seen to come with the request (a parameter, a header, the path, a part of its body, followed up to the handler) or tells those who ask apart (a token, an address, a session): then whoever asks can make up as many as they like, and the message says so. Else it is **info**: what is looked up, configured or derived is as many as there are. So are, with the reason,

- what is kept only where something was found by the same key before, in a database or by a function that does not ask another service (\`if (!order) throw …\`);
- keys that by their name can hardly become many, where they are used or further up on the way: tenants, environments, addresses of servers, instances, clusters, workers, topics, classes, users, connections to servers. What the collection itself is called counts only where the key is not seen to come with the request;
- collections of what is configured or set up by their name (settings, handlers, middlewares), what only staff can add to, what machinery adds to, what is reached by a call that may lead to any of many methods;
- tables of what is set up and not made by using the service (settings, kinds, plans), and those of which only the first row is taken.`,
  whyIsThisBad:
    "Nothing fails while it is small. Memory climbs by a little with every request, for days, until the process is killed and takes what it held with it; a table that nothing removes from is read back whole at the next start, which then fails for want of memory as well. The code that adds is right in every review: what is missing is the code that takes away.",
  example: `type Hub struct {
	mu   sync.Mutex
	last map[string]time.Time
}

func (h *Hub) ping(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.last[r.FormValue("device")] = time.Now()
}`,
  exampleLanguage: "go",
  instead: `func (h *Hub) ping(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.last[r.FormValue("device")] = time.Now()
	for device, at := range h.last {
		if time.Since(at) > time.Hour {
			delete(h.last, device)
		}
	}
}`,
  knownMisses: [
    "A collection is matched by its name where the object it belongs to is not known: a deletion from another field of the same name counts as one from this.",
    "Whether an object lives as long as the process is read off the code that makes and holds it. Objects made by a framework or a container for dependency injection count only when their methods are handlers, others of which the program makes one where it is set up (`main`, `start`, constructors); resources of Jakarta REST are taken to be made for each request.",
    "That a map can only have a few keys is seen for literals, constants and by the names and types of keys, not from what values a variable can have.",
    "A collection that shrinks when the process is told so from outside (reflection, a debugger, a subclass elsewhere) looks as if it only grew.",
    "A map whose elements shrink while its keys stay (`calls[address] = recent`) counts as one from which something is taken.",
    "Elements that are never taken although some code could take them (a deletion that is not reached) are not seen.",
    "Queries are read as far as their text stands in one piece in the call: longer texts, texts put together, query builders but for Knex with the table's name in it, and queries that another function has prepared with what it was handed are left alone. So are views, row-level security and partitions.",
    "That there are few keys or rows is read off names: a service with a million tenants is told at the level `info` too, and a table of few rows under another name as if it grew.",
    "Rows deleted by the database itself, or by another program, are not known.",
    "Queues, files and channels are not looked at.",
    "Only what requests add is told. What a timer, a worker, a function called by a database or a template, or a callback in a field of a server (`http.Server.ConnState`) adds is not.",
  ],
};
