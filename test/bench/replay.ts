/** `node bin/run.cjs test/bench/replay.ts`: ten thousand incidents with their records, run again against a changed schedule, and with
 *  their alerts against new rules about noise, by a real server on a real PostgreSQL, part by part, as a browser asks. Prints, asserts
 *  nothing. */
import { randomUUID } from "node:crypto";
import { loadavg } from "node:os";
import pg from "pg";
import { addParts, countOf, emptyPart } from "../../core/drills/replay-parts.ts";
import { differenceKinds } from "../../core/kernel/vocabulary.ts";
import { makePlace, makeToken, removePlace, startDesk } from "./desk-process.ts";
import { startMailReceiver } from "./mail-receiver.ts";

const incidents = 10_000;
const minute = 60_000;
const day = 24 * 60 * minute;

type Ask = <T = { readonly id: string }>(path: string, body: object) => Promise<T>;

/** One in three answers at once, one at the second step, one never. */
async function seed(
  connection: pg.ClientConfig,
  { service, integration }: { readonly service: string; readonly integration: string },
  [ana, cleo]: readonly string[],
): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  await client.query(
    `insert into incidents (id, number, seq, head, exercise, title, service_id, stage, is_open, priority, categories, open_alerts, firing_alerts, incident, paging, reported_at, updated_at)
select uuidv7(), 'INC-2001-' || lpad(n::text, 7, '0'), 12, repeat('0', 64), false, 'Seeded', $2, 'closed', false, 2, '{}', 0, 0, '{}', '{}', at, at
from (select n, now() - n * $3::bigint * interval '1 millisecond' as at from generate_series(1, $1::int) as n) as made`,
    [incidents, service, Math.floor((89 * day) / incidents)],
  );
  const policy = JSON.stringify({ id: randomUUID(), name: "Seeded", repeat: 1, steps: [] });
  await client.query(
    `insert into events (stream, seq, type, version, occurred_at, recorded_at, actor, process, exercise, cause, data, data_hash, hash)
select 'incident/' || id, seq, type, 1, at, at, '{}', 'base', false, '{}', data, '', '' from (
  select id, 1 as seq, 'priority.proposed' as type, reported_at as at, '{"priority": 2}'::jsonb as data from incidents
  union all select id, 2, 'paging.started', reported_at, jsonb_build_object('reason', 'registered', 'run', 1, 'policy', $3::jsonb) from incidents
  union all select id, 3, 'paging.stepped', reported_at, '{"step": 0}' from incidents
  union all select id, 4, 'page.requested', reported_at, jsonb_build_object('personId', $1::text) from incidents
  union all select id, 5, 'page.sent', reported_at, '{}' from incidents
  union all select id, 6, 'page.requested', reported_at + interval '10 minutes', jsonb_build_object('personId', $2::text) from incidents where right(number, 1)::int % 3 > 0
  union all select id, 7, 'assignment.accepted', reported_at + interval '2 minutes', jsonb_build_object('personId', $1::text) from incidents where right(number, 1)::int % 3 = 0
  union all select id, 7, 'assignment.accepted', reported_at + interval '13 minutes', jsonb_build_object('personId', $2::text) from incidents where right(number, 1)::int % 3 = 1
  union all select id, 8, 'paging.stopped', reported_at + interval '13 minutes', '{"because": "accepted"}' from incidents where right(number, 1)::int % 3 < 2
  union all select id, 9, 'incident.resolved', reported_at + interval '1 hour', '{}' from incidents) as made`,
    [ana, cleo, policy],
  );
  await seedAlerts(client, integration, ana);
  await client.query("vacuum analyze incidents");
  await client.query("vacuum analyze alerts");
  await client.query("vacuum analyze events");
  await client.end();
}

/** One alert of each incident: a third is over within four minutes, the others within an hour; of twenty sites. */
async function seedAlerts(client: pg.Client, integration: string, ana: string | undefined): Promise<void> {
  await client.query(
    `update incidents set incident = jsonb_build_object('origin', jsonb_build_object('kind', 'integration', 'integrationId', $1::text, 'groupKey', number),
  'ended', null, 'acceptedBy', jsonb_build_object('id', $2::text), 'milestones',
  jsonb_build_object('accepted', at + 120000, 'resolved', at + 3600000))
from (select id as one, floor(extract(epoch from reported_at) * 1000)::bigint as at from incidents) as those where one = id`,
    [integration, ana],
  );
  await client.query(
    `insert into alerts (id, integration_id, key, status, incident_id, placed, title, severity, source, stateful, opened_at, last_at, ended_at, count, details)
select (lpad(to_hex(at >> 16), 8, '0') || '-' || lpad(to_hex(at & 65535), 4, '0') || right(gen_random_uuid()::text, 23))::uuid, $1, number, 'resolved', id, 'new',
  'Seeded alert ' || number, 'critical', 'host-' || number, true, at, at + lasts, at + lasts, 1,
  jsonb_build_object('labels', jsonb_build_object('site', 'site-' || right(number, 2)::int % 20, 'alertname', 'Seeded', 'instance', 'host-' || number))
from (select *, floor(extract(epoch from reported_at) * 1000)::bigint as at, (case when right(number, 1)::int % 3 = 0 then 4 else 55 end) * 60000 as lasts from incidents) as those`,
    [integration],
  );
}

