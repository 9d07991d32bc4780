import { wordsOf } from "../../base/words";
import type { LanguageId, ParameterFacts } from "../facts";
import type { FileSummary, FunctionSummary } from "../fileSummary";
import { isScript } from "../scripts";

/**
 * Whether a function is made to be called by a framework when somebody outside asks, as far as its signature tells:
 * methods of generated services, resolvers, views and routes whose registration is not in the workspace, or not
 * understood. Worth less than a registration: for functions that nothing else reaches.
 */
export function hasEntryShape(file: FileSummary, fn: FunctionSummary): boolean {
  const { path, language, isTest } = file;
  if (isTest || fn.isTest || fn.name === "" || fn.form === "constructor") return false;
  if (isMemberOfService(fn, file)) return true;
  return fn.form !== "closure" && shapes[language](fn, path, file);
}

/**
 * Whether a function is a listener for one kind of event, as far as its signature tells: a bus that finds its
 * listeners by reflection, in a table or in a configuration calls it when somebody has done something.
 */
export function handlesEvent({ name, typeName, parameters }: FunctionSummary): boolean {
  if (typeName === undefined || !isCalledHandler(name, typeName)) return false;
  const [event, ...others] = parameters.filter(
    (parameter) => parameter.name !== "self" && parameter.type !== "context.Context",
  );
  const type = wordsOf(event?.type?.replace(/<.*$/, "").split(".").at(-1) ?? "");
  return others.length === 0 && type.at(-1) === "event" && !type.some((word) => ofTheProgram.test(word));
}

function isCalledHandler(name: string, typeName: string): boolean {
  return (
    /^(?:on|handle)_?\w*_?event$/i.test(name) ||
    (/^(?:on|handle|process|perform|execute|consume|apply)(?:[A-Z_]\w*)?$/i.test(name) &&
      /(?:Listener|Handler|Processor|Consumer|Subscriber|Observer)$/.test(typeName))
  );
}

/** Events of a program's own life, of clocks, and of what is shown to somebody. */
const ofTheProgram =
  /^(?:context|application|server|startup|shutdown|started|stopped|ready|refreshed|closed|closing|lifecycle|bootstrap|session|config\w*|cache|cluster|partition|node|leader|timer|tick|schedule\w*|clock|interval|cron|heartbeat|ui|action|window|mouse|key|keyboard|pointer|touch|focus|drag|drop|change|input|click|scroll|resize|progress|close|error|http|servlet|sdk|lambda)$/;

/**
 * A function in an object that stands for one procedure, with the parts of a request taken apart, or for a service whose
 * interface is generated: `server.add({ auth, handler: async ({ input, auth }) => … })`, `(): ServiceImpl<typeof Orders> => ({ … })`.
 */
function isMemberOfService(
  { name, parameters, parent }: FunctionSummary,
  { functions, language }: FileSummary,
): boolean {
  if (!isScript(language)) return false;
  const [first, ...others] = parameters;
  const asked = first?.parts?.filter((part) => partsOfRequests.has(part.name)) ?? [];
  if (name === "handler" && others.length === 0 && asked.length > 1) return true;
  const { results = [] } = parent === undefined ? {} : (functions[parent] as FunctionSummary);
  return results.some((type) => /\bServiceImpl</.test(type));
}

const partsOfRequests = new Set(
  "auth body headers input params query reply req request res response session".split(" "),
);

type Shape = (fn: FunctionSummary, path: string, file: FileSummary) => boolean;

const shapes: Readonly<Record<LanguageId, Shape>> = {
  go: (fn, _path, file) =>
    isExported(fn) &&
    !isStandIn(fn.typeName) &&
    (takesWebRequest(fn) || answersRequest(fn) || isRemoteMethod(fn, file) || isResolver(fn) || isAction(fn)),
  python: (fn, path, file) => isView(fn, path) || isGrapheneResolver(fn) || isCommand(fn, file) || isServicer(fn, file),
  java: (fn) => fn.typeName !== undefined && !isStandIn(fn.typeName) && takesExchange(fn),
  typescript: isRouteModule,
  javascript: isRouteModule,
};

function isExported({ name }: FunctionSummary): boolean {
  return /^\p{Lu}/u.test(name);
}

/** What calls such a method elsewhere, or stands in for it in tests, has the same signature. */
function isStandIn(type: string | undefined): boolean {
  return (
    type !== undefined &&
    wordsOf(type).some((word) => /^(?:client|proxy|mock|fake|stub|unimplemented|noop)s?$/.test(word))
  );
}

function typesOf(parameters: readonly ParameterFacts[]): string[] {
  return parameters.map(({ type }) => type ?? "");
}

function takesWebRequest({ parameters, results }: FunctionSummary): boolean {
  const types = typesOf(parameters);
  if (types.length === 2)
    return types[0] === "http.ResponseWriter" && types[1] === "*http.Request" && results.length === 0;
  return types.length === 1 && /^(?:\*gin\.Context|\*?echo\.Context|\*?fiber\.Ctx)$/.test(types[0] as string);
}

