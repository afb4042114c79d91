/** PagerDuty's Events API v2: the key is in the body, and the answer in its words. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { parsePagerDutyEvent, routingKeyOf } from "../../core/intake/pagerduty.ts";
import { bodyLimit } from "../platform/http.ts";
import { randomWord } from "../platform/secrets.ts";
import {
  type Answer,
  bytesOf,
  type Door,
  type IntakeKnown,
  integrationFor,
  oversized,
  parseJson,
  refuse,
  rejected,
  reply,
  submitSignals,
} from "./doors.ts";
import { sniffKey } from "./oversized.ts";

export const pagerdutyDoors: readonly Door[] = [
  { path: "/v2/enqueue", kind: "pagerduty", key: "body", methods: ["POST"], bodyLimit: 2 * bodyLimit, answer: enqueue },
];

const badEvent = (...errors: string[]): Answer => ({
  status: 400,
  body: { status: "invalid event", message: "Event object is invalid", errors },
});

async function enqueue(known: IntakeKnown, request: FastifyRequest, to: FastifyReply): Promise<FastifyReply> {
  const bytes = bytesOf(request);
  if (bytes.length > bodyLimit)
    return oversized(known, to, {
      integration: await integrationFor(known, sniffKey(bytes), "pagerduty"),
      kind: "pagerduty",
      bytes: bytes.length,
    });
  const body = parseJson(bytes);
  if (body === undefined) return reply(to, badEvent("Body is not valid JSON"));
  const key = routingKeyOf(body);
  if (key === null)
    return refuse(known, to, { kind: "pagerduty", reason: "no-key" }, badEvent("'routing_key' is missing"));
  const integration = await integrationFor(known, key, "pagerduty");
  if (!integration)
    return refuse(known, to, { kind: "pagerduty", reason: "key-unknown" }, badEvent("Invalid routing key"));
  const parsed = parsePagerDutyEvent(body, { generatedKey: randomWord(32) });
  if (!parsed.ok) return rejected(known, to, { integration, parsed, answer: badEvent(...parsed.errors) });
  await submitSignals(known, request, integration, parsed);
  return reply(to, {
    status: 202,
    body: { status: "success", message: "Event processed", dedup_key: parsed.reply?.dedupKey ?? null },
  });
}
