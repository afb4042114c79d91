/** The response to a security incident over HTTP: read, acted upon, shared. Every command goes to the desk; what it cannot know
 *  of files and of the record is read here first. */
import type { FastifyRequest } from "fastify";
import * as contract from "../../contract/security.ts";
import { noSecurity } from "../../core/incidents/security-state.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
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
import { noteOpened, type Opened } from "../access/opened-store.ts";
import { viewerOf } from "../access/viewer.ts";
import { attachmentsOf, visibleEntries, visibleIncidents } from "../access/visible.ts";
import { languageOf, type Serve } from "../platform/http.ts";
import { HttpProblem, refusalProblem, refused } from "../platform/problems.ts";
import type { SecurityKnown } from "./known.ts";
import { following } from "./store.ts";
import { type SecuredRow, viewOf } from "./views.ts";

const said = { fr: createMessages("fr", words), en: createMessages("en", words) };

export function securityRoutes(serve: Serve, known: SecurityKnown): void {
  serve(contract.readSecurity, async ({ request, params }) => {
    const row = await find(known, request, params.id);
    await note(known, request, row, "page");
    return shown(known, request, row);
  });
  for (const [index, endpoint] of contract.securityEndpoints.entries()) {
    const name = securityCommands[index];
    if (!name) continue;
    serve(endpoint, async ({ request, params, body }) => {
      const row = await find(known, request, (params as { id: string }).id);
      await act(known, request, { row, name, body: body as Body });
      return shown(known, request, await find(known, request, row.id));
    });
  }
  sharingRoutes(serve, known);
}

function sharingRoutes(serve: Serve, known: SecurityKnown): void {
  serve(contract.exportObservables, async ({ request, params }) => {
    const row = await find(known, request, params.id);
    await note(known, request, row, "export");
    const { tlp = null, security = noSecurity } = row.incident;
    const { t } = said[languageOf(request)];
    const leftOut = (count: number): string => t("left-out", { count });
    const { observables } = security;
    return stixBundle({ number: row.number, tlp, observables, leftOut }, known.clock.now());
  });
  serve(contract.readManifest, async ({ request, params, query }) => {
    const row = await find(known, request, params.id);
    refuseBelow(request);
    const { tlp = null, security = noSecurity } = row.incident;
    const disclosure = security.disclosures.find(({ number }) => number === query.disclosure);
    if (!disclosure) throw refused("disclosure-unknown", { number: query.disclosure });
    if (disclosure.status !== "approved") throw refused("disclosure-not-approved", { status: disclosure.status });
    await note(known, request, row, "export");
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

async function find(known: SecurityKnown, request: FastifyRequest, named: string): Promise<SecuredRow> {
  const viewer = viewerOf(request);
  const id = await known.incidentOf(viewer, named);
  const row =
    id === undefined
      ? undefined
      : await visibleIncidents(known.db, viewer)
          .select(["id", "number", "seq", "restricted", "incident"])
          .where("id", "=", id)
          .executeTakeFirst();
  if (!row) throw refused("incident-unknown");
  return { ...row, incident: row.incident as unknown as IncidentState };
}

const shown = (known: SecurityKnown, request: FastifyRequest, row: SecuredRow) =>
  viewOf(known, { viewer: viewerOf(request), language: languageOf(request) }, row);

/** Of what is restricted, who opened it is kept. */
async function note(
  { pool, clock }: SecurityKnown,
  request: FastifyRequest,
  { id, restricted }: SecuredRow,
  what: Opened["what"],
): Promise<void> {
  if (!restricted) return;
  const { person, via } = viewerOf(request);
  await noteOpened(pool, { incidentId: id, personId: person.id, via, what, at: clock.now() });
}

function refuseBelow(request: FastifyRequest): void {
  const { actor } = viewerOf(request);
  const values = { command: "read-manifest", needed: readsDisclosuresFrom };
  if (hasLevel(actor, readsDisclosuresFrom)) return;
  throw actor.level === null
    ? refused("level-missing", values)
    : refused("level-too-low", { ...values, level: actor.level });
}

type Body = {
  readonly reason?: string;
  readonly occurredAt?: string;
  readonly derogation?: { readonly reason: string };
};
type Acting = { readonly row: SecuredRow; readonly name: SecurityCommandName; readonly body: Body };

async function act(known: SecurityKnown, request: FastifyRequest, { row, name, body }: Acting): Promise<void> {
  const { actor, person } = { ...viewerOf(request) };
  const { reason, occurredAt, derogation, ...input } = body;
  const command = await completed(known, request, row, { name, input } as unknown as SecurityCommand);
  const envelope = {
    at: known.clock.now(),
    actor,
    cause: { kind: "request", id: request.id },
    occurredAt: occurredAt === undefined ? undefined : Date.parse(occurredAt),
    reason,
    derogation,
  };
  const outcome = await known.submit(
    { kind: "security", incidentId: row.id, command, envelope },
    { after: following(row.id, command) },
  );
  if (isRefusal(outcome)) {
    known.log.info(
      { event: "refused", code: outcome.refused, command: name, person: person.id, incident: row.id },
      "command refused",
    );
    throw refusalProblem(outcome);
  }
  if (outcome.kind !== "incident") throw new HttpProblem(500, "internal");
}

/** With what stands in files and in the record. */
async function completed(
  known: SecurityKnown,
  request: FastifyRequest,
  row: SecuredRow,
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

async function withFile({ db }: SecurityKnown, row: SecuredRow, input: SecurityInputs["register-evidence"]) {
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
