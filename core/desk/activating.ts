/** What activating a specialised team causes: its rota is called as by any policy, whoever coordinates hears what becomes of its quorum,
 *  a deputy is called when too few come, and everybody hears that it is stood down. */
import type { Charter } from "../directory/team-charter.ts";
import { peopleWanted } from "../directory/team-charter.ts";
import { callsFor } from "../escalation/paging-state.ts";
import type { Policy, Step } from "../escalation/policy.ts";
import type { Escalation } from "../incidents/escalations.ts";
import {
  type Activation,
  activated,
  activationsMax,
  activeTeams,
  missedQuorum,
  type NamedCharter,
  nextCall,
  quorumDueAt,
  quorumOf,
  stillWanted,
} from "../incidents/teams.ts";
import { route } from "../routing/route.ts";
import type { Directory } from "./directory.ts";
import { appendCaused, dataOf, type Reacting, type ReactionTable } from "./draft.ts";
import { type NoticeCode, teamTimerKey } from "./effects.ts";
import { runPaging } from "./reactions.ts";
import { tellSoon, tellUrgently } from "./telling.ts";

export const activatingReactions: ReactionTable = {
  "incident.categorised": [activateByRule],
  "team.activated": [callTeam],
  "team.joined": [noteArrival],
  "team.left": [noteLeaving],
  "team.quorum-met": [restCalls],
  "team.quorum-missed": [callDeputy],
  "team.stood-down": [sendHome],
  "paging.exhausted": [noteNobodyLeft],
  "incident.closed": [endTeams],
  "incident.dismissed": [endTeams],
  "incident.merged": [endTeams],
};

/** What the team is for, as it stands now; nothing where it has no mandate. */
export function charterOf({ teams }: Directory, id: string): NamedCharter | undefined {
  const team = teams.get(id);
  return team?.charter ? { ...team.charter, name: team.name } : undefined;
}

/** Once for each team: one that somebody sent home stays so, however often its category is given. What is split off is given its
 *  categories anew: the teams of the incident that it leaves know of it there, and are called for it when somebody asks. */
function activateByRule(reacting: Reacting): void {
  const { draft, on } = reacting;
  const { processes = [] } = dataOf(reacting, "incident.categorised");
  const whole = on.incident.links?.find(({ kind }) => kind === "part-of")?.incident ?? "";
  const there = draft.cases.get(whole)?.incident.activations ?? [];
  for (const { category, teams = [] } of processes)
    for (const team of teams) {
      const known = on.incident.activations ?? [];
      const charter = charterOf(draft.directory, team);
      if (charter === undefined || known.length >= activationsMax) continue;
      if ([...known, ...there].some((one) => one.team === team)) continue;
      appendCaused(reacting, [activated(on.incident, { team, charter, at: draft.at, category })]);
    }
}

const activationOf = ({ on }: Reacting, number: number): Activation | undefined =>
  activeTeams(on.incident).find((one) => one.number === number);

function callTeam(reacting: Reacting): void {
  const { draft, on } = reacting;
  const { number } = dataOf(reacting, "team.activated");
  const one = activationOf(reacting, number);
  if (!one) return;
  const timer = { kind: "team", incidentId: on.id, number } as const;
  draft.effects.push({ kind: "set-timer", key: teamTimerKey(on.id, number), timer, dueAt: one.until });
  const policy = teamPolicy(draft.directory, on.incident.service, one);
  runPaging(reacting, { kind: "start", policy, reason: "activated" }, number);
}

/** Its rota, then all its members where the rota is a schedule, as often as the incident itself would be called for: until as many have
 *  come as its quorum takes. A rota that is no more leaves its members. */
export function teamPolicy(
  directory: Directory,
  service: string | null,
  { team, name, charter }: Pick<Activation, "team" | "name" | "charter">,
): Policy {
  const own = ofRota(directory, charter);
  const like = route(service, directory).policy;
  const wait = { timeoutMinutes: like.steps[0]?.timeoutMinutes ?? 5 };
  const { rota } = charter;
  const first: Step[] =
    rota?.kind === "schedule" && directory.schedules.has(rota.id)
      ? [{ targets: [{ kind: "schedule", id: rota.id }], ...wait }]
      : [];
  const all: Step = { targets: [{ kind: "team", id: team }], ...wait };
  const policy = own ?? { id: "team", name, steps: [...first, all], repeat: like.repeat };
  const wanted = peopleWanted(charter);
  const { actWithinMinutes: _, ...plain } = policy;
  return {
    ...plain,
    steps: policy.steps.map((step) => ({ ...step, acknowledgements: Math.max(step.acknowledgements ?? 1, wanted) })),
  };
}

export const ofRota = ({ policies }: Directory, { rota }: Pick<Charter, "rota">): Policy | undefined =>
  rota?.kind === "policy" ? policies.get(rota.id) : undefined;

function noteArrival(reacting: Reacting): void {
  const { number, personId, name } = dataOf(reacting, "team.joined");
  const one = activationOf(reacting, number);
  const more = one ? stillWanted(one) : 0;
  runPaging(reacting, { kind: "acknowledged", personId, name, more }, number);
  if (!one || one.metAt !== null) return;
  const { met, people } = quorumOf(one);
  if (!met) return missOnceRested(reacting, number);
  appendCaused(reacting, [
    { type: "team.quorum-met", data: { number, teamName: one.name, people, late: one.missedAt !== null } },
  ]);
}

/** Called, and cannot come: the next is, at once. Come, and gone: it may be too few again. */
function noteLeaving(reacting: Reacting): void {
  const { number, personId, was } = dataOf(reacting, "team.left");
  runPaging(reacting, { kind: "declined", personId }, number);
  if (was === "joined") missOnceRested(reacting, number);
}

