/** Alertmanager's webhook, and Grafana's, which has the same shape. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { parseAlertmanagerWebhook } from "../../core/intake/alertmanager.ts";
import type { Parsed } from "../../core/intake/parsed.ts";
import { groupBodyLimit } from "../platform/http.ts";
import {
  bytesOf,
  type Door,
  type IntakeKnown,
  integrationOf,
  invalid,
  notJson,
  parseJson,
  rejected,
  reply,
  submitSignals,
} from "./doors.ts";
import { isSigned, unsigned } from "./signature.ts";

export const alertmanagerDoors: readonly Door[] = [
  {
    path: "/alertmanager/:key/webhook",
    kind: "alertmanager",
    key: "path",
    /* Grafana's contact point may be told to use either. */
    methods: ["POST", "PUT"],
    bodyLimit: groupBodyLimit,
    answer: webhook,
  },
];

async function webhook(known: IntakeKnown, request: FastifyRequest, to: FastifyReply): Promise<FastifyReply> {
  const integration = integrationOf(request);
  const bytes = bytesOf(request);
  if (!isSigned(known, request, bytes)) return unsigned(known, request, to);
  const body = parseJson(bytes);
  const parsed: Parsed = body === undefined ? notJson : parseAlertmanagerWebhook(body);
  if (!parsed.ok) return rejected(known, to, { integration, parsed, answer: invalid(parsed) });
  const outcome = await submitSignals(known, request, integration, parsed);
  return reply(to, { status: 200, body: { status: "success", alerts: outcome.length, warnings: parsed.warnings } });
}
