import type { CallTarget } from "./links";
import type { Type } from "./types";

/** What waits for the next message of a broker, or for the next few, or for the next who connects. */
export function isTakingMessages({ external, entry }: CallTarget): boolean {
  if (!external || (entry?.role !== "network" && entry?.role !== "cache")) return false;
  if (takesConnection.test(external.symbol)) return true;
  return ofBroker.test(external.module) && takesMessage.test(external.symbol);
}

const takesConnection = /(?:^|\.)(?:\w*Listener|Server\w*|socket)\.accept(?:TCP|Unix)?$/i;

const ofBroker = /kafka|sqs|boto|amqp|rabbit|pulsar|nats|stan|nsq|pub-?sub|redis|service-?bus/i;

/** What a loop over it gets the messages of a broker from, one after the other: a consumer, or a channel of them. */
export function bringsMessages(type: Type | undefined): boolean {
  if (type?.kind !== "external") return false;
  const element = type.symbol === "channel" ? type.arguments[0] : undefined;
  if (element?.kind === "external") return isOfMessages(element, /(?:^|\.)(?:Delivery|\w*Message|Msg)$/);
  return isOfMessages(type, /(?:Consumer|Subscription|PubSub|Receiver|Reader)$/);
}

function isOfMessages({ module, symbol }: { module: string; symbol: string }, meant: RegExp): boolean {
  return ofBroker.test(module) && meant.test(symbol);
}

const takesMessage =
  /(?:^|[._])(?:(?:read|fetch|receive|next|pull)_?(?:messages?|msg)|poll|get_?(?:one|many)|x_?read(?:_?group)?|b[lr]pop|next)$/i;
