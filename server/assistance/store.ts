/** Rows of requests for assistance, and of the rules by which they go their way. */
import type pg from "pg";
import type { AssistanceSettings } from "../../core/assistance/settings.ts";
import { firstSettings } from "../../core/assistance/settings.ts";
import { type AssistanceState, askedNow, everAsked, isOpen } from "../../core/assistance/state.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { genesis } from "../../core/kernel/hash.ts";
import type { ExportedRecord, SealedEntry } from "../../core/kernel/record.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";

type Client = Pick<pg.PoolClient, "query">;

export type AssistanceRow = {
  readonly id: string;
  readonly seq: number;
  readonly head: string;
  readonly request: AssistanceState;
};

export const newRow = (id: string, request: AssistanceState): AssistanceRow => ({ id, seq: 0, head: genesis, request });

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** `DA-12`, of the current year, or its whole number. */
export function fullNumber(text: string, year: number): string | null {
  const [, longYear, digits] = /^DA-(?:(\d{4})-)?(\d{1,9})$/i.exec(text) ?? [];
  return digits ? `DA-${longYear ?? year}-${digits.padStart(6, "0")}` : null;
}

export async function findRow(client: Client, idOrNumber: string, year: number): Promise<AssistanceRow | undefined> {
  const isId = uuid.test(idOrNumber);
  const { rows } = await client.query<AssistanceRow>(
    isId
      ? "select id, seq, head, request from assistance_requests where id = $1"
      : "select id, seq, head, request from assistance_requests where number = $1",
    [isId ? idOrNumber.toLowerCase() : (fullNumber(idOrNumber, year) ?? "")],
  );
  return rows[0];
}

export async function lockRow(client: Client, id: string): Promise<AssistanceRow | undefined> {
  const { rows } = await client.query<AssistanceRow>(
    "select id, seq, head, request from assistance_requests where id = $1 for update",
    [id],
  );
  return rows[0];
}

/** Taken last, so that its lock is held for the shortest time. */
export async function takeNumber(client: Client, year: number): Promise<string> {
  const series = `DA-${year}`;
  const { rows } = await client.query<{ value: number }>(
    `insert into counters (name, value) values ($1, 1)
on conflict (name) do update set value = counters.value + 1 returning value`,
    [series],
  );
  return `${series}-${String(rows[0]?.value ?? 0).padStart(6, "0")}`;
}

export async function writeRow(client: Client, { id, seq, head, request }: AssistanceRow): Promise<void> {
  const called = request.paging.pages.map(({ personId }) => personId);
  const deciding = (request.raised?.people ?? []).map((one) => one.id);
  const people = [...new Set([...called, ...deciding, ...(request.holder ? [request.holder.id] : [])])];
  await client.query(
    `insert into assistance_requests (id, number, seq, head, exercise, status, is_open, asker_id, incident_id, asked_party, parties, people, answer_by, request, asked_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
on conflict (id) do update set seq = excluded.seq, head = excluded.head, status = excluded.status, is_open = excluded.is_open,
  incident_id = excluded.incident_id, asked_party = excluded.asked_party, parties = excluded.parties, people = excluded.people,
  answer_by = excluded.answer_by, request = excluded.request, updated_at = excluded.updated_at`,
    [
      id,
      request.number,
      seq,
      head,
      request.exercise,
      request.status,
      isOpen(request),
      request.asker.id || null,
      request.incident?.id ?? null,
      askedNow(request)?.id ?? null,
      everAsked(request).map((party) => party.id),
      people,
      request.answerBy,
      JSON.stringify(request),
      request.askedAt,
      request.updatedAt,
    ],
  );
}

/** What its own decisions need of the incident it belongs to. */
export async function readIncidentOf(client: Client, request: AssistanceState): Promise<IncidentState | null> {
  if (request.incident === null) return null;
  const { rows } = await client.query<{ incident: IncidentState }>("select incident from incidents where id = $1", [
    request.incident.id,
  ]);
  return rows[0]?.incident ?? null;
}

export const streamOf = (id: string): string => `assistance/${id}`;
export const dueTimerKey = (id: string): string => `assistance/${id}`;

