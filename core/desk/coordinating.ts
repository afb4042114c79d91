/** What coordinating causes: who is asked to, who hears of an offer and of its answer, who is given a role or a task, and who hears
 *  that one is late. */
import { processName } from "../directory/category-process.ts";
import { sfia8 } from "../directory/responsibility.ts";
import { lapsedOffer } from "../incidents/coordination.ts";
import { demandsIn } from "../incidents/demands.ts";
import { staleAtOf, staleTask } from "../incidents/tasks.ts";
import { isoOrNull } from "../kernel/time.ts";
import { appendCaused, dataOf, type Reacting } from "./draft.ts";
import { offerTimerKey, taskTimerKey } from "./effects.ts";
import { onceOf, tell, tellSoon } from "./telling.ts";

/** Below level 3 the one who accepted does not coordinate: somebody who may is asked at once. */
export function wantCoordinator(reacting: Reacting): void {
  askForCoordinator(reacting, dataOf(reacting, "coordination.requested").acceptedBy);
}

/** Where nobody has the level to be asked first, whoever may coordinate is. */
export function askForCoordinator(reacting: Reacting, accepted: string): void {
  const { draft, on } = reacting;
  const of = (level: number) =>
    [...draft.directory.people.values()].filter(
      (person) => person.active && person.id !== accepted && (person.level ?? 0) >= level,
    );
  const first = of(sfia8.askedToCoordinateFrom);
  const candidates = first.length > 0 ? first : of(sfia8.coordinatesFrom);
  const called = candidates.filter((person) => on.incident.asked.includes(person.id));
  const asked = called.length > 0 ? called : candidates.slice(0, 3);
  for (const person of asked) tell(reacting, person.id, "coordinator-wanted", accepted);
}

/** By each of the ways that this person chose to hear soon of what does not burn; and once its time has passed, both hear that
 *  nobody answered. */
export function expectAnswer(reacting: Reacting): void {
  const { draft, on, fact } = reacting;
  const { personId } = dataOf(reacting, "coordination.offered");
  const { offer } = on.incident;
  if (!offer) return;
  tellSoon(reacting, personId, "coordination-offered", onceOf(reacting), {
    by: fact.stamp.actor.name,
    quote: fact.stamp.reason ?? "",
    minutes: String(dataOf(reacting, "coordination.offered").minutes),
  });
  const timer = { kind: "offer", incidentId: on.id } as const;
  draft.effects.push({ kind: "set-timer", key: offerTimerKey(on.id), timer, dueAt: offer.until });
}

export function lapseOffer(reacting: Reacting): void {
  const { draft, on } = reacting;
  const { offer } = on.incident;
  const lapsed = lapsedOffer(on.incident, draft.at);
  if (!offer || lapsed.length === 0) return;
  appendCaused(reacting, lapsed);
  const told = new Set([offer.to.id, offer.by.id, on.incident.coordinator?.id]);
  for (const id of told)
    if (id) tellSoon(reacting, id, "coordination-expired", String(offer.at), { by: offer.to.name, quote: "" });
}

/** Whoever held it knows who does now; whoever was asked in vain to, too. */
export function tellHandedOver(reacting: Reacting): void {
  const { draft, on } = reacting;
  draft.effects.push({ kind: "cancel-timer", key: offerTimerKey(on.id) });
  const { personId, name, from } = dataOf(reacting, "coordination.handed-over");
  const { reason } = reacting.fact.stamp;
  const told = new Set([from?.id, on.incident.acceptedBy?.id]);
  for (const id of told)
    if (id && id !== personId)
      tellSoon(reacting, id, "coordination-taken", onceOf(reacting), { by: name, quote: reason ?? "" });
}

