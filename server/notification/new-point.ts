/** A contact point out of what was typed: what is shown of it, and what only its channel may read, sealed. */
import { randomUUID } from "node:crypto";
import type * as contract from "../../contract/notifications.ts";
import { phoneOf } from "../../core/notification/phone.ts";
import { emailPattern } from "../platform/addresses.ts";
import { HttpProblem, refused } from "../platform/problems.ts";
import type { NtfyTarget } from "./channels/ntfy.ts";
import { makeSigningSecret } from "./channels/webhook.ts";
import type { ContactKnown } from "./contact-routes.ts";
import { type ContactRow, sealTarget, type Target } from "./contact-store.ts";
import { isPhoneKind, readProviders } from "./provider-store.ts";

export type NewPoint = Pick<ContactRow, "id" | "personId" | "kind" | "address" | "name" | "sealed"> & {
  readonly now: number;
};
type Made = { readonly row: NewPoint; readonly secret: string | null };

export async function newPoint(
  known: ContactKnown,
  personId: string,
  body: (typeof contract.addContactPoint)["body"]["_output"],
): Promise<Made> {
  const { kind } = body;
  const bare = { id: randomUUID(), personId, kind, name: body.name ?? null, sealed: null, now: known.clock.now() };
  const plain = (address: string): Made => ({ row: { ...bare, address }, secret: null });
  const sealed = (address: string, target: Target, secret: string | null = null): Made => ({
    row: { ...bare, address, sealed: sealTarget(known.secrets, bare.id, target) },
    secret,
  });
  switch (kind) {
    case "email":
      if (!emailPattern.test(body.address)) throw fieldProblem("/address", "not-an-email");
      return plain(body.address);
    case "sms":
    case "voice": {
      const number = phoneOf(body.number);
      if (number === null) throw fieldProblem("/number", "not-a-phone");
      await providerFor(known, isPhoneKind);
      return plain(number);
    }
    case "telegram":
    case "slack":
      return sealed(body.to, { providerId: await providerFor(known, (one) => one === kind) });
    case "mattermost":
    case "teams": {
      const url = judged(known, body.url, "/url");
      return sealed(maskedUrl(url), { url: url.href });
    }
    case "push": {
      const endpoint = judged(known, body.endpoint, "/endpoint");
      return sealed(maskedUrl(endpoint), { endpoint: endpoint.href, p256dh: body.p256dh, auth: body.auth });
    }
    case "ntfy": {
      const server = judged(known, body.server, "/server");
      const target: NtfyTarget = { server: server.href, topic: body.topic, token: body.token ?? null };
      return sealed(`${server.href.replace(/\/$/, "")}/${body.topic.slice(0, 3)}…`, target);
    }
    case "webhook": {
      const url = judged(known, body.url, "/url");
      const secret = makeSigningSecret();
      return sealed(maskedUrl(url), { url: url.href, secrets: [{ secret, until: null }] }, secret);
    }
  }
}

const maskedUrl = (url: URL): string => `${url.origin}/${url.href.length > url.origin.length + 1 ? "…" : ""}`;

/** Without anybody to carry it, the code would never leave. */
async function providerFor({ pool }: ContactKnown, fits: (kind: string) => boolean): Promise<string> {
  const found = (await readProviders(pool)).find((one) => one.enabled && fits(one.kind));
  if (!found) throw refused("no-provider");
  return found.id;
}

export const fieldProblem = (pointer: string, code: string): HttpProblem =>
  new HttpProblem(422, "invalid-body", { errors: [{ pointer, code, detail: code }] });

/** What can be said of it now; the names it may resolve to are judged each time it is asked. */
export function judged(known: Pick<ContactKnown, "outgoing">, text: string, pointer: string): URL {
  const because = known.outgoing.judge(text);
  if (because !== null) throw fieldProblem(pointer, because);
  const url = new URL(text);
  url.hash = "";
  return url;
}
