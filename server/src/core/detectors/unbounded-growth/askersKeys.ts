import { ownerOf } from "../../model/graph/dataOwner";
import { argumentsGiven } from "../../model/graph/givenConstants";
import { kindOf } from "../../model/graph/kinds";
import type { WayFromOutside } from "../../model/graph/wayFromOutside";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { CollectionUse } from "./collectionUses";

/**
 * Whether the key under which something is kept comes with the request, so that whoever asks can make up new ones: it
 * is a part of what the request brings along, by the way there, or is what tells those who ask apart, by its name.
 */
export function keyComesWithRequest(
  model: WorkspaceModel,
  way: WayFromOutside,
  linked: LinkedFunction,
  { keyName, keyFrom = keyName, isKeyed }: CollectionUse,
  names: readonly string[],
): boolean {
  const fn = functionAt(model, linked)?.fn;
  if (!fn || !isKeyed || keyName === undefined || keyFrom === undefined) return false;
  const sources = keyFrom.split(",");
  const isOfThing = isPartOfThing(names.at(-1) ?? "");
  if ([...names, ...sources].some((name) => isAsked(name) || (!isOfThing && ofWhoeverAsks.test(kindOf(name)))))
    return true;
  return sources.some((source) => {
    const [root = ""] = /^[\p{L}_$][\p{L}\p{N}_$]*/u.exec(source) ?? [];
    const parameter = fn.parameters.findIndex(({ name }) => name === root);
    const path = parameter < 0 ? source : `<func#${linked.index}@${parameter}>${source.slice(root.length)}`;
    return isOfRequest(model, way, linked, path, way.calls.length);
  });
}

/** Whether a path of a function, after so many calls of the way, is or belongs to what its root was called with. */
function isOfRequest(
  model: WorkspaceModel,
  way: WayFromOutside,
  linked: LinkedFunction,
  path: string,
  calls: number,
): boolean {
  const fn = functionAt(model, linked)?.fn;
  const [, position, type] = /^<(?:func#\d+@(\d+)|([^<>]+))>/.exec(path) ?? [];
  const given = (fn?.parameters ?? []).flatMap((one, i) =>
    String(i) === position || (type !== undefined && one.type === type && ofWhatIsSent.test(type)) ? i : [],
  );
  if (isAsked(path)) return true;
  const caller = way.calls[calls - 1];
  const calling = caller && functionAt(model, caller.linked);
  if (given.length > 0 && !caller) return !ofAccounts.test(path);
  // What has a type of the program's own is followed to where it was looked up: `connect(camera: Camera)`.
  const held = (fn?.parameters ?? []).flatMap((one, i) => (type !== undefined && one.type === type ? i : []));
  if (fn && caller && calling && given.length === 0 && held.length === 1)
    return isOfRequest(
      model,
      way,
      caller.linked,
      argumentsGiven(calling, caller.call, fn)[held[0] as number] ?? "",
      calls - 1,
    );
  // What a call gives is something else, whatever it was asked of, and a type alone says nothing.
  if (given.length === 0 && (path.includes("()") || /^<[^<>]*>$/.test(path))) return false;
  if (!fn || !caller || !calling || given.length === 0)
    return (
      ownerOf(model, { ...way, calls: way.calls.slice(0, calls) }, { linked, written: "", over: path }) === "request"
    );
  const handed = argumentsGiven(calling, caller.call, fn);
  return given.some((i) => isOfRequest(model, way, caller.linked, handed[i] ?? "", calls - 1));
}

/** Types of what a request is made of. Of others, what was looked up may have the same type as what was sent. */
const ofWhatIsSent =
  /^\*?(?:\w+\.)*(?:[sS]tring|str|[iI]nt(?:eger|32|64)?|[lL]ong|number|UUID|\w*(?:Request|Req|Body|Payload|D[Tt][Oo]|Input|Form|Params|Command|Args|Query))$/;

/** Whether a name is a part of a thing that the program has a type for: `<Vessel>.token`, and not `<Context>.token`. */
function isPartOfThing(name: string): boolean {
  const type = /^<\*?([\w.]+)>\.\w+$/.exec(name)?.[1];
  return type !== undefined && !ofWhatIsSent.test(type) && !ofAsking.test(type);
}

const ofAsking = /(?:Context|Ctx|Socket|Conn|Connection|Session|Client|Exchange|Message|Event|Call|Info|State|Peer)$/;

/** What was looked up for whoever asks before the request got there: `req.user.id`. */
const ofAccounts = /\.(?:user|account|auth|org|organi[sz]ation|tenant|team)\b/i;

/** `r.FormValue`, `mux.Vars()["room"]` */
function isAsked(path: string): boolean {
  return givenByAsker.test(path.replace(/(?:\(\)|\[\w*\]|#\d+)+$/, ""));
}

/** What a request brings along, and nobody has checked. */
const givenByAsker =
  /\.(?:getHeader|getParameter|getPathInfo|getRequestURI|getQueryString|getRemoteAddr|getRemoteHost|FormValue|PostFormValue|PathValue|RemoteAddr|RequestURI|URL\.Path|Header\.Get|ClientIP|RealIP|remote_addr|client\.host)$|(?:^|\.)(?:Param|QueryParam|DefaultQuery|PostForm|URLParam|Vars)$|\breq(?:uest)?\.(?:params|query|body|headers|ip|args|GET|POST|form|cookies)\b/;

/** What tells those who ask apart, before anybody has looked whether there is one. */
const ofWhoeverAsks = /^(?:ip|principal|token|nonce|fingerprint|visitor|session|remote|useragent|agent)s?$/;
