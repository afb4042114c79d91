/** Rows of requests for assistance, and of the rules by which they go their way. */
import type pg from "pg";
import type { AssistanceEvent } from "../../core/assistance/events.ts";
import type { AssistanceSettings } from "../../core/assistance/settings.ts";
import { firstSettings } from "../../core/assistance/settings.ts";
import { type AssistanceState, askedNow, everAsked, isOpen } from "../../core/assistance/state.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { genesis } from "../../core/kernel/hash.ts";

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

export type KeptEntry = {
  readonly seq: number;
  readonly type: AssistanceEvent["type"];
  readonly occurred_at: number;
  readonly recorded_at: number;
  readonly actor: { readonly kind: string; readonly id: string | null; readonly name: string; readonly via: string };
  readonly level: number | null;
  readonly role: string | null;
  readonly derogation: string | null;
  readonly reason: string | null;
  readonly cause: { readonly kind: string; readonly id?: string };
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly hash: string;
};

export async function readEntries(
  client: Client,
  id: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<KeptEntry[]> {
  const { rows } = await client.query<KeptEntry>(
    "select seq, type, occurred_at, recorded_at, actor, level, role, derogation, reason, cause, data, hash from events where stream = $1 and seq > $2 order by seq limit $3",
    [streamOf(id), after, limit],
  );
  return rows;
}
