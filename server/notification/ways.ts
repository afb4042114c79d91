/** Every channel there is, as the sender uses it. Mail only where a server is set: without one, what is for it stays in the
 *  outbox, and the checklist says so. */
import type pg from "pg";
import type { Clock } from "../platform/clock.ts";
import type { Outgoing } from "../platform/outgoing.ts";
import type { Secrets } from "../platform/secrets.ts";
import { type EmailChannel, sendingMax } from "./channels/email.ts";
import { type NtfyTarget, openNtfyChannel } from "./channels/ntfy.ts";
import { openWebhookChannel, type WebhookTarget } from "./channels/webhook.ts";
import { openChatWays } from "./chat-ways.ts";
import { openTarget } from "./contact-store.ts";
import type { Way } from "./effects.ts";
import type { Message } from "./message.ts";
import { eventOf } from "./outgoing-events.ts";
import { mailOf } from "./outgoing-mails.ts";
import { openPhoneWays } from "./phone-ways.ts";
import { openPushWay } from "./push-way.ts";
import { pushOf } from "./pushes.ts";
import type { MarkReplies } from "./reply-marks.ts";

type Known = {
  readonly pool: pg.Pool;
  readonly url: string;
  readonly email: EmailChannel | null;
  readonly mailHost: string;
  /** Null: answers by mail are read nowhere. */
  readonly markReplies: MarkReplies | null;
  readonly outgoing: Outgoing;
  readonly secrets: Secrets;
  readonly clock: Clock;
};

/** One that hangs keeps its seats for ten seconds: the others of its channel must have some left. */
const seats = 20;
const seatsEach = 4;

export function openWays(known: Known): Way[] {
  const { email, mailHost, markReplies, outgoing, secrets, clock } = known;
  const ntfy = openNtfyChannel(outgoing);
  const webhook = openWebhookChannel(outgoing);
  const ways: Way[] = [
    {
      channel: "ntfy",
      seats,
      seatsEach,
      send: (point, message) => ntfy.send(openTarget<NtfyTarget>(secrets, point), pushOf(message), clock.now()),
    },
    {
      channel: "webhook",
      seats,
      seatsEach,
      send: (point, message) => webhook.send(openTarget<WebhookTarget>(secrets, point), eventOf(message), clock.now()),
    },
  ];
  if (email !== null)
    ways.push({
      channel: "email",
      seats: sendingMax,
      seatsEach: sendingMax,
      send: (point, message, claimed) => {
        const mark = markReplies?.(Number(claimed.payload.copyOf ?? claimed.id)) ?? null;
        return email.send(mailOf(message, point.address, { mailHost, mark: isAnswerable(message) ? mark : null }));
      },
    });
  /* Those who carry calls tell of each attempt themselves, with whom it was made. */
  return [
    ...openPhoneWays(known),
    ...[...ways, ...openChatWays(known), openPushWay(known)].map((way) => keepingEvidence(known, way)),
  ];
}

const isAnswerable = ({ content: { kind } }: Message): boolean =>
  kind === "page" || kind === "notice" || kind === "test";

function keepingEvidence({ clock }: Known, way: Way): Way {
  return {
    ...way,
    evidence: (claimed, sent) => {
      const [state, detail] =
        sent.kind === "accepted" ? (["accepted", null] as const) : (["refused", sent.error] as const);
      return { outboxId: claimed.id, at: clock.now(), providerId: null, provider: null, state, detail };
    },
  };
}
