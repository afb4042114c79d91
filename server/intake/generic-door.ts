/** Any JSON, with a mapping in CEL. */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Integration } from "../../core/desk/directory.ts";
import { type CompiledMapping, compileMapping, parseGeneric } from "../../core/intake/generic.ts";
import type { Parsed } from "../../core/intake/parsed.ts";
import { bodyLimit } from "../platform/http.ts";
import {
  bytesOf,
  type Door,
  type IntakeKnown,
  integrationOf,
  invalid,
  notJson,
  oversized,
  parseJson,
  rejected,
  reply,
  submitSignals,
} from "./doors.ts";

export const genericDoors: readonly Door[] = [
  {
    path: "/events/:key",
    kind: "generic",
    key: "path",
    methods: ["POST", "PUT"],
    bodyLimit: 2 * bodyLimit,
    answer: generic,
  },
];

const compiled = new WeakMap<object, CompiledMapping>();

/** Compiled once for each version of the directory. */
export function mappingOf(integration: Integration): CompiledMapping {
  if (integration.mapping === null) return {};
  const known = compiled.get(integration.mapping);
  if (known) return known;
  const made = compileMapping(integration.mapping);
  const mapping = made.ok ? made.mapping : {};
  compiled.set(integration.mapping, mapping);
  return mapping;
}

async function generic(known: IntakeKnown, request: FastifyRequest, to: FastifyReply): Promise<FastifyReply> {
  const bytes = bytesOf(request);
  const integration = integrationOf(request);
  if (bytes.length > bodyLimit) return oversized(known, to, { integration, kind: "generic", bytes: bytes.length });
  const body = parseJson(bytes);
  const parsed: Parsed = body === undefined ? notJson : parseGeneric(body, mappingOf(integration));
  if (!parsed.ok) return rejected(known, to, { integration, parsed, answer: invalid(parsed) });
  const outcome = await submitSignals(known, request, integration, parsed);
  return reply(to, {
    status: 202,
    body: { status: "success", events: outcome.map(({ key: one, became }) => ({ key: one, became })) },
  });
}
