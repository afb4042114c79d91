/** The secret that a signing sender shares with us: sealed under the integration it is for, and never shown again. */
import type { z } from "zod";
import type { signing } from "../../contract/account.ts";
import type { Integration, Signature } from "../../core/desk/directory.ts";
import { HttpProblem } from "../platform/problems.ts";

type Signing = z.infer<typeof signing>;

export const secretPlace = (integrationId: string): string => `integrations/${integrationId}`;

export const sealingWith =
  (seal: (place: string, text: string) => string, { secret, header, timestampHeader }: Signing) =>
  (integrationId: string): Signature => ({ header, timestampHeader, sealed: seal(secretPlace(integrationId), secret) });

/** Only the webhook of Alertmanager's kind has a sender that signs. */
export function refuseUnsignable(kind: string, signature: Signing | null): void {
  if (signature === null || kind === "alertmanager") return;
  const detail = "only an integration of the kind alertmanager is signed";
  throw new HttpProblem(422, "invalid-body", { errors: [{ pointer: "/signature", code: "invalid-value", detail }] });
}

export function integrationView({ id, kind, name, serviceId, mapping, signature }: Integration) {
  const shown = signature ? { header: signature.header, timestampHeader: signature.timestampHeader } : null;
  return { id, kind, name, service: serviceId, mapping, signature: shown };
}
