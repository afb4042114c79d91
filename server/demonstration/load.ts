/** `--demo`: the story of demo/ is told, and all that it decides is written by the desk's own writer, with the story's time
 *  as the time of each entry. One transaction holds all of it: whatever stops the load leaves the desk as empty as it was,
 *  and the next start loads it again. Nothing is sent, then or later: a desk that holds the demonstration opens no channel
 *  (docs/decisions/0002-the-demonstration.md). */
import type pg from "pg";
import type { Draft } from "../../core/desk/draft.ts";
import type { DeskOutcome } from "../../core/desk/inputs.ts";
import type { Keeper } from "../../core/drills/world.ts";
import { stampOf, systemActor } from "../../core/kernel/stamp.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Observed } from "../../core/security/observables.ts";
import { assistanceRules, helpAsked } from "../../demo/assistance.ts";
import { emailOf, type PersonName, people, personas } from "../../demo/organisation.ts";
import { demonstrationCause, type Story, tellStory } from "../../demo/story.ts";
import type { ToldReport } from "../../demo/telling.ts";
import { hashPassword } from "../access/password.ts";
import { type Late, transact } from "../platform/database.ts";
import { appendAudit } from "../platform/event-log.ts";
import type { Secrets } from "../platform/secrets.ts";
import { type Flushes, gatherFlushes } from "./flush.ts";
import { type DirectoryStore, foundCity } from "./founding.ts";
import { type DutyStore, foundDuty } from "./standing.ts";
import * as kept from "./store.ts";
import { type CarrierStore, foundCarriers, foundHeartbeats, type HeartbeatStore } from "./watched.ts";

/** What other capabilities do, given by server/main.ts. */
export type Hands = {
  readonly duty: DutyStore;
  readonly directory: DirectoryStore & { readonly bump: (client: pg.PoolClient) => Promise<void> };
  readonly write: (
    writing: { readonly client: pg.PoolClient; readonly late: Late },
    draft: Draft,
    heads: Heads,
  ) => Promise<void>;
  readonly report: ReportStore;
  readonly heartbeats: HeartbeatStore;
  readonly carriers: CarrierStore;
  readonly assistance: AssistanceStore;
  /** Of server/security/store.ts. */
  readonly observed: (client: pg.PoolClient, incidentId: string, seen: readonly Observed[]) => Promise<void>;
};

/** Of server/assistance/scripted.ts. */
type AssistanceStore = (scripted: {
  readonly client: pg.PoolClient;
  readonly directory: Story["directory"];
  readonly rules: ReturnType<typeof assistanceRules>;
  readonly scripts: ReturnType<typeof helpAsked>;
  readonly cause: string;
  readonly from: number;
  readonly by: string;
}) => Promise<void>;

type Heads = Map<string, { readonly seq: number; readonly head: string }>;
type ReportStore = {
  readonly receipt: () => string;
  readonly keep: (report: KeptReport) => (client: pg.PoolClient) => Promise<boolean>;
  readonly link: (id: string) => (client: pg.PoolClient, outcome: DeskOutcome) => Promise<void>;
};
type KeptReport = Omit<ToldReport, "incidentId"> & { readonly network: string; readonly receipt: string };

export type Loading = {
  readonly pool: pg.Pool;
  readonly secrets: Secrets;
  readonly at: number;
  readonly hands: Hands;
  /** Another seed is another story, of the same city. */
  readonly seed?: string;
};

export type SignIn = { readonly name: string; readonly email: string; readonly level: number | null };

export type Loaded =
  | { readonly kind: "loaded"; readonly incidents: number; readonly entries: number }
  | { readonly kind: "already"; readonly since: number }
  | { readonly kind: "not-empty"; readonly found: kept.Found };

const budgetMs = 60_000;

export async function loadDemonstration(loading: Loading): Promise<Loaded> {
  const password = demonstrationPassword(loading.secrets);
  const hashes = await Promise.all(personas.map(async (name) => [name, await hashPassword(password)] as const));
  return transact(loading.pool, budgetMs, async (client, late) => {
    await client.query("select pg_advisory_xact_lock(742021)");
    const before = await kept.readDemonstration(client);
    if (before) return { kind: "already", since: before.loadedAt };
    const found = await kept.whatIsThere(client);
    if (found) return { kind: "not-empty", found };
    return load(loading, { client, late }, new Map(hashes));
  });
}

type Writing = { readonly client: pg.PoolClient; readonly late: Late };

