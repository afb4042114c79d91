/** Notifications of a browser or of the installed application: the words of a push, in its own form. */
import type pg from "pg";
import { parseIso } from "../../core/kernel/time.ts";
import type { Clock } from "../platform/clock.ts";
import type { Outgoing } from "../platform/outgoing.ts";
import type { Secrets } from "../platform/secrets.ts";
import { openWebPushChannel, type PushTarget, type WebPush } from "./channels/web-push.ts";
import { openTarget } from "./contact-store.ts";
import type { Way } from "./effects.ts";
import type { Message } from "./message.ts";
import { readPushKeys } from "./push-keys-store.ts";
import { pushOf } from "./pushes.ts";

type Known = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly outgoing: Outgoing;
  readonly url: string;
  readonly mailHost: string;
};

const seats = 20;
const seatsEach = 10;
/** What has no end of its own. */
const keptSeconds = 12 * 3_600;

export function openPushWay(known: Known): Way {
  const channel = openWebPushChannel(known.outgoing);
  /* Services ask for an address at which to complain. */
  const subject = known.url.startsWith("https:") ? known.url : `mailto:tocsin@${known.mailHost}`;
  return {
    channel: "push",
    seats,
    seatsEach,
    send: async (point, message) => {
      const now = known.clock.now();
      const { content } = message;
      const until = content.kind === "page" ? parseIso(content.notAfter) : undefined;
      return channel.send(openTarget<PushTarget>(known.secrets, point), webPushOf(message), {
        signing: { subject, ...(await readPushKeys(known)) },
        seconds: until === undefined ? keptSeconds : (until - now) / 1_000,
        now,
      });
    },
  };
}

export function webPushOf(message: Message): WebPush {
  const { title, message: body, priority, click, actions } = pushOf(message);
  return {
    title,
    body,
    tag: message.content.kind === "page" ? message.thread : message.key,
    language: message.language,
    loud: priority >= 4,
    url: click,
    actions: actions.flatMap((one, place) =>
      one.kind === "post" ? [{ action: `act-${place}`, title: one.label, url: one.url, form: one.form }] : [],
    ),
  };
}