/** Whoever came has gone, or holds another role than the one that was wanted of them, and nobody is called any more. */
function missOnceRested(reacting: Reacting, number: number): void {
  if (callsFor(reacting.on.paging, number).status !== "running") missQuorum(reacting, number, "left");
}

function restCalls(reacting: Reacting): void {
  const { draft, on } = reacting;
  const { number, people } = dataOf(reacting, "team.quorum-met");
  runPaging(reacting, { kind: "stop", because: "quorum-met" }, number);
  draft.effects.push({ kind: "cancel-timer", key: teamTimerKey(on.id, number) });
  endDeputy(reacting, number, ["requested"]);
  const one = activationOf(reacting, number);
  if (one) tellLeaders(reacting, one, "team-quorum-met", String(people));
}

/** Its time has come. */
export function lapseTeam(reacting: Reacting, number: number): void {
  const one = activationOf(reacting, number);
  const due = one ? quorumDueAt(one) : null;
  if (due !== null && due <= reacting.draft.at) missQuorum(reacting, number, "time-out");
}

function noteNobodyLeft(reacting: Reacting): void {
  const { escalation } = dataOf(reacting, "paging.exhausted");
  if (escalation !== undefined) missQuorum(reacting, escalation, "nobody-left");
}

function missQuorum(reacting: Reacting, number: number, because: "time-out" | "nobody-left" | "left"): void {
  const { draft, on } = reacting;
  const missed = missedQuorum(on.incident, number, because);
  if (missed === null) return;
  const deputy = draft.directory.people.get(activationOf(reacting, number)?.charter.deputy ?? "");
  const named = deputy?.active ? { id: deputy.id, name: deputy.name } : null;
  appendCaused(reacting, [{ type: "team.quorum-missed", data: { ...missed, deputy: named } }]);
}

/** As by any escalation, which they acknowledge or return; whoever coordinates hears of it, once. */
function callDeputy(reacting: Reacting): void {
  const { draft, on } = reacting;
  const { number, deputy, people, needed } = dataOf(reacting, "team.quorum-missed");
  draft.effects.push({ kind: "cancel-timer", key: teamTimerKey(on.id, number) });
  const one = activationOf(reacting, number);
  if (!one) return;
  const already = one.members.some(({ id }) => id === deputy?.id);
  if (deputy !== null && !already) {
    const { language } = draft.directory;
    const data = {
      kind: "functional" as const,
      to: deputy.id,
      expected: `${one.name} – ${one.charter.mandate[language]}`,
      number: nextCall(on.incident),
      team: number,
    };
    appendCaused(reacting, [{ type: "escalation.requested", data }]);
  }
  tellLeaders(reacting, one, "team-quorum-missed", `${people}/${needed}`);
}

type TeamNews = Extract<NoticeCode, `team-${string}`>;

/** Whoever coordinates or has it, and whoever asked for the team; else whoever keeps the service. What is missed is told by the way that
 *  wakes. */
function tellLeaders(reacting: Reacting, one: Activation, notice: TeamNews, also: string): void {
  const { draft, on } = reacting;
  const { coordinator, acceptedBy, service } = on.incident;
  const known = [coordinator?.id, acceptedBy?.id, one.by.id].filter((id) => draft.directory.people.has(id ?? ""));
  const owner = draft.directory.services.get(service ?? "")?.ownerId;
  const told = new Set(known.length > 0 ? known : [owner]);
  const values = { by: one.name, quote: "", also };
  const once = `${one.number}/${reacting.seq}`;
  for (const id of told) {
    if (!id || id === reacting.fact.stamp.actor.id) continue;
    if (notice === "team-quorum-missed") tellUrgently(reacting, id, { notice, once, values });
    else tellSoon(reacting, id, notice, once, values);
  }
}

/** What a deputy was asked, where it stands like that. */
function endDeputy(reacting: Reacting, number: number, like: readonly Escalation["status"][]): void {
  for (const { number: asked, team, status } of reacting.on.incident.escalations ?? [])
    if (team === number && like.includes(status))
      appendCaused(reacting, [{ type: "escalation.ended", data: { number: asked, personId: null, name: "" } }]);
}

/** Whoever came, whoever is still being called, and whoever coordinates. */
function sendHome(reacting: Reacting): void {
  const { draft, on, fact } = reacting;
  const { number } = dataOf(reacting, "team.stood-down");
  const one = on.incident.activations?.find((each) => each.number === number);
  const { pages } = callsFor(on.paging, number);
  runPaging(reacting, { kind: "stop", because: "stood-down" }, number);
  draft.effects.push({ kind: "cancel-timer", key: teamTimerKey(on.id, number) });
  if (!one) return;
  endDeputy(reacting, number, ["requested", "acknowledged"]);
  const called = pages.filter(({ status }) => status === "sent").map(({ personId }) => personId);
  const told = new Set([...one.members.map(({ id }) => id), ...called, on.incident.coordinator?.id, one.by.id]);
  const quote = fact.stamp.reason ?? "";
  for (const id of told)
    if (id && id !== fact.stamp.actor.id)
      tellSoon(reacting, id, "team-stood-down", `${number}/${reacting.seq}`, { by: one.name, quote, also: "" });
}

/** What has ended needs no team. */
function endTeams(reacting: Reacting): void {
  for (const { number, name } of activeTeams(reacting.on.incident))
    appendCaused(reacting, [{ type: "team.stood-down", data: { number, teamName: name, because: "ended" } }]);
}
