/** A person's report, kept word for word, and its receipt: unguessable, kept hashed, showing only state and language. */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { DeskOutcome } from "../../core/desk/step.ts";
import type { Language } from "../../core/kernel/vocabulary.ts";
import { hashSecret, randomWord } from "../platform/secrets.ts";

export type KeptReport = {
  readonly title: string;
  readonly description: string | null;
  readonly language: Language;
  readonly service: string | null;
  readonly name: string | null;
  readonly contact: string | null;
  readonly network: string;
};

/** Limits by network and in all: a form open to everybody must not become a flood. */
export const perNetworkMax = 10;
export const inAllMax = 300;
const windowMs = 600_000;

export const newReceipt = (): string => randomWord(24);

export async function tooMany(pool: pg.Pool, network: string, now: number): Promise<boolean> {
  const { rows } = await pool.query<{ mine: number; all: number }>(
    "select count(*) filter (where network = $1) as mine, count(*) as all from reports where made_at > $2",
    [network, now - windowMs],
  );
  return (rows[0]?.mine ?? 0) >= perNetworkMax || (rows[0]?.all ?? 0) >= inAllMax;
}

/** Written in the transaction that opens its incident. */
export function insertReport(id: string, report: KeptReport, receipt: string, at: number) {
  return async (client: pg.PoolClient, outcome: DeskOutcome): Promise<void> => {
    const incidentId = outcome.kind === "incident" ? outcome.incidentId : null;
    await client.query(
      `insert into reports (id, receipt_hash, incident_id, title, description, language, contact, name, service_id, network, made_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        id,
        hashSecret(receipt),
        incidentId,
        report.title,
        report.description,
        report.language,
        report.contact,
        report.name,
        report.service,
        report.network,
        at,
      ],
    );
  };
}

export async function readReceiptState(
  pool: pg.Pool,
  receipt: string,
): Promise<{ state: string; language: Language } | null> {
  const { rows } = await pool.query<{ stage: string | null; language: Language }>(
    "select i.stage, r.language from reports r left join incidents i on i.id = r.incident_id where r.receipt_hash = $1",
    [hashSecret(receipt)],
  );
  return rows[0] ? { state: rows[0].stage ?? "reported", language: rows[0].language } : null;
}

export const newReportId = (): string => randomUUID();
