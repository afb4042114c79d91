/** What became of the latest events of each integration, shown beside it. A convenience, not the record: it is written a
 *  moment later, in one statement, so that it costs an ingest nothing, and keeps the last few of each. */
import type pg from "pg";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";

export type IntakeLog = {
  readonly note: (integrationId: string, outcome: string, detail: object) => void;
  readonly stop: () => Promise<void>;
};

const flushMs = 500;
/** By its own count, so that a busy source costs a quiet one nothing. */
const keptEach = 1_000;
/** Of a flood only the latest of each interval are kept, and another integration's are not lost for it. */
const waitingEachMax = 100;

type Noted = {
  readonly integrationId: string;
  readonly at: number;
  readonly outcome: string;
  readonly detail: JsonObject;
};

export function createIntakeLog(pool: pg.Pool, clock: Clock, log: Log): IntakeLog {
  let waiting = new Map<string, Noted[]>();
  const flush = async (): Promise<void> => {
    if (waiting.size === 0) return;
    const batch = [...waiting.values()].flat();
    waiting = new Map();
    try {
      await pool.query(
        "insert into intake_log (integration_id, at, outcome, detail) select * from unnest($1::uuid[], $2::bigint[], $3::text[], $4::jsonb[])",
        [
          batch.map((one) => one.integrationId),
          batch.map((one) => one.at),
          batch.map((one) => one.outcome),
          batch.map((one) => JSON.stringify(one.detail)),
        ],
      );
      await pool.query(
        `delete from intake_log l using unnest($1::uuid[]) as asked (id),
lateral (select id from intake_log where integration_id = asked.id order by intake_log.id desc offset ${keptEach} limit 1) as edge
where l.integration_id = asked.id and l.id <= edge.id`,
        [[...new Set(batch.map((one) => one.integrationId))]],
      );
    } catch (error) {
      log.warn({ err: error }, "the intake log could not be written");
    }
  };
  const timer = setInterval(() => void flush(), flushMs);
  timer.unref();
  return {
    note: (integrationId, outcome, detail) => {
      const noted = waiting.get(integrationId) ?? [];
      waiting.set(integrationId, noted);
      if (noted.length >= waitingEachMax) noted.shift();
      noted.push({ integrationId, at: clock.now(), outcome, detail: detail as JsonObject });
    },
    stop: async () => {
      clearInterval(timer);
      await flush();
    },
  };
}