/** What a library for one kind of server asks for, which hands on the request: `func (h OrderHandler) Patch(r *http.Request, id string) (Order, error)`. */
function answersRequest({ typeName = "", parameters, results }: FunctionSummary): boolean {
  return (
    /(?:Handler|Resource|Controller|Endpoint)$/.test(typeName) &&
    parameters[0]?.type === "*http.Request" &&
    results.at(-1) === "error"
  );
}

/**
 * `CreateOrder(ctx context.Context, req *pb.CreateOrderRequest) (*pb.CreateOrderResponse, error)`: a request of its own
 * name, or a method of what embeds the generated server: `pb.UnimplementedOrdersServer`.
 */
function isRemoteMethod(
  { name, parameters, results, typeName }: FunctionSummary,
  { types }: Pick<FileSummary, "types">,
): boolean {
  const [context, request = ""] = typesOf(parameters);
  if (typeName === undefined || parameters.length !== 2 || context !== "context.Context") return false;
  if (results.length !== 2 || results[1] !== "error" || !results[0]?.startsWith("*")) return false;
  const asked = /^\*(?:\w+\.)?(\w+?)(?:Request|Req)$/.exec(request)?.[1];
  const { bases = [] } = types.find((type) => type.name === typeName) ?? {};
  return (
    asked?.toLowerCase() === name.toLowerCase() ||
    (/^\*\w+\.\w+$/.test(request) && bases.some((base) => /(?:^|\.)Unimplemented\w+Server$/.test(base)))
  );
}

/** A method of what is generated from a GraphQL schema for Go. */
function isResolver({ typeName = "", parameters }: FunctionSummary): boolean {
  return /^(?:mutation|query|subscription)Resolver$/i.test(typeName) && parameters[0]?.type === "context.Context";
}

/** What is generated from an API description calls the one, what a controller is registered with the other. */
function isAction({ typeName = "", parameters, results }: FunctionSummary): boolean {
  if (results.length === 1 && results[0] === "middleware.Responder")
    return parameters.length === 2 && /Params$/.test(parameters[1]?.type ?? "");
  return /Controller$/.test(typeName) && parameters.length === 0 && results.length === 0;
}

/** A function of a module of views, or a method of one, that takes `request`. */
function isView({ name, typeName, parameters, parent }: FunctionSummary, path: string): boolean {
  if (name.startsWith("_") || parent !== undefined) return false;
  const [first] = parameters.filter(({ name: own }) => own !== "self");
  if (first?.name !== "request") return false;
  return typeName === undefined
    ? /(?:^|[/_])views?(?:\.py$|[/_])/.test(path)
    : /(?:View|View[sS]et|Endpoint|Resource|Controller)$/.test(typeName);
}

/** What a decorator of the program's own puts into a table under a name, where the file talks to clients: `@command("hail")`. */
function isCommand({ decorators, parameters }: FunctionSummary, { imports }: FileSummary): boolean {
  return (
    parameters.length > 0 &&
    decorators.some((decorator) => putsIntoTable.test(decorator)) &&
    imports.some(({ module }) => servers.test(module))
  );
}

const putsIntoTable = /^(?:command|handler|handles|action|packet|message|rpc|on_(?:command|message|packet))\(["']/;
const servers = /^(?:fastapi|flask|aiohttp|websockets|starlette|quart|sanic|socketio|tornado|channels)\b/;

/** A procedure of what is generated for a server: `class Orders(orders_pb2_grpc.OrdersServicer)`. */
function isServicer({ name, typeName, parameters }: FunctionSummary, { types }: FileSummary): boolean {
  const { bases = [] } = types.find((type) => type.name === typeName) ?? {};
  const taken = parameters.filter(({ name: own }) => own !== "self").length;
  return !name.startsWith("_") && taken === 2 && bases.some((base) => /\wServicer$/.test(base));
}

function isGrapheneResolver({ name, parameters }: FunctionSummary): boolean {
  const isResolver = /^(?:mutate|perform_mutation|resolve_\w+|subscribe)$/.test(name);
  return isResolver && parameters.slice(0, 3).some(({ name: own }) => own === "info");
}

/** A request of a server that answers later, of a router of functions, or of generated services. */
function takesExchange({ parameters }: FunctionSummary): boolean {
  const types = typesOf(parameters);
  if (types.length === 2 && /^StreamObserver</.test(types[1] as string)) return true;
  return types.length === 1 && /^(?:ServerRequest|RoutingContext|HttpExchange)$/.test(types[0] as string);
}

/** `export async function POST(request)` in `orders/route.ts`. */
function isRouteModule({ name, modifiers }: FunctionSummary, path: string): boolean {
  return (
    /(?:^|\/)route\.[jt]s$/.test(path) && /^(?:GET|POST|PUT|PATCH|DELETE)$/.test(name) && modifiers.includes("exported")
  );
}
