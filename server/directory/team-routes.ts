/** Teams that answer incidents: their mandates are written by level 5, and their readiness is read by all. */
import * as contract from "../../contract/teams.ts";
import { sfia8 } from "../../core/directory/responsibility.ts";
import { type Charter, roleTwice } from "../../core/directory/team-charter.ts";
import type { Team } from "../../core/directory/types.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import { type Finding, readinessOf } from "../../core/routing/team-readiness.ts";
import { type Viewer, viewerOf } from "../access/viewer.ts";
import type { Db } from "../platform/database.ts";
import { everything, type Serve } from "../platform/http.ts";
import { refused } from "../platform/problems.ts";
import { refuseUnlessKeeper } from "./catalogue-routes.ts";
import { changeBy, type DirectoryKnown } from "./routes.ts";
import { change } from "./store.ts";
import { insertExercise, readActivated, readExercises, updateCharter } from "./team-store.ts";

export type TeamsKnown = DirectoryKnown & { readonly db: Db };

export function teamRoutes(serve: Serve, known: TeamsKnown): void {
  serve(contract.writeTeamMandate, async ({ request, params: { id }, body: { charter } }) => {
    refuseUnlessKeeper(request);
    await known.changed();
    if (charter) refuseFaulty(known, charter);
    await change(changeBy(known, request), async (client) => {
      await updateCharter(client, id, charter);
      return { id, kind: "team", type: "team.changed", data: { charter } as unknown as JsonObject, result: null };
    });
    await known.changed();
    return readinessNow(known, viewerOf(request), id);
  });
  serve(contract.listTeamReadiness, async ({ request }) => {
    const teams = [...known.directory().teams.values()].filter(({ charter }) => charter);
    return everything(await readinessesOf(known, viewerOf(request), teams));
  });
  serve(contract.readTeamReadiness, ({ request, params }) => readinessNow(known, viewerOf(request), params.id));
  serve(contract.noteTeamExercise, async ({ request, params: { id }, body }) => {
    const viewer = viewerOf(request);
    const { notesExercisesFrom: level } = sfia8;
    if ((viewer.actor.level ?? 0) < level) throw refused("exercise-level-needed", { level });
    mandated(known, id);
    const by = changeBy(known, request);
    /* Of the calendar where the desk is: today there may be tomorrow by the clock in UTC. */
    if (Date.parse(body.on) > by.at + dayMs) throw refused("occurred-in-future");
    await change(by, async (client) => {
      await insertExercise(client, id, { ...body, by: viewer.actor.id ?? "", at: by.at });
      return { id, kind: "team", type: "team.exercised", data: body, result: null };
    });
    return readinessNow(known, viewer, id);
  });
}

const dayMs = 86_400_000;

function refuseFaulty(known: TeamsKnown, charter: Charter): void {
  const { schedules, policies, people } = known.directory();
  const twice = roleTwice(charter);
  if (twice !== null) throw refused("team-roles-twice", { role: twice });
  const { rota, deputy } = charter;
  const all: ReadonlyMap<string, unknown> = rota?.kind === "policy" ? policies : schedules;
  if (rota && !all.has(rota.id)) throw refused(`${rota.kind}-unknown`, { [rota.kind]: rota.id });
  if (deputy !== null && !people.get(deputy)?.active) throw refused("deputy-unknown", { person: deputy });
}

function teamOf(known: TeamsKnown, id: string): Team {
  const team = known.directory().teams.get(id);
  if (!team) throw refused("team-unknown", { team: id });
  return team;
}

function mandated(known: TeamsKnown, id: string): Team {
  const team = teamOf(known, id);
  if (!team.charter) throw refused("team-without-mandate", { team: id });
  return team;
}

async function readinessNow(known: TeamsKnown, viewer: Viewer, id: string): Promise<contract.Readiness> {
  const [found] = await readinessesOf(known, viewer, [teamOf(known, id)]);
  if (!found) throw refused("team-unknown", { team: id });
  return found;
}

async function readinessesOf(known: TeamsKnown, viewer: Viewer, teams: readonly Team[]): Promise<contract.Readiness[]> {
  const directory = known.directory();
  const ids = teams.map(({ id }) => id);
  const [exercises, activated] = await Promise.all([readExercises(known.pool, ids), readActivated(known.db, viewer)]);
  const at = known.clock.now();
  const named = (id: string) => ({ id, name: directory.people.get(id)?.name ?? "" });
  return teams.map((team) => {
    const own = exercises.filter(({ team: of }) => of === team.id);
    const last = activated.get(team.id) ?? null;
    const tried = [...own.map(({ on }) => Date.parse(on)), ...(last ? [last.at] : [])];
    const triedAt = tried.length === 0 ? null : Math.max(...tried);
    const findings = readinessOf(team, directory, { at, triedAt });
    return {
      team: { id: team.id, name: team.name },
      charter: team.charter ? { ...team.charter, roles: [...team.charter.roles] } : null,
      ready: team.charter != null && findings.length === 0,
      findings: findings.map(findingView),
      exercises: own.map(({ id, on, what, by, at: notedAt }) => ({ id, on, what, by: named(by), at: notedAt })),
      activated: last && { number: last.number, at: toIso(last.at), exercise: last.exercise },
    };
  });
}

const nothing = { role: null, needed: null, able: null, level: null, people: [], schedule: null } as const;

function findingView(finding: Finding): contract.Readiness["findings"][number] {
  return {
    ...nothing,
    ...finding,
    people: "people" in finding ? [...finding.people] : [],
    from: "from" in finding ? toIso(finding.from) : null,
    until: "until" in finding ? toIso(finding.until) : null,
  };
}
