/** States facts about a request for assistance: its record, its row, its clock, its calls, and whoever hears of it, in one
 *  transaction. Beside the desk's own committer, which is built for floods: people ask one at a time, and each request is a
 *  lock of its own (docs/decisions/0019). */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import { type Calls, call, callsAfter } from "../../core/assistance/calling.ts";
import type { AssistanceKnown as Deciding } from "../../core/assistance/decide.ts";
import { nextDue } from "../../core/assistance/decide.ts";
import { type AssistanceEvent, type AssistanceFact, assistanceEventVersion } from "../../core/assistance/events.ts";
import { type AssistanceState, evolveAssistance } from "../../core/assistance/state.ts";
import { toldOf } from "../../core/assistance/telling.ts";
import { admits } from "../../core/desk/admitting.ts";
import { type Directory, rosterOf } from "../../core/desk/directory.ts";
import type { PagingInput } from "../../core/escalation/workflow.ts";
import { isRestricted } from "../../core/incidents/restricting.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { type Envelope, stampAll, stampOf, systemActor } from "../../core/kernel/stamp.ts";
import { yearOf } from "../../core/kernel/time.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import { appending, effectsChannel, recordChannel, sealAll } from "../platform/event-log.ts";
import { writeCalls } from "./call-store.ts";
import type { Recording } from "./known.ts";
import { type AssistanceRow, readIncidentOf, readSettings, setDue, streamOf, takeNumber, writeRow } from "./store.ts";

export type InTransaction = {
  readonly client: pg.PoolClient;
  readonly envelope: Envelope;
};

/** What a decision needs to know, as of this transaction. */
export async function decidingIn(
  known: Recording,
  client: pg.PoolClient,
  request: AssistanceState,
): Promise<{ readonly deciding: Deciding; readonly incident: IncidentState | null }> {
  const { settings } = await readSettings(client);
  const incident = await readIncidentOf(client, request);
  const directory = knowing(await known.readDirectory(client), incident);
  const coordinator = incident?.coordinator ?? incident?.acceptedBy ?? null;
  return { deciding: { at: known.clock.now(), settings, roster: rosterOf(directory), coordinator }, incident };
}

/** What people or its clock did, and the calls that follow from it. */
export async function record(
  known: Recording,
  { client, envelope }: InTransaction,
  before: AssistanceRow,
  events: readonly AssistanceEvent[],
): Promise<AssistanceRow> {
  if (events.length === 0) return before;
  const all = await known.readDirectory(client);
  const { settings } = await readSettings(client);
  const numbered = before.seq > 0 ? events : await withNumber(client, events, yearOf(envelope.at, all.zone));
  const draft = drafting(before, envelope);
  draft.state(numbered);
  const directory = knowing(all, await readIncidentOf(client, draft.request()));
  const { stop, start } = callsAfter(events, draft.request(), { settings, policies: directory.policies });
  const caused: Envelope = { at: envelope.at, actor: systemActor("desk"), cause: envelope.cause };
  const calling = callingAt(envelope.at, directory);
  if (stop !== null) draft.call(call(draft.request(), { kind: "stop", because: stop }, calling), caused);
  if (start !== null)
    draft.call(call(draft.request(), { kind: "start", policy: start, reason: "assigned" }, calling), caused);
  const row = await write(known, client, before, draft.written());
  const { actor, reason = null } = envelope;
  const told = toldOf(numbered, { state: row.request, roster: directory, by: actor.id })
    /* Whoever a policy calls is not told besides. */
    .filter(({ news }) => news !== "asked" || start === null)
    .map((one) => ({ ...one, id: row.id, seq: row.seq, state: row.request, by: actor.name, reason }));
  await known.tell(client, told);
  if (told.length > 0) await client.query(`notify ${effectsChannel}`);
  return row;
}

/** Silence, or what became of a call. */
export async function recordCall(
  known: Recording,
  { client, envelope }: InTransaction,
  before: AssistanceRow,
  { events = [], input }: { readonly events?: readonly AssistanceEvent[]; readonly input: PagingInput | null },
): Promise<void> {
  const draft = drafting(before, envelope);
  draft.state(events);
  const directory = knowing(await known.readDirectory(client), await readIncidentOf(client, draft.request()));
  if (input !== null) draft.call(call(draft.request(), input, callingAt(envelope.at, directory)), envelope);
  await write(known, client, before, draft.written());
}

/** Of a restricted incident nobody is asked, called or told whom it does not admit: for its requests, the others are not there. */
function knowing(directory: Directory, incident: IncidentState | null): Directory {
  if (incident === null || !isRestricted(incident)) return directory;
  const people = [...directory.people].filter(([, person]) => admits(directory, incident, person));
  return { ...directory, people: new Map(people) };
}

const callingAt = (at: number, directory: Directory) => ({
  at,
  roster: rosterOf(directory),
  mint: () => randomUUID(),
});

type Written = {
  readonly facts: readonly AssistanceFact[];
  readonly request: AssistanceState;
  readonly calls: readonly Calls[];
};

function drafting(before: AssistanceRow, envelope: Envelope) {
  let { request } = before;
  const facts: AssistanceFact[] = [];
  const calls: Calls[] = [];
  const state = (events: readonly AssistanceEvent[], of: Envelope = envelope): void => {
    const stated: AssistanceFact[] = stampAll(events, stampOf(of, null, false));
    facts.push(...stated);
    request = stated.reduce(evolveAssistance, request);
  };
  return {
    state,
    call: (made: Calls, of: Envelope): void => {
      state(made.events, of);
      calls.push(made);
    },
    request: () => request,
    written: (): Written => ({ facts, request, calls }),
  };
}

async function write(
  { clock }: Recording,
  client: pg.PoolClient,
  before: AssistanceRow,
  { facts, request, calls }: Written,
): Promise<AssistanceRow> {
  const sealed = sealAll(
    before,
    facts.map(({ stamp, type, data }) => ({
      stream: streamOf(before.id),
      type,
      version: assistanceEventVersion,
      process: "",
      exercise: request.exercise,
      stamp,
      data: data as unknown as JsonObject,
    })),
  );
  const last = sealed.at(-1);
  if (!last) return before;
  const row = { id: before.id, request, seq: last.seq, head: last.hash };
  await client.query(appending(sealed));
  await writeRow(client, row);
  await setDue(client, row.id, nextDue(request));
  await writeCalls(client, row, { calls, at: clock.now() });
  await client.query(`notify ${recordChannel}`);
  return row;
}

async function withNumber(
  client: pg.PoolClient,
  events: readonly AssistanceEvent[],
  year: number,
): Promise<AssistanceEvent[]> {
  const number = await takeNumber(client, year);
  return events.map((event) =>
    event.type === "assistance.requested" ? { ...event, data: { ...event.data, number } } : event,
  );
}
