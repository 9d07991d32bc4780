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

A loop is a warning where it is run often, where one call could do for all, and where the code shows that there are many. That is a list that a request brings along (of a list within what it brings, where each is read and written, or in an endpoint for many at once by its name or the type it takes); the rows of a query, on a page that somebody only looks at; rows for each of many, whatever the request does; and what a clock goes through every few minutes or more often, or keeps in a field and goes through at a pace that is not known. Of several round trips in one loop, and in loops within it, the worst is told that is a warning. Else it is told at the level \`info\`, with the reason:

- Rows are read for each, from a database that is embedded and runs in the program, such as SQLite, as far as the catalog or the driver says so.
- Nothing shows that there are many: where the elements come from is not seen (the difference of two lists, what a library gives), or it is what one thing has that was looked up (\`find(id).lines\`, a column with JSON), or what an object holds that was made on the way.
- They are as many as were given when it was made: a field with names that nothing in the workspace adds to; or as many as the program adds while it starts, by calls written one by one that no request and no clock reaches (\`watch.addGauge(new TideGauge())\`).
- They are parts of the one thing that a request brings along (\`order.lines\`), with one round trip for each; not so ids, keys and names for each of which something is written.
- There are as many as were named: a request only reads what it gives the ids or names of.
- Somebody changes something with it, now and then: a request that writes for each of the rows it has looked up; or that by the verb of its name, its HTTP method or else by what it does more than looks goes through rows that it has looked up for that, or only reads for what it was given (unless it is named for many at once: bulk, batch, import).
- The rows belong to one thing that was looked up, by the name of what asks for them: \`findByTraceId\`. Not so \`findAllByOrganization\`, \`findByIds\` or \`findByStatus\`, and not where a function of the same name gives a page of them. The same goes for what is asked for with one thing that the function was handed, and nothing else (\`stepsOf(session, pipeline)\`), for what the one thing in a field is related to (\`self.crate.owners.all()\`), or with the id of one thing that was looked up (\`reviewsOf(pull.id)\`; not of what is made to have many, such as a repository or a team), for one page with no more than two round trips for each (a query with a limit, whatever comes, that the function, its caller or a function called for paging sets), and for what several things that a request names have in common (\`filter(pk__in=pks.distinct())\`).
- A cache is asked for each, and only behind that what it reads (\`tideCache.get(key, load)\`).
- Each of the elements is a place of its own: what is asked is kept in it, or for what a clock sends over the network, it is or has an address, a client or a connection.
- There are few, by their name or the type of each (roles, settings, configurations, translations, labels, columns, workers, regions, environments), or seldom any: duplicates after the first.
- The statements are part of one transaction (of a request that only looks, the writes), or a comment above the loop says that it takes one after the other, or one in the function or its documentation names N+1.
- It ends with the first that fits: a round gives \`true\`, and the function \`false\` where none does.
- They are taken away in the loop of a function of its own, so that the next round of the loops around finds none; or between the loops of several functions more than one goes on only under a condition.
- A clock runs it, and it is done only when it is time for it again (\`if self.should_trim\`, where that compares times) or when something is not as it was noted (\`if tide == self.tide: return\`, and it is noted), for what has become due, or for those that lack what it fills in (\`if (!site.address) site.address = …\`); or it is more than six calls away from the clock, or more than four of which those in several functions are made only under a condition; or it asks each whether it is alive; or each round ends a transaction and fails by itself.
- Nobody waits for it: a clock runs it no more often than every ten minutes, or how often is not known and they are kept nowhere in the program or each is asked over the network, it is a task of a queue, or the handler has started it and goes on.
- A request gets there only by more than four calls, in functions of which more than one go on under a condition.

Of what a request does, these are \`info\` as well, shown after the others as long as there is room:

- lists of which no more than a hundred are let through (\`if (ids.size() > 20) throw …\`, \`Query(max_length=20)\`);
- calls to other services;
- work that goes on piece by piece: a function on the way does a part, and after a pause calls itself for the next;
- what is done for some of the elements only (a comparison in the loop, unless it is the fourth of loops within one another), or what a function further on does only under a condition (also where something else is done otherwise);
- few by their name: parts of one thing (schedules, queues, steps, references, moves, relations), what one edit adds, removes or updates (\`removedLines\`, \`add_channels\`), parts that are deleted with what they are part of;
- what is done beside longer work for each (files, programs, other services, and not what is written as the answer; in that loop, in another one over the same, or in what is called), and what is read as a stream of its own;
- what is read for each of a span of time (\`readings(gauge, from, to)\`), but not a figure (a count, a sum), and not what is read in turn for what it gives;
- what is read for an export, what migrates, and what a signal of a model has done of which no request is seen to save any;
- what a function of the program deletes for each of a list that the request brings (\`service.delete(id)\`): it deletes what belongs to one as well;
- of endpoints for many at once, what copies each, or takes the failure of each and goes on;
- names and ids that a function is handed, unless the function or its route is named for many at once (bulk, batch, import), or something is written for each of a list that the request brings (and not of the pieces of one text);
- what those who run the system ask for: by its name or that of a function on the way (admin, grant, install, reset, migrate, restore, recover), of its folder, of a router, of what asks who is there (\`ensureAdmin(listUsers)\`, \`Depends(current_admin)\`), or after a test that turns others away (\`if not user.is_superuser\`).`,
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
    "Whether a list is short is also judged by names and types, in English: a thousand roles, or a request that only reads for ten thousand ids, are told as `info` nevertheless. What a request sends as objects is taken to be long.",
    "How long the work on one element takes is not known, only whether more than the round trip is done for it in the same loop. Whether rows could be deleted in cascade and whether a function is only called while a program starts are not weighed, unless a comment above the loop says that it is meant.",
    "Of the constants that switch work on, only `true` and `false` are followed, given by themselves or in an object that is written in place (`{ save: true }`); of lists, those written out in a call, or put together outside of loops. A list in a field, and one that is grouped by what all its elements have alike, count as long. What an option of an object asks for (`options.signed`) is taken not to be asked for where no such object is seen.",
    "Of the ways in, the shortest is told. There may be others with more loops on them.",
  ],
};