export async function setDue(client: Client, id: string, at: number | null): Promise<void> {
  if (at === null) {
    await client.query("delete from timers where key = $1", [dueTimerKey(id)]);
    return;
  }
  await client.query(
    `insert into timers (key, payload, due_at) values ($1, $2, $3)
on conflict (key) do update set due_at = excluded.due_at, attempts = 0, lease_until = 0, fence = timers.fence + 1`,
    [dueTimerKey(id), JSON.stringify({ kind: "assistance", id }), at],
  );
}

export type PublishedSettings = {
  readonly settings: AssistanceSettings;
  readonly at: number | null;
  readonly by: string | null;
};

export async function readSettings(client: Client): Promise<PublishedSettings> {
  const { rows } = await client.query<{
    version: number;
    definition: Omit<AssistanceSettings, "version">;
    made_at: number;
    name: string | null;
  }>(
    `select version, definition, assistance_settings.made_at, people.name from assistance_settings
left join people on people.id = made_by order by version desc limit 1`,
  );
  const [row] = rows;
  if (!row) return { settings: firstSettings, at: null, by: null };
  return { settings: { ...row.definition, version: row.version }, at: row.made_at, by: row.name };
}

/** False when somebody else has published this version meanwhile. */
export async function insertSettings(
  client: Client,
  { version, ...definition }: AssistanceSettings,
  made: { readonly at: number; readonly by: string | null },
): Promise<boolean> {
  const { rowCount } = await client.query(
    "insert into assistance_settings (version, definition, made_at, made_by) values ($1, $2, $3, $4) on conflict do nothing",
    [version, JSON.stringify(definition), made.at, made.by],
  );
  return rowCount === 1;
}

type EventRow = {
  readonly stream: string;
  readonly seq: number;
  readonly type: string;
  readonly version: number;
  readonly occurred_at: number;
  readonly recorded_at: number;
  readonly actor: SealedEntry["actor"];
  readonly level: SealedEntry["level"];
  readonly role: string | null;
  readonly on_behalf_of: string | null;
  readonly derogation: string | null;
  readonly process: string;
  readonly exercise: boolean;
  readonly cause: SealedEntry["cause"];
  readonly reason: string | null;
  readonly data: JsonObject | null;
  readonly salt: string | null;
  readonly data_hash: string;
  readonly hash: string;
};

export async function readEntries(
  client: Client,
  id: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<SealedEntry[]> {
  const { rows } = await client.query<EventRow>(
    `select stream, seq, type, version, occurred_at, recorded_at, actor, level, role, on_behalf_of, derogation, process, exercise,
  cause, reason, data, salt, data_hash, hash from events where stream = $1 and seq > $2 order by seq limit $3`,
    [streamOf(id), after, limit],
  );
  return rows.map(({ occurred_at, recorded_at, on_behalf_of, data_hash, ...same }) => ({
    ...same,
    occurredAt: toIso(occurred_at),
    recordedAt: toIso(recorded_at),
    onBehalfOf: on_behalf_of,
    dataHash: data_hash,
  }));
}

const exportMax = 100_000;

/** What the row says, not what was found: a tail cut from the record shows. */
export async function readRecord(client: Client, row: AssistanceRow, at: number): Promise<ExportedRecord> {
  const entries = await readEntries(client, row.id, { after: 0, limit: exportMax });
  const { rows: heads } = await client.query<ExportedRecord["heads"][number]>(
    "select day::text as day, seq, hash from noted_heads where stream = $1 order by day",
    [streamOf(row.id)],
  );
  return {
    format: "tocsin-record",
    version: 1,
    stream: streamOf(row.id),
    number: row.request.number,
    exportedAt: toIso(at),
    count: row.seq,
    head: row.head,
    heads,
    entries: entries.filter(({ seq }) => seq <= row.seq),
  };
}

/** How many this person has asked since. */
export async function countAsked(client: Client, askerId: string, since: number): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    "select count(*) as count from assistance_requests where asker_id = $1 and asked_at > $2",
    [askerId, since],
  );
  return rows[0]?.count ?? 0;
}
