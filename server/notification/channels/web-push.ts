/** Web push (RFC 8030, 8291, 8292): encrypted for one browser, signed as this desk, and left with the service of that browser's
 *  maker. Its yes means that it keeps the message, and not that a phone showed it; 404 and 410 that the subscription has
 *  ended. */
import webPush from "web-push";
import type { Outgoing } from "../../platform/outgoing.ts";
import { cutToBytes } from "./ntfy.ts";
import { type Sent, sentBy } from "./sent.ts";

export type PushTarget = { readonly endpoint: string; readonly p256dh: string; readonly auth: string };

/** What public/sw.js reads. */
export type WebPush = {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  readonly language: string;
  readonly loud: boolean;
  /** What a press opens. */
  readonly url: string;
  /** Acts from the notification itself, where the system shows buttons. */
  readonly actions: readonly {
    readonly action: string;
    readonly title: string;
    readonly url: string;
    readonly form: string;
  }[];
};

export type PushSigning = { readonly subject: string; readonly publicKey: string; readonly privateKey: string };

/** Services take 4 KB in all; encrypted, with its head. */
const titleBytesMax = 250;
const bodyBytesMax = 1_800;
const gone = [404, 410];

export function openWebPushChannel(outgoing: Outgoing) {
  return {
    send: async (
      { endpoint, p256dh, auth }: PushTarget,
      push: WebPush,
      { signing, seconds, now }: { readonly signing: PushSigning; readonly seconds: number; readonly now: number },
    ): Promise<Sent> => {
      const said = { ...push, title: cutToBytes(push.title, titleBytesMax), body: cutToBytes(push.body, bodyBytesMax) };
      const request = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, JSON.stringify(said), {
        vapidDetails: signing,
        TTL: Math.max(60, Math.round(seconds)),
        urgency: push.loud ? "high" : "normal",
        contentEncoding: "aes128gcm",
      });
      const { "Content-Length": _length, ...headers } = request.headers as Record<string, string | number>;
      const answered = await outgoing.post({
        url: endpoint,
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
        body: request.body ?? "",
      });
      if (answered.kind === "answered" && gone.includes(answered.status))
        return { kind: "never", error: `HTTP ${answered.status}`, gone: true };
      return sentBy(answered, now);
    },
  };
}
