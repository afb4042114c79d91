/** Links of contributors, of which only hashes are kept, and what somebody has begun to answer. */
import type pg from "pg";
import type { Attached } from "../../core/incidents/attaching.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { dayMs } from "../../core/kernel/time.ts";
import { hashSecret, randomWord } from "../platform/secrets.ts";

type Client = Pick<pg.PoolClient, "query">;

export type Ask = { readonly incidentId: string; readonly number: number };

/** 232 bits, good for one ask: shown once, in the letter or on the page that asked for it. */
export async function makeLink(client: Client, { incidentId, number }: Ask, now: number): Promise<string> {
  const token = randomWord(40);
  await client.query("insert into contributor_links (hash, incident_id, number, made_at) values ($1, $2, $3, $4)", [
    hashSecret(token),
    incidentId,
    number,
    now,
  ]);
  return token;
}

export type LinkRow = Ask & {
  readonly hash: string;
  readonly browser: string | null;
  readonly madeAt: number;
  readonly incident: IncidentState;
};

export async function findLink(client: Client, token: string): Promise<LinkRow | undefined> {
  if (!/^\w{40}$/.test(token)) return undefined;
  const { rows } = await client.query<LinkRow>(
    `select l.hash, l.incident_id as "incidentId", l.number, l.browser, l.made_at as "madeAt", i.incident
from contributor_links l join incidents i on i.id = l.incident_id where l.hash = $1`,
    [hashSecret(token)],
  );
  return rows[0];
}

/** Whoever opens it first has it: of two at once, one. */
export async function bindBrowser(client: Client, hash: string, browser: string): Promise<boolean> {
  const { rowCount } = await client.query(
    "update contributor_links set browser = $2 where hash = $1 and (browser is null or browser = $2)",
    [hash, browser],
  );
  return rowCount === 1;
}

export type ContributorDraft = {
  readonly choice: string | null;
  readonly words: string | null;
  readonly file: Attached | null;
  readonly keptAt: number;
};

export async function readDraft(client: Client, { incidentId, number }: Ask): Promise<ContributorDraft | null> {
  const { rows } = await client.query<ContributorDraft>(
    `select choice, words, file, kept_at as "keptAt" from contributor_drafts where incident_id = $1 and number = $2`,
    [incidentId, number],
  );
  return rows[0] ?? null;
}

export async function keepDraft(
  client: Client,
  { incidentId, number }: Ask,
  { choice, words, file, keptAt }: ContributorDraft,
): Promise<void> {
  await client.query(
    `insert into contributor_drafts (incident_id, number, choice, words, file, kept_at) values ($1, $2, $3, $4, $5, $6)
on conflict (incident_id, number) do update set choice = $3, words = $4, file = $5, kept_at = $6`,
    [incidentId, number, choice, words, file === null ? null : JSON.stringify(file), keptAt],
  );
}

/** Of several at once, each takes the place of one: the file that nobody will send now is given back, to be dropped. */
export async function keepFileOf(
  client: Client,
  ask: Ask,
  { choice, words, file, keptAt }: ContributorDraft,
): Promise<ContributorDraft["file"]> {
  const { incidentId, number } = ask;
  await client.query(
    `insert into contributor_drafts (incident_id, number, choice, words, kept_at) values ($1, $2, $3, $4, $5)
on conflict do nothing`,
    [incidentId, number, choice, words, keptAt],
  );
  const { rows } = await client.query<Pick<ContributorDraft, "file">>(
    `update contributor_drafts as kept set file = $3, kept_at = $4
from (select file from contributor_drafts where incident_id = $1 and number = $2 for update) as before
where kept.incident_id = $1 and kept.number = $2 returning before.file`,
    [incidentId, number, file === null ? null : JSON.stringify(file), keptAt],
  );
  return rows[0]?.file ?? null;
}

/** Longer than any link lives. */
const keptMs = 60 * dayMs;

export async function forgetContributors(pool: pg.Pool, now: number): Promise<void> {
  await pool.query("delete from contributor_links where made_at < $1", [now - keptMs]);
  await pool.query("delete from contributor_drafts where kept_at < $1", [now - keptMs]);
}

export async function readIncident(client: Client, id: string): Promise<IncidentState | undefined> {
  const { rows } = await client.query<{ incident: IncidentState }>("select incident from incidents where id = $1", [
    id,
  ]);
  return rows[0]?.incident;
}
