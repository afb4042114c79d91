/** A person's report, kept word for word, and its receipt: unguessable, kept hashed, showing only state and language. */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { DeskOutcome } from "../../core/desk/inputs.ts";
import type { Language } from "../../core/kernel/vocabulary.ts";
import { wordsOf } from "../../core/kernel/words.ts";
import { hashSecret, randomWord, wordFrom } from "../platform/secrets.ts";

export type KeptReport = {
  readonly title: string;
  readonly description: string | null;
  readonly language: Language;
  readonly service: string | null;
  readonly name: string | null;
  readonly contact: string | null;
  readonly network: string;
};

/** Limits by network and in all, in ten minutes: a form open to everybody must not become a flood. */
export const perNetworkMax = 10;
export const inAllMax = 300;
const windowMs = 600_000;

const receiptLength = 24;
export const newReceipt = (): string => randomWord(receiptLength);

/** Of one form, sent with these words: pressed twice or reloaded, it is one report. */
export const receiptOf = (form: string, said: readonly (string | null)[]): string =>
  wordFrom(JSON.stringify([form, ...said]), receiptLength);

/** Whether such a report was kept a moment ago. Later, the same words may tell of another day. */
export async function keptWhen(pool: pg.Pool, receipt: string, now: number): Promise<"never" | "now" | "before"> {
  const { rows } = await pool.query<{ now: boolean }>(
    "select made_at > $2 as now from reports where receipt_hash = $1",
    [hashSecret(receipt), now - windowMs],
  );
  if (!rows[0]) return "never";
  return rows[0].now ? "now" : "before";
}

/** Asked before the desk is: a flood is refused without taking anybody's turn there. What holds is asked again inside. */
export async function tooMany(pool: pg.Pool, network: string, now: number): Promise<boolean> {
  const { rows } = await pool.query<{ mine: number; all: number }>(
    "select count(*) filter (where network = $1) as mine, count(*) as all from reports where made_at > $2",
    [network, now - windowMs],
  );
  return (rows[0]?.mine ?? 0) >= perNetworkMax || (rows[0]?.all ?? 0) >= inAllMax;
}

export type NewReport = KeptReport & { readonly id: string; readonly receipt: string; readonly at: number };

/** In the transaction that opens its incident, and before: all that do hold the report gate one after the other, and a
 *  row counts for those behind it, so that no number of them at once passes a limit. False when there are too many. */
export function keepUnlessTooMany(report: NewReport) {
  return async (client: pg.PoolClient): Promise<boolean> => {
    const { rowCount } = await client.query(
      `insert into reports (id, receipt_hash, title, description, language, contact, name, service_id, network, made_at, document)
select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10::bigint, search_document($14)
where (select count(*) from reports where network = $9 and made_at > $10::bigint - $11) < $12
  and (select count(*) from reports where made_at > $10::bigint - $11) < $13
on conflict (receipt_hash) do nothing`,
      [
        report.id,
        hashSecret(report.receipt),
        report.title,
        report.description,
        report.language,
        report.contact,
        report.name,
        report.service,
        report.network,
        report.at,
        windowMs,
        perNetworkMax,
        inAllMax,
        wordsOf(`${report.title}\n${report.description ?? ""}`).join(" "),
      ],
    );
    return rowCount === 1;
  };
}

export function linkIncident(id: string) {
  return async (client: pg.PoolClient, outcome: DeskOutcome): Promise<void> => {
    if (outcome.kind !== "incident") return;
    await client.query("update reports set incident_id = $2 where id = $1", [id, outcome.incidentId]);
  };
}

/** One whose incident the desk refused to open. */
export async function dropReport(pool: pg.Pool, id: string): Promise<void> {
  await pool.query("delete from reports where id = $1 and incident_id is null", [id]);
}

export async function readReceiptState(
  pool: pg.Pool,
  receipt: string,
): Promise<{ state: string; language: Language } | null> {
  const { rows } = await pool.query<{ stage: string | null; language: Language }>(
    "select i.stage, r.language from reports r left join incidents i on i.id = r.incident_id and not i.restricted where r.receipt_hash = $1",
    [hashSecret(receipt)],
  );
  return rows[0] ? { state: rows[0].stage ?? "reported", language: rows[0].language } : null;
}

export const newReportId = (): string => randomUUID();
