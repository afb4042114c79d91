/** `node bin/run.cjs test/bench/locks.ts`: what the locks cost that are taken for a step in turn and for a rule across integrations,
 *  under a flood of distinct events from four integrations, by one process and by two on one database. Each by turns with the same desk
 *  without it. Prints, asserts nothing. */
import { loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type DeskProcess,
  freePort,
  makeIntegration,
  makePlace,
  makeToken,
  removePlace,
  startDesk,
} from "./desk-process.ts";
import { startMailReceiver } from "./mail-receiver.ts";
import { type Bench, load } from "./measures.ts";
import { singleEvent } from "./requests.ts";
import { median, ms, perSecond, quantile } from "./table.ts";

const rounds = 3;
const durationMs = 4_000;
const sources = 4;
/** One that two share sees what the other's administrator set up a moment later. */
const settlesMs = 1_000;

type Ask = (method: string, path: string, body?: object) => Promise<{ readonly id: string }>;
type Setting = {
  readonly name: string;
  readonly begin: (ask: Ask) => Promise<unknown>;
  readonly end: (ask: Ask) => Promise<unknown>;
};

const asking =
  (port: number, token: string): Ask =>
  async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${text}`);
    return text === "" ? {} : JSON.parse(text);
  };

/** The same three people either way; the same threshold either way. */
async function settingsOf(ask: Ask): Promise<Setting[]> {
  const targets: object[] = [];
  for (const name of ["Ana", "Ben", "Cleo"])
    targets.push({ kind: "person", id: (await ask("POST", "people", { name, email: `${name}@example.org` })).id });
  const steps = (inTurn: boolean) => [{ targets, timeoutMinutes: 60, inTurn }];
  const policy = await ask("POST", "escalation-policies", { name: "Flooded", steps: steps(false), default: true });
  const called = (inTurn: boolean) => (on: Ask) =>
    on("PATCH", `escalation-policies/${policy.id}`, { steps: steps(inTurn) });
  const rule = (name: string, across: boolean): Setting => {
    let id = "";
    return {
      name,
      begin: async (on) => {
        const definition = { kind: "threshold", count: 2, minutes: 10, across };
        id = (await on("POST", "noise-rules", { name, definition, text: "disk" })).id;
      },
      end: (on) => on("DELETE", `noise-rules/${id}`),
    };
  };
  return [
    { name: "all at once", begin: called(false), end: called(false) },
    { name: "in turn", begin: called(true), end: called(false) },
    rule("a threshold within each", false),
    rule("a threshold across all", true),
  ];
}

type Measured = { readonly rate: number; readonly p50: number; readonly p99: number; readonly cpu: number };

async function flood(benches: readonly Bench[], named: string): Promise<Measured> {
  const [first] = benches;
  if (!first) throw new Error("no desk to flood");
  const keys: string[] = [];
  for (let source = 0; source < sources; source += 1)
    keys.push(await makeIntegration(first.desk.port, first.token, "pagerduty", `${named} ${source}`));
  const templates = keys.map((key) => singleEvent(key, named));
  await sleep(settlesMs);
  const before = benches.map(({ desk }) => desk.cpuMs());
  const loaded = await Promise.all(
    benches.map((bench, place) =>
      load({ ...bench, next: 1 + place * 50_000_000 }, { templates, connections: 64 / benches.length }),
    ),
  );
  const cpu = benches.reduce((sum, { desk }, place) => sum + desk.cpuMs() - (before[place] ?? 0), 0);
  const answers = loaded.flatMap((one) => one.answers);
  const took = answers.map((one) => one.answeredAt - one.sentAt);
  return {
    rate: answers.length / (Math.max(...loaded.map(({ tookMs }) => tookMs)) / 1_000),
    p50: quantile(took, 0.5),
    p99: quantile(took, 0.99),
    cpu: (cpu * 1_000) / answers.length,
  };
}

type Measuring = Pick<Bench, "token" | "mails"> & {
  readonly desks: readonly DeskProcess[];
  readonly settings: readonly Setting[];
};

async function measure({ desks, settings, ...known }: Measuring): Promise<void> {
  const benches = desks.map((desk): Bench => ({ desk, ...known, rounds, durationMs, next: 1 }));
  const ask = asking(desks[0]?.port ?? 0, known.token);
  const found = new Map<string, Measured[]>();
  for (let round = 0; round < rounds; round += 1)
    for (const [place, { name, begin, end }] of settings.entries()) {
      await begin(ask);
      const measured = await flood(benches, `f${desks.length}${round}${place}`);
      await end(ask);
      found.set(name, [...(found.get(name) ?? []), measured]);
    }
  for (const [name, all] of found) {
    const of = (pick: (one: Measured) => number): number => median(all.map(pick));
    console.log(
      `${desks.length} process(es), ${name}: ${perSecond(of((one) => one.rate))}, p50 ${ms(of((one) => one.p50))}, p99 ${ms(of((one) => one.p99))}, ${Math.round(of((one) => one.cpu))} µs of server CPU each`,
    );
  }
}

async function main(): Promise<void> {
  const mails = await startMailReceiver();
  const place = await makePlace(mails.port);
  console.log(`load before ${loadavg()[0]?.toFixed(1)}`);
  const desk = await startDesk(place);
  let second: DeskProcess | null = null;
  try {
    const token = await makeToken(desk.port);
    const settings = await settingsOf(asking(desk.port, token));
    await measure({ desks: [desk], token, mails, settings });
    const { user, password, host, port, database } = desk.connection();
    const secret = encodeURIComponent(String(password));
    const databaseUrl = `postgres://${user}:${secret}@localhost:${port}/${database}?host=${encodeURIComponent(host ?? "")}`;
    second = await startDesk({ ...place, port: await freePort(), databaseUrl });
    await measure({ desks: [desk, second], token, mails, settings });
    console.log(`load after ${loadavg()[0]?.toFixed(1)}`);
  } finally {
    await second?.stop();
    await desk.stop();
    await mails.stop();
    removePlace(place);
  }
}

await main();
