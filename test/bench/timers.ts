/** Steps that run out while a hundred thousand others wait: how late each is decided, and when its call is handed over. */
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { makeIntegration } from "./desk-process.ts";
import { monotonicMs } from "./load.ts";
import { type Bench, load } from "./measures.ts";
import { mailedEvent } from "./requests.ts";
import { type Figure, ms, quantile } from "./table.ts";

const pendingCount = 100_000;
const aSecond = 200;
/** Of one integration; one more in a minute would be a storm, which is one incident. */
const each = 10;
const aheadMs = 3_000;
const patienceMs = 60_000;

export async function measureTimers(bench: Bench): Promise<Figure[]> {
  const fired = Math.floor((bench.durationMs / 1_000) * 2 * aSecond);
  const numbers = await callForEach(bench, fired);
  const client = new pg.Client(bench.desk.connection());
  await client.connect();
  try {
    await client.query(
      `insert into timers (key, payload, due_at) select 'bench/' || n, '{"kind": "storm", "integrationId": "none"}', $1 from generate_series(1, $2::int) as n`,
      [Date.now() + 86_400_000, pendingCount],
    );
    await client.query("vacuum analyze timers");
    bench.mails.forget();
    const due = await setDue(client, numbers);
    await untilSent(bench, due);
    const late = await lateness(client, due);
    const clock = Date.now() - monotonicMs();
    const handed = [...due.values()].map(
      ({ number, at }) => (bench.mails.takenAt.get(number) ?? Infinity) + clock - at,
    );
    const remark = (values: readonly number[]) =>
      `${due.size} steps at ${aSecond}/s, ${pendingCount.toLocaleString("en")} other timers; p50 ${ms(quantile(values, 0.5))}, longest ${ms(Math.max(...values))}`;
    const figure = (what: string, values: readonly number[], target: string): Figure => ({
      what,
      measured: ms(quantile(values, 0.99)),
      target,
      plain: "–",
      ratio: null,
      remark: remark(values),
    });
    return [
      figure("Timer due to its step decided, p99", late, "100 ms"),
      figure("Timer due to its call handed over, p99", handed, "250 ms"),
    ];
  } finally {
    await client.query("delete from timers where key like 'bench/%'");
    await client.end();
  }
}

/** Each alert opens an incident that calls, and waits for an answer that does not come. */
async function callForEach(bench: Bench, wanted: number): Promise<ReadonlySet<number>> {
  const templates = [];
  for (let n = 0; n < wanted / each; n++)
    templates.push(mailedEvent(await makeIntegration(bench.desk.port, bench.token, "pagerduty", `Timers ${n}`)));
  const job = { templates, connections: 32, rate: aSecond, requestsMax: wanted, durationMs: patienceMs };
  const { answers } = await load(bench, job);
  const numbers = new Set(answers.map(({ number }) => number));
  const end = performance.now() + patienceMs;
  while (![...numbers].every((one) => bench.mails.takenAt.has(one)) && performance.now() < end) await sleep(50);
  return numbers;
}

type Due = { readonly number: number; readonly at: number };

/** One after the other, evenly. By the streams of their incidents. */
async function setDue(client: pg.Client, numbers: ReadonlySet<number>): Promise<ReadonlyMap<string, Due>> {
  const { rows } = await client.query<{ key: string; title: string }>(
    "select t.key, i.title from timers t join incidents i on t.key = 'paging/' || i.id where i.title like '%n_________n%'",
  );
  const ours = rows.flatMap(({ key, title }) => {
    const number = Number(/n(\d{9})n/.exec(title)?.[1]);
    return numbers.has(number) ? [{ key, number }] : [];
  });
  const start = Date.now() + aheadMs;
  const dues = ours.map((one, n) => ({ ...one, at: Math.round(start + (n * 1_000) / aSecond) }));
  await client.query(
    "update timers t set due_at = due.at from unnest($1::text[], $2::bigint[]) as due(key, at) where t.key = due.key",
    [dues.map(({ key }) => key), dues.map(({ at }) => at)],
  );
  return new Map(dues.map(({ key, number, at }) => [key.replace("paging/", "incident/"), { number, at }]));
}

async function untilSent({ mails }: Bench, due: ReadonlyMap<string, Due>): Promise<void> {
  const end = performance.now() + patienceMs;
  while (![...due.values()].every(({ number }) => mails.takenAt.has(number)) && performance.now() < end)
    await sleep(50);
}

async function lateness(client: pg.Client, due: ReadonlyMap<string, Due>): Promise<number[]> {
  const { rows } = await client.query<{ stream: string; at: number }>(
    "select stream, extract(epoch from max(recorded_at)) * 1000 as at from events where type = 'paging.stepped' and stream = any($1) group by stream",
    [[...due.keys()]],
  );
  return rows.map(({ stream, at }) => Number(at) - (due.get(stream)?.at ?? 0));
}
