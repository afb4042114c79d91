/** The response to a security incident over HTTP: read, acted upon, shared. Every command goes to the desk; what it cannot know
 *  of files and of the record is read here first. */
import type { FastifyRequest } from "fastify";
import * as contract from "../../contract/security.ts";
import { belowLevel } from "../../core/access/can.ts";
import { noSecurity } from "../../core/incidents/security-state.ts";
import { isRefusal } from "../../core/kernel/refusal.ts";
import { type SecurityCommandName, securityCommands } from "../../core/kernel/security-words.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import type { SecurityCommand, SecurityInputs } from "../../core/security/commands.ts";
import { type EntryRead, isDisclosable, manifestOf, tlpOfEntry } from "../../core/security/manifest.ts";
import { hasLevel, readsDisclosuresFrom } from "../../core/security/permission.ts";
import { stixBundle } from "../../core/security/stix.ts";
import { createMessages } from "../../languages/messages.ts";
import { security as words } from "../../languages/security.ts";
import { type ActBody, actEnvelope, actRefused, type IncidentSeen, noteSeen, seeIncident } from "../access/acting.ts";
import { viewerOf } from "../access/viewer.ts";
import { attachmentsOf, visibleEntries } from "../access/visible.ts";
import { languageOf, type Serve } from "../platform/http.ts";
import { HttpProblem, refusalProblem, refused } from "../platform/problems.ts";
import type { SecurityKnown } from "./known.ts";
import { following } from "./store.ts";
import { viewOf } from "./views.ts";

const said = { fr: createMessages("fr", words), en: createMessages("en", words) };

export function securityRoutes(serve: Serve, known: SecurityKnown): void {
  serve(contract.readSecurity, async ({ request, params }) => {
    const row = await seeIncident(known, request, params.id);
    await noteSeen(known, request, row, "page");
    return shown(known, request, row);
  });
  for (const [index, endpoint] of contract.securityEndpoints.entries()) {
    const name = securityCommands[index];
    if (!name) continue;
    serve(endpoint, async ({ request, params, body }) => {
      const row = await seeIncident(known, request, (params as { id: string }).id);
      await act(known, request, { row, name, body: body as ActBody });
      return shown(known, request, await seeIncident(known, request, row.id));
    });
  }
  sharingRoutes(serve, known);
}

function sharingRoutes(serve: Serve, known: SecurityKnown): void {
  serve(contract.exportObservables, async ({ request, params }) => {
    const row = await seeIncident(known, request, params.id);
    await noteSeen(known, request, row, "export");
    const { tlp = null, security = noSecurity } = row.incident;
    const { t } = said[languageOf(request)];
    const leftOut = (count: number): string => t("left-out", { count });
    const { observables } = security;
    return stixBundle({ number: row.number, tlp, observables, leftOut }, known.clock.now());
  });
  serve(contract.readManifest, async ({ request, params, query }) => {
    const row = await seeIncident(known, request, params.id);
    refuseBelow(request);
    const { tlp = null, security = noSecurity } = row.incident;
    const disclosure = security.disclosures.find(({ number }) => number === query.disclosure);
    if (!disclosure) throw refused("disclosure-unknown", { number: query.disclosure });
    if (disclosure.status !== "approved") throw refused("disclosure-not-approved", { status: disclosure.status });
    await noteSeen(known, request, row, "export");
    const language = languageOf(request);
    const { t } = said[language];
    const entries = await entriesOf(
      known,
      request,
      row.id,
      disclosure.entries.map(({ seq }) => seq),
    );
    const incident = { number: row.number, title: known.titleOf(row.incident, language), tlp };
    const leftOut = (count: number): string => t("left-out.limit", { count });
    return manifestOf({ incident, security, disclosure, entries, leftOut }, known.clock.now());
  });
}

const shown = (known: SecurityKnown, request: FastifyRequest, row: IncidentSeen) =>
  viewOf(known, { viewer: viewerOf(request), language: languageOf(request) }, row);

function refuseBelow(request: FastifyRequest): void {
  const { actor } = viewerOf(request);
  if (hasLevel(actor, readsDisclosuresFrom)) return;
  throw refusalProblem(belowLevel("read-manifest", readsDisclosuresFrom, actor.level, true));
}

type Acting = { readonly row: IncidentSeen; readonly name: SecurityCommandName; readonly body: ActBody };

async function act(known: SecurityKnown, request: FastifyRequest, { row, name, body }: Acting): Promise<void> {
  const { reason: _reason, occurredAt: _occurredAt, derogation: _derogation, ...input } = body;
  const command = await completed(known, request, row, { name, input } as unknown as SecurityCommand);
  const envelope = actEnvelope(known.clock, request, body);
  const outcome = await known.submit(
    { kind: "security", incidentId: row.id, command, envelope },
    { after: following(row.id, command) },
  );
  if (isRefusal(outcome)) throw actRefused(known.log, request, outcome, { name, incident: row.id });
  if (outcome.kind !== "incident") throw new HttpProblem(500, "internal");
}

/** With what stands in files and in the record. */
async function completed(
  known: SecurityKnown,
  request: FastifyRequest,
  row: IncidentSeen,
  command: SecurityCommand,
): Promise<SecurityCommand> {
  switch (command.name) {
    case "register-evidence":
      return { ...command, input: await withFile(known, row, command.input) };
    case "verify-evidence": {
      const { evidence } = row.incident.security ?? noSecurity;
      const file = evidence.find(({ number }) => number === command.input.evidence)?.file;
      return file ? { ...command, input: { ...command.input, found: await known.hashOf(file.attachmentId) } } : command;
    }
    case "prepare-disclosure": {
      const read = await entriesOf(known, request, row.id, command.input.entries);
      const found = read
        .filter(isDisclosable)
        .map((one) => ({ seq: one.seq, hash: one.hash, tlp: tlpOfEntry(one, row.incident.security) }));
      return { ...command, input: { ...command.input, found } };
    }
    default:
      return command;
  }
}

async function withFile({ db }: SecurityKnown, row: IncidentSeen, input: SecurityInputs["register-evidence"]) {
  if (input.attachment === undefined) return input;
  const file = await attachmentsOf(db, row.id)
    .select(["id", "name", "media_type", "bytes", "sha256"])
    .where("id", "=", input.attachment)
    .executeTakeFirst();
  if (!file) return input;
  const { id, name, media_type: mediaType, bytes, sha256 } = file;
  return { ...input, file: { attachmentId: id, name, mediaType, bytes: Number(bytes), sha256 } };
}

async function entriesOf(
  { db }: SecurityKnown,
  request: FastifyRequest,
  incidentId: string,
  seqs: readonly number[],
): Promise<EntryRead[]> {
  if (seqs.length === 0) return [];
  const rows = await visibleEntries(db, viewerOf(request), incidentId)
    .select(["seq", "type", "occurred_at", "actor", "reason", "data", "hash"])
    .where("seq", "in", [...seqs])
    .orderBy("seq")
    .execute();
  return rows.map(({ occurred_at, actor, data, ...row }) => ({
    ...row,
    at: toIso(occurred_at),
    actor: { name: actor.name },
    data: data as JsonObject | null,
  }));
}
