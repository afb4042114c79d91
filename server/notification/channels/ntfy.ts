/** ntfy, by its JSON form (docs.ntfy.sh/publish): one POST to the server, whose yes means that it keeps the message for
 *  whoever subscribes to the topic, and not that a phone has it. It wakes no muted phone by itself: that is a setting of each
 *  phone. Sent twice, it is shown twice, so a second attempt whose first may have arrived says so. */
import type { Answered, Outgoing } from "../../platform/outgoing.ts";
import { fieldsOf, jsonOf, textOf } from "./provider.ts";
import { type Sent, sentBy } from "./sent.ts";

export type NtfyTarget = { readonly server: string; readonly topic: string; readonly token: string | null };

/** A button: `post` acts from the notification itself, `open` opens an address. */
export type PushAction = { readonly label: string; readonly url: string } & (
  | { readonly kind: "post"; readonly form: string }
  | { readonly kind: "open" }
);

export type Push = {
  readonly title: string;
  readonly message: string;
  /** 3 is ntfy's own default, 5 its loudest. */
  readonly priority: 3 | 4 | 5;
  readonly tags: readonly string[];
  readonly click: string;
  readonly actions: readonly PushAction[];
};

/** ntfy makes an attachment of a longer message, in bytes; some room is left for what servers add. */
export const messageBytesMax = 4_000;
const titleBytesMax = 250;
const actionsMax = 3;

export type NtfyChannel = { readonly send: (target: NtfyTarget, push: Push, now: number) => Promise<Sent> };

export function openNtfyChannel(outgoing: Outgoing): NtfyChannel {
  return {
    send: async ({ server, topic, token }, push, now) => {
      const answered = await outgoing.post({
        url: server,
        headers: {
          "content-type": "application/json",
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({
          topic,
          title: cutToBytes(push.title, titleBytesMax),
          message: cutToBytes(push.message, messageBytesMax),
          priority: push.priority,
          tags: push.tags,
          click: push.click,
          actions: push.actions.slice(0, actionsMax).map(actionOf),
        }),
        reads: true,
      });
      return sayingNo(answered) ?? sentBy(answered, now);
    },
  };
}

/** A yes around a no: an error in ntfy's own form, or the page of whatever stands before it (a portal, a proxy). */
function sayingNo(answered: Answered): Sent | null {
  if (answered.kind !== "answered" || answered.status < 200 || answered.status >= 300) return null;
  const body = answered.body?.trim() ?? "";
  const said = jsonOf(body);
  const error = textOf(fieldsOf(said).error);
  if (error !== null)
    return { kind: "later", error: `HTTP ${answered.status}: ${error.slice(0, 200)}`, unknown: false, nobody: false };
  return body === "" || said !== null
    ? null
    : { kind: "later", error: `HTTP ${answered.status}: unreadable`, unknown: true, nobody: false };
}

/** What the acknowledge page's own form sends: the button on the phone and the button on the page are one act. */
function actionOf(action: PushAction): object {
  const { label, url } = action;
  if (action.kind === "open") return { action: "view", label, url };
  return {
    action: "http",
    label,
    url,
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: action.form,
    clear: true,
  };
}

/** Never inside a visible character. */
export function cutToBytes(text: string, max: number): string {
  if (Buffer.byteLength(text) <= max) return text;
  let cut = "";
  let room = max - Buffer.byteLength("…");
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)) {
    room -= Buffer.byteLength(segment);
    if (room < 0) break;
    cut += segment;
  }
  return `${cut.trimEnd()}…`;
}
