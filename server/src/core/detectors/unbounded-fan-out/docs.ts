import type { DetectorInfo } from "../detector";

export const docs: DetectorInfo["docs"] = {
  whatItDoes: `Finds work that a request multiplies: a handler that somebody outside can call, and on the way from it a loop over what the server holds or has queried (recipients, players, subscribers), in which every round makes something new. That is

- a row (\`INSERT\`, or an object-mapping \`create\` or \`save\` of a new object);
- a message for a queue, a topic or a mailbox (a Go channel that one object holds for all included);
- work that goes on by itself (a goroutine, a thread, a task, a task for a pool that nobody waits for). For such work a loop counts, too, that is counted up to a number in the request, which nothing holds against a bound.

What a request has run later is part of the request:

- receivers of a Django model's signals: a request that saves it runs them;
- a Celery task by \`delay\` or \`apply_async\`, a job by its class (\`new Cleanup().schedule()\`) or by its name, where a BullMQ processor knows one name only or does something else under each of several (\`switch (job.name)\`);
- those who listen for what it publishes: by a text or constant of more than one word (\`bus.emit("order placed")\`, \`@OnEvent\`, \`@KafkaListener\`), by a type (Spring's \`publishEvent\`, or a bus of one's own with functions like \`Dispatch\` and \`RegisterListener\`), by the type of what it puts into a queue and \`handle…\`, \`process…\` or \`on…\` takes (\`outbox.push(new ConcertMoved())\`), or by a Django signal.

Where nothing else leads to a function, a table may hold it under a name by which whoever asks has it called (\`var commands = map[string]func(…){"hail": hail}\`, \`const handlers: Record<string, Handler> = { hail }\`, \`@command("hail")\` in a file that imports a server), or its signature may say that a framework calls it: a gRPC method, a GraphQL resolver, a view or a method of a view set that takes \`request\`, an action of a controller, a route module. A listener that nothing leads to, by its signature (\`handle(event: ConcertMovedEvent)\` of a class called \`…Listener\`, \`…Handler\` or \`…Processor\`, \`onBusinessEvent(ConcertMovedEvent event)\`), is told at the level \`info\`, since what limits those who cause the event is not seen.

Four protections are looked for along the way, from the route to the place where it is made, in what is called and asked there, in conditions and in the text of queries:

1. a cooldown or rate limit: asked on the way, also as a code that is good for once (\`verifyCode(mail, code)\`), at the registration of the route, around its handler, as a decorator, on its class or router, by default, or before all routes. A limiter that is only made or imported, and one that is put on another route, below another path, or on a router or group that the route does not belong to, is none
2. de-duplication: a test whether it exists already, \`ON CONFLICT\`, an upsert; in the loop, in what makes the row or in a condition beside it, and not of something else that the request does or another loop asks; so does a question called \`shouldNotify\`
3. a cap: a slice (\`near = near[:5]\`), \`LIMIT\`, a count that is compared, a pool or semaphore, a batch
4. an expiry: a column, a time to live, a deadline, something that by a clock or its name cleans up and deletes such rows

It is told when there is neither the first nor the third, and at least three are missing. The message says which. A cap and an expiry count where the loop stands and where it is made, a cap also in the function that gives what the loop goes over; a cap that callers set counts as well where they give what the loop goes over.

It is **info**

- where the elements are functions of the program, which are called (\`for notify in self.listeners: create_task(notify(event))\`), or are kept to be told (\`self._subscriptions\`): it has few;
- where the only protection is a rate limit that many routes have together, since that bounds how often somebody asks. It stays a warning where the loop goes over other people (by its name: subscribers, recipients, members) whom the server knows and who are sent something: their number is not the asker's to decide, and no limit of the requests bounds it;
- where they are few by their name: what things are kept in, of which one thing is in few (projects, teams, categories), the sessions of a user, the few people that something has (admins, owners, reviewers), those whom a function tells by its name (\`moderationReport\`), and what are no people, unless the row says whom it is for (\`INSERT INTO notices (from_id, to_id)\`). Where the name says nothing (\`rows\`, \`fs\`), what gives them, its type and the table that is asked tell, and so where they are asked for by where they are (\`world.near(sector)\`);
- where the request names them, unless they are people, or it says itself where to write to (\`emails\`, \`invitees\`);
- where it does not happen twice: loops that take away what they go over (\`removeFromTeam\`), or over what the function deletes, marks or starts anew afterwards, what a function called \`delete…\`, \`destroy…\` or \`purge…\` does, rows that an upsert makes, and those behind a question for a state that the same function changes (\`if (order.isOpen()) { order.setOpen(false); … }\`), or behind a question whether it is in a collection that outlives the request, or whether that is empty, where it is put into it (\`if pair not in self.started: self.started.add(pair)\`);
- for work that goes on by itself for what the request brings along, where it comes to this only within one choice of kinds and another one within that;
- for work that goes on by itself and waits for nothing outside the program: no database, no network, no sleep;
- more than six calls away from the request;
- for messages of a broker that nothing in the workspace sends;
- for what the request only sets a clock for;
- for tasks of a pool, which wait in its queue, and for what is reached by a call that may lead to any of many methods.

Loops over the elements of the request itself, or over the rows that a query finds by ids from it (\`in("id", ids)\`, \`listByIds(ids)\`), are told only when each starts work that goes on by itself, when each is a message or a job for a queue (as info), or when they are people who are sent something because the request names them: who sends many rows gets many rows, but not everybody else many mails.

A limit of how many run at a time (\`SetLimit\`, a semaphore, a pool) bounds work, and not the rows and messages that are there afterwards; a length that is only logged bounds nothing.

Left alone are a goroutine that is started only behind a send to a channel, as a semaphore does, one that only tells somebody who waits, and one that feeds a pipe for the function that starts it; what happens once because an update of rows that were not so yet has found some (\`if (count === 0) return\`); a row that is made where looking it up found none, or for a row that is deleted in the same loop; events that are handled in the same process; what a field is asked to remember once (\`if (!told.add(id)) return\`); routes for staff (\`admin\`, \`internal\`, \`import\`), tasks of queues, scripts and migrations.`,
  whyIsThisBad:
    "It works, it passes review, and the first person who calls it in a loop brings the server down. One request costs the caller nothing and the server as much as there are recipients; two thousand requests with twenty-five recipients each leave fifty thousand rows that nobody asked for and nothing removes. The number of recipients is seldom the problem by itself. That nothing says how often, how many and how long is.",
  example: `func (s *Server) sendDistress(w http.ResponseWriter, r *http.Request) {
	for _, pilot := range s.nearby(r.FormValue("pilot")) {
		s.db.Exec("INSERT INTO missions (pilot, body) VALUES ($1, $2)", pilot.ID, r.FormValue("text"))
	}
}`,
  exampleLanguage: "go",
  instead: `func (s *Server) sendDistress(w http.ResponseWriter, r *http.Request) {
	if !s.cooldown.Allow(r.FormValue("pilot")) {
		http.Error(w, "one call an hour", http.StatusTooManyRequests)
		return
	}
	for _, pilot := range s.nearby(r.FormValue("pilot"))[:maxRecipients] {
		s.db.Exec("INSERT INTO missions (pilot, sender, body, expires_at) VALUES ($1, $2, $3, now() + interval '1 hour') ON CONFLICT (pilot, sender) DO NOTHING", pilot.ID, r.FormValue("pilot"), r.FormValue("text"))
	}
}`,
  knownMisses: [
    "A limit outside the code (a proxy, a gateway, a constraint of the database, a quota of the queue) is not seen.",
    "Protections are recognised by the catalog, by names and by the text of queries. A cooldown with a name that says nothing of it is missed unless it compares how long ago something was (`now - last < pause`), and a name that only sounds like one counts.",
    "A protection that stands anywhere on the way counts, even if this request does not pass it.",
    "Objects made in memory only are not counted; collections that grow are told by `unbounded-growth`.",
    "A statement that makes many rows at once (`INSERT ... SELECT`, bulk operations) is not a loop and not told.",
    "Where the things come from that a loop goes over is followed through locals (given a value in branches, too), lists that loops gather, collections of a file that start empty, comprehensions, what gives the same in another order or form (`uniqBy`, `sorted`), parameters and fields, not through containers and callbacks; where it stays unknown, nothing is told.",
    "Handlers are those of the libraries in the catalog, and functions whose signature says so. What a request starts through a queue that one worker empties, through a Go channel that a loop receives from, through listeners told apart by a single common word, through more than eight listeners, or through a callback kept in a field is not connected with the request, and left alone.",
    "What is written to open connections (WebSockets) is not counted.",
    "A rate limit that is set up for all routes counts for every one, also where a setting turns it off. What is put on more than one route (`use`, a router or blueprint put into it) is taken to be meant for each where a file or function registers few. A limit in an object that is written out at a registration (`{ config: { rateLimit: ... } }`) is not seen; where a limit is installed for those only that ask for it (`global: false`), each such object is taken to ask for it.",
    "That there are few projects or teams, and that others are people, is read off names: an audience under another name is told at the level `info`.",
    "Where a processor knows several names of jobs, what it does beside all of them is not connected with any. What a servlet, a bus or a router of one's own finds by reflection is not known, but for listeners of events that say so; what it finds in a table is, where the table is a field or a variable and what it looks up is called at once or through a local. A repository with a generic interface is followed only where few types implement it.",
    "Requests to other servers count as round trips (`io-in-hot-loop`), and not as messages; those that nobody waits for (`sendAsync`) count as work.",
    "A function called `get…`, `find…`, `load…` or `ensure…` is taken to make only what is missing, once.",
    "What an `apply_async` hands a task in a list (`args=[...]`) is not followed into it.",
    "That an object-mapping `create` runs an overridden `save` is not seen. No further than five calls from the loop is looked for what is made.",
  ],
};
