import type { DetectorInfo } from "../detector";

export const docs: DetectorInfo["docs"] = {
  whatItDoes: `Finds loops over data in which every round goes to the database or over the network and back, directly or through any chain of calls, where the loop runs again and again: by the clock (a ticker, a cron job, \`setInterval\`, \`@Scheduled\`, a loop that sleeps) or whenever somebody asks (a request handler, a queued task).

The message multiplies it out: how often it runs, each loop on the way, and what one round does, for instance \`every 10 s × each of players × 1 UPDATE on players\`. The steps lead from the clock or the handler through the loops and calls to the operation.

A constant that switches the operation on is followed to the call that gives it: \`addTime(player, 60, true)\` is reported when \`addTime\` writes only \`if persist\`, and \`addTime(player, 1, false)\` is not. So are defaults of parameters, and what is handed over for a parameter that a loop goes over: of several ways in, one is told that hands over more than a written list of a few; where all hand over so few, nothing is told.

In Django a query hides in a relation that is read of each row: \`for order in Order.objects.all(): order.customer.name\` asks for each customer, and so does a loop over \`order.tags.all()\`. Both are reported, with what fetches them with the rows (\`select_related\`, \`prefetch_related\`), as far as the query stands in the same function and neither it nor the model's own manager has fetched them.

Left alone are

- loops that go round a few times: batches, chunks, pages, what is limited to a few, lists written into the code (also the longer of two that a condition chooses from, and a field that a constructor sets to one and nothing adds to), the values of an enumeration, steps larger than one, lists of a configuration;
- rounds that seldom go out: loops that try one thing after the other until one works or is found, reads whose results are remembered (also by a map that is handed the reading, such as Java's \`computeIfAbsent\`), work of the first round or after a failure only, elements that are taken away as they are done, what a set that outlives the function notes as done, or a map in a field (\`if (key in this.tasks) continue; this.tasks[key] = …\`);
- rounds that somebody else sets off: messages of a channel, lines of a stream, events somebody has subscribed to, and in a \`select\` what messages set off and not its ticker;
- statements that take many rows at once, and what is asked of a pipeline;
- lines of a log: what a function writes that is named for logging and leaves for what is below its level;
- ways that rule themselves out: a call under \`if (settings.open)\`, and further on one under \`if (!settings.open)\` of the same import;
- what nothing but scripts, tests, migrations, signals of migrations and signals to the process reach, and what a clock gets to only through a function that by its name stops, shuts down, upgrades, migrates or restores.

A loop is a **warning** where it is run often, where one call to a database or a cache could do for all, and where the code shows that there are many:

- a request reads for each of the rows of a query, as a page does that is opened again and again, or of a list that it brings to an endpoint for many (bulk, batch, import);
- a request reads for each of many for each of many, whatever else it does, or for each of what a field keeps;
- a request reads and writes for each of a list that it brings;
- a clock goes through rows every few seconds, through a field every few minutes or more often, or through a field at a pace that is not known.

Of several round trips in one loop, and in loops within it, the worst is told that is a warning. All else that is right is **info**, with the reason. The reasons are of these kinds:

- **Somebody asks for it, now and then.** What only writes for each, and what else changes something with rows that it has looked up, or reads for what it was given. Whether a request changes something is told by the verb of its name, its HTTP method, else by what it does; what a signal of a model tells of has changed. The same goes for exports, what migrates, and what those who run the system ask for (admin in a name, a folder, a router or what asks who is there; \`if (!isAdmin(user)) return\`), what takes things away one by one, and the end of a process (\`child.on("exit", …)\`).
- **One call may not do for all.** Calls to other services; elements that are a place of their own, in which what is asked is kept (\`tenant.db.query(…)\`); streams of one each; spans of time (\`readings(gauge, from, to)\`, but not a count or a sum); a transaction for each, or one for all; longer work for each beside it (files, programs, other services); what a comment says is taken one after the other.
- **Not each comes to it.** What is done for some elements only (a comparison in the loop, unless it is the fourth of loops within one another) or further on only under a condition; what a cache is asked for first; duplicates after the first; a search that ends with the first that fits; by a clock, what has become due, lacks what it fills in, or is done only when it is time again or when something is not as it was noted (\`if (tide === this.tide) return\`, \`if (!this.connected) { …; this.connected = true; }\`).
- **There are few.** By their name or type (roles, settings, labels, columns, workers, regions; what a program is made of, such as handlers, analyzers or a registry; schedules, steps and relations of one thing); as many as a request names, or parts of the one thing that it brings; no more than a hundred are let through (\`Query(max_length=20)\`); a page; what belongs to one thing that was looked up (\`findByTraceId(id)\`, \`stepsOf(session, pipeline)\`, \`order.lines\`; not \`findAllByOrganization\`, \`findByStatus\`); as many as the program was given or adds while it starts.
- **Nothing shows that there are many**: where the elements come from is not seen.
- **Nobody waits.** A clock runs it no more often than every ten minutes, over rows of a query no more often than every 30 seconds, or how often is not known and they are kept nowhere in the program; it is a task of a queue, or the handler has started it and goes on.
- **It is far away**: more than six calls from the clock or to the round trip, or more than four of which several are made only under a condition.
- **It is cheap or known.** Rows are read from a database that runs in the program, such as SQLite, as far as the catalog, the drivers of the program or, in Go, those of the package say so; a comment names N+1.`,
  whyIsThisBad:
    "Each line looks harmless; the product does not. With a thousand players online, one write for each of them every minute is a thousand round trips a minute, and they come in bursts. It passes every test, since tests have three players, and the review, since the diff shows one argument. Then the number of players grows, the round trips queue up, and the database is busy with them alone.",
  example: `func (s *Server) onTick() {
	if s.tick%6 == 0 {
		for _, p := range s.online {
			s.addTime(p, 60, true)
		}
	}
}

func (s *Server) addTime(p *Player, seconds int, persist bool) {
	p.TimePlayed += seconds
	if persist {
		s.db.Exec("UPDATE players SET time_played = $1 WHERE id = $2", p.TimePlayed, p.ID)
	}
}`,
  exampleLanguage: "go",
  instead: `func (s *Server) onTick() {
	if s.tick%6 == 0 {
		for _, p := range s.online {
			s.addTime(p, 60, false)
		}
		s.db.Exec(
			"UPDATE players SET time_played = n.played FROM unnest($1::int[], $2::int[]) AS n(id, played) WHERE players.id = n.id",
			ids(s.online), played(s.online))
	}
}`,
  knownMisses: [
    "A query that hides in reading an attribute, but in Django where the loop goes over the query, and in properties that the file itself declares: not in other object mapping, nor where a method, a helper, a serializer or a template reads it.",
    "What a loop calls through reflection, a container of callbacks, or an interface with more than three implementers is not followed, and no further than six calls. Neither is what a clock or a request gets to through more than six.",
    "Whether a handler or a clock reaches a function is known for the libraries in the catalog; a handler of a framework it does not name is not one.",
    "Loops that are `while` loops over something else than a cursor or a local list that they empty (`while ids: load(ids.pop())`), and recursion, do not count as loops over data. Of functions that are handed over, those count that a library or a function of the workspace calls for each element; of method references in Java, those in `forEach` and on what is written as a stream.",
    "How many rounds a loop has is not known. Lists with a name in capitals or declared in the file, and loops with a written bound of at most ten, are taken to be short.",
    "A cache is recognised by its shape: a test that looks something up, or asks whether it is known, before the read, or a cache that is asked by that name before.",
    "How many elements there are is not known, only where they come from; that is followed through locals, fields and arguments, and up to six calls. A query with three rows is told as a warning, and a long list that a library gives, the thousand comments of one article, or what an edit writes back row by row, as `info`.",
    "Whether a list is short is also judged by names and types, in English: a thousand roles, or a request that only reads for ten thousand ids, are told as `info` nevertheless.",
    "How long the work on one element takes is not known, only whether more than the round trip is done for it in the same loop. Whether rows could be deleted in cascade and whether a function is only called while a program starts are not weighed, unless a comment above the loop says that it is meant.",
    "Of the constants that switch work on, only `true` and `false` are followed, given by themselves or in an object that is written in place (`{ save: true }`); of lists, those written out in a call, or put together outside of loops. A list in a field, and one that is grouped by what all its elements have alike, count as long. What an option of an object asks for (`options.signed`) is taken not to be asked for where no such object is seen.",
    "That a request only writes for each of ten thousand is told as `info`: so does every form with a list, and the warning would mostly be wrong. So is what a clock asks of other services, of which hardly one takes many at once.",
    "Of the ways in, the shortest is told. There may be others with more loops on them.",
  ],
};
