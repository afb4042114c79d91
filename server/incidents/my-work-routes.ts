/** What awaits whoever asks. Which incidents may have something for them is asked of the database; what, and why, is decided by
 *  core/incidents/awaiting.ts. */
import { type Expression, type SqlBool, sql } from "kysely";
import { type AwaitedView, myWorkMax, readMyWork } from "../../contract/my-work.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { daysOfLaws } from "../../core/desk/obligations.ts";
import type { PagingState } from "../../core/escalation/paging-state.ts";
import { type Awaited, awaitedOf, bySoonest } from "../../core/incidents/awaiting.ts";
import { type IncidentState, stageOf } from "../../core/incidents/state.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Actor, Language } from "../../core/kernel/vocabulary.ts";
import { counts, outcomes } from "../../core/obligations/assessment.ts";
import { awaitedOfResponse } from "../../core/security/awaiting.ts";
import { lawWords } from "../../languages/law-words.ts";
import { visibleIncidents } from "../access/visible.ts";
import type { Serve } from "../platform/http.ts";
import { type IncidentsKnown, readingOf } from "./routes.ts";
import { dueOf, type IncidentRow, type Reading, readRows, titleOf } from "./views.ts";

/** Looked through for one answer, by priority; nobody has that many. */
const incidentsMax = 500;

export function myWorkRoutes(serve: Serve, known: IncidentsKnown): void {
  serve(readMyWork, async ({ request }) => {
    const reading = readingOf(known, request);
    const { actor } = reading.viewer;
    const owned = ownedBy(reading.directory, actor.id);
    const daysOf = daysOfLaws(reading.directory);
    const ids = await candidates(reading, actor, owned);
    const rows = await readRows(reading, ids);
    const all = rows.flatMap((row) => {
      const state = row.incident as IncidentState;
      const facts = { paging: row.paging as PagingState, due: dueOf(row), owns: concerns(state, owned), daysOf };
      const theirs = [...awaitedOf(state, actor, facts), ...awaitedOfResponse(state, actor)];
      return theirs.map((one) => ({ ...one, row, priority: state.priority }));
    });
    const data = all
      .toSorted(bySoonest)
      .slice(0, myWorkMax)
      .map((one) => viewOfAwaited(one, one.row, reading.language));
    const truncated = ids.length >= incidentsMax || all.length > myWorkMax;
    return { at: toIso(known.clock.now()), data, truncated };
  });
}

const ownedBy = ({ services }: Directory, id: string | null): ReadonlySet<string> =>
  new Set(id === null ? [] : [...services.values()].filter(({ ownerId }) => ownerId === id).map((one) => one.id));

const concerns = ({ service, impactSeen }: IncidentState, owned: ReadonlySet<string>): boolean =>
  [service, ...(impactSeen?.affected ?? []).map((one) => one.service)].some((one) => one !== null && owned.has(one));

/** Those that name them, a team or function of theirs or a service that they own; and those of which their level decides something.
 *  What a law wants told outlives the incident, and so does what level 5 looks at afterwards: each asked by itself, of its own index. */
async function candidates({ db, viewer }: Reading, actor: Actor, owned: ReadonlySet<string>): Promise<string[]> {
  const named = [actor.id, ...actor.teams, ...actor.functions, ...owned].filter((one) => one !== null);
  const names = sql<boolean>`incidents.incident::text like any(${named.map((one) => `%${one}%`)})`;
  const level = actor.level ?? 0;
  const open: Expression<SqlBool>[] = [names];
  if (level >= 3) {
    open.push(sql`(incidents.incident ->> 'coordinationWanted')::boolean`);
    open.push(sql`jsonb_path_exists(incidents.incident -> 'help', '$[*] ? (!exists(@.answered))')`);
  }
  if (level >= 4) {
    open.push(sql`incidents.incident -> 'major' ->> 'status' = 'proposed'`);
    open.push(sql`incidents.incident -> 'security' -> 'disclosures' @> '[{"status":"prepared"}]'`);
  }
  if (level >= 5) open.push(sql`incidents.incident -> 'flags' is not null`);
  const all = visibleIncidents(db, viewer).select(["id", "priority"]);
  const asked = [all.where("is_open", "=", true).where((where) => where.or(open))];
  if (level >= 4) {
    const owing = db.selectFrom("incident_obligations").select("incident_id").where("outcome", "in", owingOutcomes);
    asked.push(all.where("id", "in", owing).where(names));
  }
  if (level >= 4) asked.push(all.where("to_check", "=", true));
  const found = await Promise.all(
    asked.map((one) => one.orderBy("priority").orderBy("id").limit(incidentsMax).execute()),
  );
  return [...new Set(found.flat().map(({ id }) => id))].slice(0, incidentsMax);
}

const owingOutcomes = outcomes.filter(counts);

/** A law is named in the reader's language; all else is as people wrote it. */
const aboutOf = ({ command, about }: Pick<Awaited, "command" | "about">, language: Language): string | null =>
  command === "record-submission" && about !== null ? lawWords(language).law(about) : about;

function viewOfAwaited({ until, ...one }: Awaited, row: IncidentRow, language: Language): AwaitedView {
  const { title, language: written, priority, exercise } = row.incident as IncidentState;
  return {
    incident: {
      ...{ id: row.id, number: row.number, title: titleOf(title, language), language: written },
      ...{ stage: stageOf(row.incident as IncidentState), priority, exercise },
    },
    ...{ command: one.command, number: one.number, about: aboutOf(one, language), why: one.why, target: one.target },
    until: until === null ? null : toIso(until),
  };
}