/** Declined: whoever holds it still, or asked. Withdrawn: whoever it was offered to. Its time-out is told where it is found. */
export function tellOfferEnded(reacting: Reacting): void {
  const { draft, on, fact } = reacting;
  draft.effects.push({ kind: "cancel-timer", key: offerTimerKey(on.id) });
  const { actor, reason } = fact.stamp;
  const values = { by: actor.name, quote: reason ?? "" };
  if (fact.type === "coordination.withdrawn" && fact.data.personId !== actor.id)
    return tellSoon(reacting, fact.data.personId, "coordination-withdrawn", onceOf(reacting), values);
  const holder = on.incident.coordinator?.id;
  if (fact.type === "coordination.declined" && holder !== undefined && holder !== actor.id)
    tellSoon(reacting, holder, "coordination-declined", onceOf(reacting), values);
}

export function tellRole(reacting: Reacting): void {
  const { draft, on, fact } = reacting;
  const { role: id, personId } = dataOf(reacting, "role.filled");
  const { actor } = fact.stamp;
  if (personId === null || personId === actor.id) return;
  const { pinned } = demandsIn(on.incident);
  const role = [...draft.directory.processes.values()]
    .filter((one) => pinned.includes(processName(one)))
    .flatMap(({ roles }) => roles)
    .find((one) => one.id === id);
  const said = role ? { roleFr: role.words.fr, roleEn: role.words.en, quote: "" } : { quote: "" };
  const duty = role ? { dutyFr: role.duty.fr, dutyEn: role.duty.en } : {};
  tellSoon(reacting, personId, "role-given", onceOf(reacting), { by: actor.name, ...said, ...duty });
}

/** Its owner hears of it, and its timer follows its date. */
export function followTask(reacting: Reacting): void {
  const { on, fact } = reacting;
  if (fact.type !== "task.created" && fact.type !== "task.assigned") return;
  const { number, personId, due } = fact.data;
  const carried = fact.type === "task.created" && fact.data.carried;
  const task = on.incident.tasks?.find((one) => one.number === number);
  if (!task) return;
  const { actor } = fact.stamp;
  if (personId !== null && personId !== actor.id)
    tellSoon(reacting, personId, carried ? "task-carried" : "task-given", onceOf(reacting), {
      ...{ by: carried ? "" : actor.name, quote: task.text, due: due ?? "" },
    });
  setTaskTimer(reacting, number);
}

function setTaskTimer({ draft, on }: Reacting, number: number): void {
  const task = on.incident.tasks?.find((one) => one.number === number);
  const dueAt = task ? staleAtOf(task, on.incident.priority) : null;
  const key = taskTimerKey(on.id, number);
  if (dueAt === null) return void draft.effects.push({ kind: "cancel-timer", key });
  const timer = { kind: "task", incidentId: on.id, number } as const;
  draft.effects.push({ kind: "set-timer", key, timer, dueAt: Math.max(dueAt, draft.at) });
}

/** Another weight changes when silence counts; and what comes back waits again for what it waited for. */
export function followTasks(reacting: Reacting): void {
  if (reacting.on.incident.ended !== null) return;
  for (const { number, status } of reacting.on.incident.tasks ?? [])
    if (status === "open") setTaskTimer(reacting, number);
}

export function forgetTask(reacting: Reacting): void {
  const { fact } = reacting;
  if (fact.type === "task.done" || fact.type === "task.cancelled") forgetTasks(reacting, [fact.data.number]);
}

/** What is done, dropped, or has left is waited for by no timer here. */
export function forgetTasks({ draft, on }: Reacting, numbers: readonly number[]): void {
  for (const number of numbers) draft.effects.push({ kind: "cancel-timer", key: taskTimerKey(on.id, number) });
}

/** The weight of the incident may have changed meanwhile: then it waits for what is left. */
export function lapseTask(reacting: Reacting, number: number): void {
  const { draft, on } = reacting;
  const stale = staleTask(on.incident, number, draft.at);
  if (stale.length > 0) return appendCaused(reacting, stale);
  if (on.incident.ended === null) setTaskTimer(reacting, number);
}

export function tellStale(reacting: Reacting): void {
  const { number, told } = dataOf(reacting, "task.stale");
  const task = reacting.on.incident.tasks?.find((one) => one.number === number);
  if (!task || told === null) return;
  const due = isoOrNull(task.due) ?? "";
  tellSoon(reacting, told, "task-stale", onceOf(reacting), { by: task.owner?.name ?? "", quote: task.text, due });
}
