import { expect, it } from "vitest";
import { scannedWorkspace, temporaryFolder } from "../support/workspaces";

/** How each function is reached from outside: the kind, and the calls it takes. */
async function reached(files: Record<string, string>): Promise<Record<string, string>> {
  const { model } = (await scannedWorkspace(temporaryFolder(files))).analysis();
  return Object.fromEntries(
    [...model.functions.values()].map(({ id, reachedFrom }) => [
      id.slice(id.indexOf("#") + 1),
      reachedFrom.map(({ kind, distance }) => `${kind} ${distance}`).join(", "),
    ]),
  );
}

it("sees the method of an object that is handed over where a function could be", async () => {
  const go = `package a
import "net/http"
type Desk struct{}
func (d *Desk) ServeHTTP(w http.ResponseWriter, r *http.Request) { answer() }
func answer() {}
func Listen() { http.Handle("/", &Desk{}) }
`;
  expect(await reached({ "go.mod": "module a\n", "a.go": go })).toEqual({
    "(*Desk).ServeHTTP": "handler 0",
    answer: "handler 1",
    Listen: "",
  });
});

it("sees a method that overrides one of a library which outsiders call", async () => {
  const java = `package a;
import javax.servlet.http.HttpServlet;
class Base extends HttpServlet {}
class Desk extends Base {
  protected void doGet(HttpServletRequest request, HttpServletResponse response) { answer(); }
  void answer() {}
}
class Alone { protected void doGet() {} }
`;
  expect(await reached({ "a/Desk.java": java })).toEqual({
    "Desk.doGet": "handler 0",
    "Desk.answer": "handler 1",
    "Alone.doGet": "",
  });
});

it("sees a task that a clock runs", async () => {
  const java = `package a;
import java.util.concurrent.ScheduledExecutorService;
class Sweep implements Runnable {
  public void run() {}
  void start(ScheduledExecutorService clock) { clock.scheduleAtFixedRate(new Sweep(), 0, 1, null); }
}
`;
  expect(await reached({ "a/Sweep.java": java })).toEqual({ "Sweep.run": "timer 0", "Sweep.start": "" });
});

it("sees the function that a handler is made of, however often it is wrapped", async () => {
  const go = `package a
import "net/http"
func Listen() {
	http.HandleFunc("/orders", authorised(logged(orders)))
	http.Handle("/boxes", made("boxes", func(name string) string { return boxes(name) }))
	http.HandleFunc("/crates", named(func() string { return "crates" }()))
	sort(crates)
}
func authorised(next http.HandlerFunc) http.HandlerFunc { return func(w http.ResponseWriter, r *http.Request) { next(w, r) } }
func logged(next http.HandlerFunc) http.HandlerFunc { return next }
func made(name string, answer func(string) string) http.Handler { return nil }
func named(name string) http.HandlerFunc { return nil }
func sort(by func(string) string) {}
func orders(w http.ResponseWriter, r *http.Request) {}
func boxes(name string) string { return name }
func crates(name string) string { return name }
`;
  const found = await reached({ "go.mod": "module a\n", "a.go": go });
  expect(found).toMatchObject({ orders: "handler 0", boxes: "handler 1", crates: "", sort: "", Listen: "" });
  const ts = `import express from "express";
import { asyncHandler, validated } from "./wrappers";
const app = express();
app.post("/orders", validated, asyncHandler(async () => orders()));
app.post("/boxes", [1].map((n) => crates(n)), asyncHandler(boxes));
function orders() {}
function boxes() {}
function crates(n: number) { return n; }
`;
  expect(await reached({ "a.ts": ts })).toMatchObject({ orders: "handler 1", boxes: "handler 0", crates: "" });
});

it("sees what a function makes that is called for a handler", async () => {
  const go = `package a
import "net/http"
func Listen() {
	http.Handle("/orders", authorised(orders()))
	http.HandleFunc("/boxes", boxes)
	made := crates()
	http.HandleFunc("/crates", made)
	http.HandleFunc(path(), boxes)
	unused()
}
func authorised(next http.Handler) http.Handler { return next }
func orders() http.Handler { return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { order() }) }
func boxes(w http.ResponseWriter, r *http.Request) {}
func crates() http.HandlerFunc { return func(w http.ResponseWriter, r *http.Request) { crate() } }
func unused() func() { return func() { nothing() } }
func path() string { order := func() { nothing() }; order(); return "/" }
func order() {}
func crate() {}
func nothing() {}
`;
  const found = await reached({ "go.mod": "module a\n", "a.go": go });
  expect(found).toMatchObject({ order: "handler 1", crate: "handler 1", boxes: "handler 0", nothing: "", Listen: "" });
  const ts = `import express from "express";
const app = express();
app.get("/orders", list("orders"));
app.get("/boxes", other("boxes"));
function list(what: string) { return async (req: unknown, res: unknown) => order(what); }
function other(what: string) { order; return what; }
function order(what: string) { return what; }
`;
  expect(await reached({ "a.ts": ts })).toMatchObject({ order: "handler 1", list: "", other: "" });
});

it("sees every method that may answer a call, however many there are", async () => {
  const types = ["A", "B", "C", "D", "E", "F", "G"];
  const go = `package a
import "net/http"
type Model interface { Create(); Name() string }
func Listen(m Model) { http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { m.Create() }) }
type Rest struct{}
func (Rest) Name() string { return "" }
${types.map((name) => `type ${name} struct{ Rest }\nfunc (${name}) Create() {}`).join("\n")}
type Wrapped struct{ Model }
func (Wrapped) Create() {}
type Other struct{}
func (Other) Create() {}
`;
  const found = await reached({ "go.mod": "module a\n", "a.go": go });
  for (const name of [...types, "Wrapped"])
    expect(found[`${name}.Create`] ?? found[`(${name}).Create`]).toBe("handler 1");
  expect(found["Other.Create"] ?? found["(Other).Create"]).toBe("");
});

it("takes a signature for an entry where nothing else leads there", async () => {
  const go = `package a
import ("context"; "net/http")
type Server struct{}
func (s *Server) Open(ctx context.Context, req *OpenRequest) (*OpenReply, error) { return open(req) }
func (s *Server) Close(ctx context.Context, req *CloseRequest) (*CloseReply, error) { return nil, nil }
func (s *Server) Move(ctx context.Context, req *OtherRequest) (*MoveReply, error) { return nil, nil }
func open(req *OpenRequest) (*OpenReply, error) { return nil, nil }
func Listen(s *Server) { http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { s.Close(nil, nil) }) }
type Client struct{}
func (c *Client) Open(ctx context.Context, req *OpenRequest) (*OpenReply, error) { return nil, nil }
type BoxHandler struct{}
func (h BoxHandler) Patch(r *http.Request, id string) (string, error) { return patch(id) }
func (h BoxHandler) Address(r *http.Request) string { return address(r) }
func patch(id string) (string, error) { return id, nil }
func address(r *http.Request) string { return "" }
`;
  const found = await reached({ "go.mod": "module a\n", "a.go": go });
  expect(found["(*Server).Open"]).toBe("handler 0");
  expect(found.open).toBe("handler 1");
  expect(found["(*Server).Close"]).toBe("handler 1");
  expect(found["(*Server).Move"]).toBe("");
  expect(found["(*Client).Open"]).toBe("");
  expect(found.patch).toBe("handler 1");
  expect(found.address).toBe("");
});