async function main(): Promise<void> {
  const mails = await startMailReceiver();
  const place = await makePlace(mails.port);
  const desk = await startDesk(place);
  try {
    const token = await makeToken(desk.port);
    const ask: Ask = async (path, body) => {
      const answer = await fetch(`http://127.0.0.1:${desk.port}/api/v1/${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${path}: ${text}`);
      return JSON.parse(text);
    };
    const people: string[] = [];
    for (const name of ["Ana", "Ben", "Cleo"])
      people.push((await ask("people", { name, email: `${name}@example.org` })).id);
    const [ana, ben, cleo] = people;
    const rotation = { kind: "daily", zone: "America/Montreal", startDate: "2026-01-01", handoverTime: "09:00" };
    const layers = [{ rotation: { ...rotation, participants: [ana, ben] } }];
    const schedule = (await ask("schedules", { name: "Seeded", layers })).id;
    const steps = [
      { targets: [{ kind: "schedule", id: schedule }], timeoutMinutes: 10 },
      { targets: [{ kind: "person", id: cleo }], timeoutMinutes: 15 },
    ];
    const policy = (await ask("escalation-policies", { name: "Seeded", steps, repeat: 1 })).id;
    const service = (await ask("services", { nameFr: "Paie", nameEn: "Payroll", policy })).id;
    const integration = (await ask("integrations", { kind: "generic", name: "Seeded", service })).id;
    await seed(desk.connection(), { service, integration }, [ana ?? "", cleo ?? ""]);
    const change = {
      schedule: {
        id: schedule,
        declaredGaps: [],
        layers: [{ rotation: { ...rotation, participants: [ben, null, ana] } }],
      },
    };
    for (let round = 1; round <= 3; round += 1) await measure(ask, "reach/replay", change, desk.cpuMs);
    for (const definition of noiseRules)
      for (let round = 1; round <= 3; round += 1) {
        /* Asked with another name each time: what is worked out for a whole past is kept for its parts. */
        const rule = { definition, text: round === 1 ? null : "seeded".slice(0, 7 - round) };
        await measure(ask, "noise-rules/replay", { rule }, desk.cpuMs);
      }
    console.log(`highest RSS ${Math.round(desk.peakRssMb())} MB; load ${loadavg()[0]?.toFixed(1)}`);
  } finally {
    await desk.stop();
    await mails.stop();
    removePlace(place);
  }
}

const noiseRules = [
  { kind: "wait", minutes: 5 },
  { kind: "grouping", labels: ["alertname"], onNewKind: "nothing" },
  {
    kind: "inhibition",
    source: [{ label: "site", operator: "=", value: "site-3" }],
    target: [{ label: "site", operator: "=~", value: "site-1.*" }],
  },
];

async function measure(ask: Ask, path: string, change: object, cpuMs: () => number): Promise<void> {
  // biome-ignore lint/suspicious/noExplicitAny: an answer is looked into by what asked for it.
  let sums: any = emptyPart;
  let [seen, parts, longest, bytes, changes] = [0, 0, 0, 0, 0];
  const [began, cpu] = [performance.now(), cpuMs()];
  for (let cursor: string | null = null; ; ) {
    const before = performance.now();
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    const part: any = await ask(path, { change, ...(cursor && { cursor }) });
    longest = Math.max(longest, performance.now() - before);
    bytes += JSON.stringify(part).length;
    sums = addParts(sums, part);
    seen += part.seen;
    changes += part.changes?.length ?? 0;
    parts += 1;
    cursor = part.next;
    if (cursor === null) break;
  }
  const lasted = Math.round(performance.now() - began);
  const kinds = differenceKinds.map((kind) => `${kind} ${countOf(sums.differences, kind)}`).join(", ");
  const told = path.startsWith("noise") ? `${JSON.stringify(change)}: ${changes} incidents change; ` : "";
  console.log(
    `${told}${seen} incidents in ${lasted} ms (server CPU ${Math.round(cpuMs() - cpu)} ms), ${parts} parts, the longest ${Math.round(longest)} ms, ${Math.round(bytes / 1024)} KB; pages ${sums.pages.before} → ${sums.pages.after}: ${kinds}`,
  );
}

await main();
