/** PagerDuty's Events API, versions 2 and 1, and its change events: the key is in the body, the answer in its words. */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Integration } from "../../core/desk/directory.ts";
import { parseChangeEvent } from "../../core/intake/change.ts";
import { parsePagerDutyEvent, routingKeyOf } from "../../core/intake/pagerduty.ts";
import { parsePagerDutyV1Event, serviceKeyOf } from "../../core/intake/pagerduty-v1.ts";
import { bodyLimit } from "../platform/http.ts";
import { randomWord } from "../platform/secrets.ts";
import { insertChange } from "./change-store.ts";
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

const door = (path: string, answer: Door["answer"]): Door => ({
  path,
  kind: "pagerduty",
  key: "body",
  methods: ["POST"],
  bodyLimit: 2 * bodyLimit,
  answer,
});

export const pagerdutyDoors: readonly Door[] = [
  door("/v2/enqueue", enqueue),
  door("/v2/change/enqueue", enqueueChange),
  door("/generic/2010-04-15/create_event.json", createEvent),
];

const badEvent = (...errors: string[]): Answer => ({
  status: 400,
  body: { status: "invalid event", message: "Event object is invalid", errors },
});

type Named = { readonly field: "routing_key" | "service_key"; readonly keyOf: (body: unknown) => string | null };
type Read = { readonly integration: Integration; readonly body: unknown } | { readonly answered: FastifyReply };

const version2: Named = { field: "routing_key", keyOf: routingKeyOf };
const version1: Named = { field: "service_key", keyOf: serviceKeyOf };

/** What every event is asked first. 403 is never an answer: version 1's clients take it for "later". */
async function readEvent(
  known: IntakeKnown,
  request: FastifyRequest,
  to: FastifyReply,
  { field, keyOf }: Named,
): Promise<Read> {
  const bytes = bytesOf(request);
  if (bytes.length > bodyLimit) {
    const integration = await integrationFor(known, sniffKey(bytes), "pagerduty");
    return { answered: await oversized(known, to, { integration, kind: "pagerduty", bytes: bytes.length }) };
  }
  const body = parseJson(bytes);
  if (body === undefined) return { answered: reply(to, badEvent("Body is not valid JSON")) };
  const key = keyOf(body);
  const no = (reason: string, error: string): Read => ({
    answered: refuse(known, to, { kind: "pagerduty", reason }, badEvent(error)),
  });
  if (key === null) return no("no-key", `'${field}' is missing`);
  const integration = await integrationFor(known, key, "pagerduty");
  return integration ? { integration, body } : no("key-unknown", `Invalid ${field.replace("_", " ")}`);
}

async function enqueue(known: IntakeKnown, request: FastifyRequest, to: FastifyReply): Promise<FastifyReply> {
  const read = await readEvent(known, request, to, version2);
  if ("answered" in read) return read.answered;
  const { integration, body } = read;
  const parsed = parsePagerDutyEvent(body, { generatedKey: randomWord(32) });
  if (!parsed.ok) return rejected(known, to, { integration, parsed, answer: badEvent(...parsed.errors) });
  await submitSignals(known, request, integration, parsed);
  return reply(to, {
    status: 202,
    body: { status: "success", message: "Event processed", dedup_key: parsed.reply?.dedupKey ?? null },
  });
}

async function createEvent(known: IntakeKnown, request: FastifyRequest, to: FastifyReply): Promise<FastifyReply> {
  const read = await readEvent(known, request, to, version1);
  if ("answered" in read) return read.answered;
  const { integration, body } = read;
  const parsed = parsePagerDutyV1Event(body, { generatedKey: randomWord(32) });
  if (!parsed.ok) return rejected(known, to, { integration, parsed, answer: badEvent(...parsed.errors) });
  await submitSignals(known, request, integration, parsed);
  return reply(to, {
    status: 200,
    body: { status: "success", message: "Event processed", incident_key: parsed.reply?.dedupKey ?? null },
  });
}

/** Kept before the 202, like an event; it opens nothing and calls nobody. */
async function enqueueChange(known: IntakeKnown, request: FastifyRequest, to: FastifyReply): Promise<FastifyReply> {
  const read = await readEvent(known, request, to, version2);
  if ("answered" in read) return read.answered;
  const { integration, body } = read;
  const parsed = parseChangeEvent(body);
  if (!parsed.ok) return rejected(known, to, { integration, parsed, answer: badEvent(...parsed.errors) });
  await insertChange(known.pool, integration, parsed.change, known.now());
  known.journal.note(integration.id, "accepted", {
    results: [{ key: parsed.change.summary, became: "change-kept", incidentId: null, because: null }],
    count: 1,
    warnings: parsed.warnings,
  });
  return reply(to, { status: 202, body: { status: "success", message: "Change event processed" } });
}