async function load(
  { at, hands, secrets, seed = "valrive" }: Loading,
  writing: Writing,
  passwords: ReadonlyMap<PersonName, string>,
): Promise<Loaded> {
  const { client } = writing;
  const administrator = await kept.readAdministrator(client);
  if (!administrator) throw new Error("a desk without an administrator cannot hold the demonstration");
  const steps: Step[] = [];
  const story = tellStory({ seed, at, administrator: asPerson(administrator), keeper: noting(steps) });
  await foundCity({ client, store: hands.directory, story, createdBy: administrator.id, at, passwords });
  await foundDuty({ client, store: hands.duty, story, createdBy: administrator.id, at });
  const watching = { client, cast: story.cast, at };
  await foundHeartbeats(watching, hands.heartbeats);
  await foundCarriers(watching, hands.carriers, secrets);
  await kept.makeDeskStates(client, Object.values(story.cast.integrations));
  const heads: Heads = new Map();
  await writeSteps(
    client,
    gatherFlushes((draft) => hands.write(writing, draft, heads)),
    steps,
  );
  await writeBeside(client, hands, story);
  await hands.assistance({
    client,
    directory: story.directory,
    rules: assistanceRules(story.cast),
    scripts: helpAsked(story.cast, at, majorOf(story)),
    cause: demonstrationCause,
    from: story.from,
    by: story.cast.people.helen,
  });
  await kept.markDemonstration(client, { seed, from: story.from, loadedAt: at });
  await hands.directory.bump(client);
  await appendAudit(client, {
    stream: "desk/demonstration",
    type: "demonstration.loaded",
    stamp: stampOf({ at, actor: systemActor("console"), cause: { kind: "demonstration" } }, null, false),
    data: { seed, from: toIso(story.from) },
  });
  for (const [id, number] of await kept.readNumbers(client))
    if (story.world.case(id).incident.number !== number)
      throw new Error(`the desk numbers ${number} what the story does not`);
  const incidents = story.world.incidentIds();
  const entries = incidents.reduce((sum, id) => sum + story.world.case(id).entries.length, 0);
  return { kind: "loaded", incidents: incidents.length, entries };
}

/** The newest major incident that is under way. */
function majorOf({ world }: Story): { readonly id: string; readonly number: string } | null {
  const id = world.incidentIds().findLast((one) => {
    const { ended, categories } = world.case(one).incident;
    return ended === null && categories.includes("major");
  });
  return id === undefined ? null : { id, number: world.case(id).incident.number };
}

/** The story knows of its administrator only whose rule its machines act under. */
const asPerson = ({ id, email }: { readonly id: string; readonly email: string }) =>
  ({
    id,
    name: email,
    email,
    language: "fr",
    zone: "UTC",
    level: 5,
    admin: true,
    active: true,
    contactPoints: [],
  }) as const;

type Carried = Parameters<Keeper["carried"]>[1];

type Step =
  | { readonly kind: "draft"; readonly draft: Draft }
  | { readonly kind: "fired"; readonly key: string }
  | { readonly kind: "carried"; readonly key: string; readonly outcome: Carried; readonly at: number };

/** The story is told in one breath, and written after: it never waits. */
const noting = (steps: Step[]) => ({
  wrote: (draft: Draft) => void steps.push({ kind: "draft", draft }),
  fired: (key: string) => void steps.push({ kind: "fired", key }),
  carried: (key: string, outcome: Carried, at: number) => void steps.push({ kind: "carried", key, outcome, at }),
});

const statusOf = { sent: "sent", failed: "dead", expired: "expired", withdrawn: "withdrawn" } as const;

async function writeSteps(client: pg.PoolClient, flushes: Flushes, steps: readonly Step[]): Promise<void> {
  const carried: kept.Carried[] = [];
  for (const step of steps) {
    if (step.kind === "draft") await flushes.add(step.draft);
    else if (step.kind === "fired") flushes.endTimer(step.key);
    else carried.push({ key: step.key, status: statusOf[step.outcome], at: step.at });
  }
  await flushes.end();
  await kept.endEffects(client, carried);
}

/** Of an integration's latest events as many as its page shows. */
const notedEach = 50;

/** What life writes beside the record: reports word for word, and what became of each machine's latest events. */
async function writeBeside(client: pg.PoolClient, { report, observed }: Hands, story: Story): Promise<void> {
  for (const id of story.world.incidentIds()) {
    const seen = story.world.case(id).incident.security?.observables ?? [];
    if (seen.length > 0) await observed(client, id, seen);
  }
  for (const [index, { incidentId, ...told }] of story.reports.entries()) {
    /* Networks kept for documentation (RFC 5737). */
    const network = `203.0.113.${index % 256}`;
    await report.keep({ ...told, network, receipt: report.receipt() })(client);
    await report.link(told.id)(client, { kind: "incident", incidentId });
  }
  const byIntegration = Map.groupBy(story.noted, (one) => one.integrationId);
  const latest = [...byIntegration.values()].flatMap((all) => all.slice(-notedEach)).toSorted((a, b) => a.at - b.at);
  const detailed = latest.map(({ integrationId, at, results }) => ({
    integrationId,
    at,
    detail: { results: results.slice(0, 5), count: results.length, warnings: [] },
  }));
  await kept.keepNoted(client, detailed);
}

/** The same at each start of this desk, so that it may be printed again, and kept nowhere: it comes from the desk's key. */
export function demonstrationPassword(secrets: Secrets): string {
  const bytes = secrets.sign("demonstration", Buffer.from("personas"));
  return Array.from(bytes.subarray(0, 16), (byte) => letters[byte % letters.length]).join("");
}

/** Without look-alikes; sixteen of them are 79 bits. */
const letters = "abcdefghjkmnpqrstuvwxyz23456789";

export const signIns: readonly SignIn[] = personas.map((one) => {
  const { name, level } = people[one];
  return { name, email: emailOf(one), level };
});
