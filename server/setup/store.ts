/** Reads and writes what was proved, and how far the guided set-up has come. */
import type pg from "pg";
import type { SetupStep } from "../../contract/setup.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";

type Client = Pick<pg.PoolClient, "query">;

export type ProofId = "address" | "mail-returned" | "organisation" | "alert" | "backup";
export type Proof = { readonly provedAt: number; readonly facts: JsonObject };

export async function readProofs(pool: Client): Promise<ReadonlyMap<string, Proof>> {
  const { rows } = await pool.query<{ id: string; proved_at: number; facts: JsonObject }>(
    "select id, proved_at, facts from proofs",
  );
  return new Map(rows.map((row) => [row.id, { provedAt: row.proved_at, facts: row.facts }]));
}

export type Proving = {
  readonly id: ProofId;
  readonly at: number;
  readonly personId: string | null;
  readonly facts: JsonObject;
};

/** The latest proof stands: an older one that arrives late changes nothing. */
export async function keepProof(client: Client, { id, at, personId, facts }: Proving): Promise<void> {
  await client.query(
    `insert into proofs (id, proved_at, person_id, facts) values ($1, $2, $3, $4)
on conflict (id) do update set proved_at = excluded.proved_at, person_id = excluded.person_id, facts = excluded.facts
where proofs.proved_at <= excluded.proved_at`,
    [id, at, personId, JSON.stringify(facts)],
  );
}

export type Progress = { readonly skipped: readonly SetupStep[]; readonly leftAt: number | null };

export async function readProgress(pool: Client): Promise<Progress> {
  const { rows } = await pool.query<{ setup_skipped: SetupStep[]; setup_left_at: number | null }>(
    "select setup_skipped, setup_left_at from settings",
  );
  return { skipped: rows[0]?.setup_skipped ?? [], leftAt: rows[0]?.setup_left_at ?? null };
}

export async function writeProgress(client: Client, { skipped, leftAt }: Progress): Promise<void> {
  await client.query("update settings set setup_skipped = $1, setup_left_at = $2", [skipped, leftAt]);
}

/** Wrong codes that end a trial: six signs out of thirty-one cannot be guessed in five. */
export const triesMax = 5;
/** A mail that takes longer than this is no way to be called. */
export const trialMs = 3_600_000;
export const trialsMax = 5;
export const trialsWindowMs = 600_000;

export type Trial = {
  readonly id: string;
  readonly address: string;
  readonly codeHash: string;
  readonly tries: number;
  readonly sentAt: number;
  readonly refused: string | null;
  readonly returnedAt: number | null;
};

const trialColumns = `id, address, code_hash as "codeHash", tries, sent_at as "sentAt", refused, returned_at as "returnedAt"`;

export async function lastTrial(pool: Client, personId: string): Promise<Trial | null> {
  const { rows } = await pool.query<Trial>(
    `select ${trialColumns} from mail_trials where person_id = $1 order by sent_at desc, id desc limit 1`,
    [personId],
  );
  return rows[0] ?? null;
}

export async function trialOfLink(
  pool: Client,
  linkHash: string,
): Promise<(Trial & { readonly personId: string }) | null> {
  const { rows } = await pool.query<Trial & { personId: string }>(
    `select ${trialColumns}, person_id as "personId" from mail_trials where link_hash = $1`,
    [linkHash],
  );
  return rows[0] ?? null;
}

export async function countTrials(pool: Client, since: number): Promise<number> {
  const { rows } = await pool.query<{ count: number }>("select count(*) as count from mail_trials where sent_at > $1", [
    since,
  ]);
  return rows[0]?.count ?? 0;
}

export type NewTrial = {
  readonly id: string;
  readonly personId: string;
  readonly address: string;
  readonly codeHash: string;
  readonly linkHash: string;
  readonly sentAt: number;
};

/** Trials of another day are of no more use: a proof is kept by itself. */
export async function insertTrial(client: Client, trial: NewTrial): Promise<void> {
  await client.query("delete from mail_trials where sent_at < $1", [trial.sentAt - 86_400_000]);
  await client.query(
    "insert into mail_trials (id, person_id, address, code_hash, link_hash, sent_at) values ($1, $2, $3, $4, $5, $6)",
    [trial.id, trial.personId, trial.address, trial.codeHash, trial.linkHash, trial.sentAt],
  );
}

export async function noteRefused(pool: Client, trialId: string, refused: string): Promise<void> {
  await pool.query("update mail_trials set refused = $2 where id = $1", [trialId, refused]);
}

/** Counted before it is compared, so that as many as are asked at once are as many tries. */
export async function countTry(pool: Client, trialId: string): Promise<boolean> {
  const { rowCount } = await pool.query("update mail_trials set tries = tries + 1 where id = $1 and tries < $2", [
    trialId,
    triesMax,
  ]);
  return rowCount === 1;
}

/** False when it had come back before: the first proof keeps its time. */
export async function noteReturned(client: Client, trialId: string, at: number): Promise<boolean> {
  const { rowCount } = await client.query(
    "update mail_trials set returned_at = $2 where id = $1 and returned_at is null and refused is null",
    [trialId, at],
  );
  return rowCount === 1;
}
