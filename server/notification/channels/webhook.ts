/** Webhooks as Standard Webhooks has them (standardwebhooks.com): `webhook-id` is the same for every attempt of a message, so
 *  that a receiver can drop what it has already; the signature is over `id.timestamp.body`, once for each secret while one
 *  replaces the other. 2xx is a yes; 410 says that nothing more is wanted. */
import { createHmac, randomBytes } from "node:crypto";
import type { Outgoing } from "../../platform/outgoing.ts";
import { type Sent, sentBy } from "./sent.ts";

export type SigningSecret = {
  readonly secret: string;
  /** Until when it signs beside its successor; null for the one in use. */
  readonly until: number | null;
};

export type WebhookTarget = { readonly url: string; readonly secrets: readonly SigningSecret[] };

export type WebhookEvent = {
  readonly id: string;
  readonly type: string;
  /** When what it tells happened, RFC 3339. */
  readonly timestamp: string;
  readonly data: object;
};

const prefix = "whsec_";
const secretBytes = 32;

export const makeSigningSecret = (): string => prefix + randomBytes(secretBytes).toString("base64");

export type WebhookChannel = {
  readonly send: (target: WebhookTarget, event: WebhookEvent, now: number) => Promise<Sent>;
};

export function openWebhookChannel(outgoing: Outgoing): WebhookChannel {
  return {
    send: async ({ url, secrets }, { id, ...event }, now) => {
      const body = JSON.stringify(event);
      const timestamp = String(Math.floor(now / 1_000));
      const valid = secrets.filter((one) => one.until === null || one.until > now);
      const answered = await outgoing.post({
        url,
        headers: {
          "content-type": "application/json",
          "webhook-id": id,
          "webhook-timestamp": timestamp,
          "webhook-signature": valid.map((one) => signatureOf(one.secret, `${id}.${timestamp}.${body}`)).join(" "),
        },
        body,
      });
      return sentBy(answered, now);
    },
  };
}

function signatureOf(secret: string, signed: string): string {
  const key = Buffer.from(secret.slice(prefix.length), "base64");
  return `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
}
