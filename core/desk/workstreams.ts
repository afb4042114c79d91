/** What workstreams cause: who hears of an offer to lead one and of its answer, who hears that one says nothing, and who hears that
 *  what theirs waited for is done. */
import { isOpenStream, lapsedStream, streamDueAt, type Workstream } from "../incidents/workstreams.ts";
import { forgetTasks } from "./coordinating.ts";
import { appendCaused, type Reacting, type ReactionTable } from "./draft.ts";
import { workstreamTimerKey } from "./effects.ts";
import { onceOf, tellSoon } from "./telling.ts";

export const workstreamReactions: ReactionTable = {
  "workstream.opened": [followStream],
  "workstream.offered": [tellOffered, followStream],
  "workstream.handed-over": [tellTaken, followStream],
  "workstream.offer-ended": [tellEnded, followStream],
  "workstream.updated": [followStream],
  "workstream.finished": [followStream, tellFreed],
  "workstream.stale": [tellSilent],
  "incident.split": [followSplit],
  "task.created": [followStreamOfTask],
  "task.assigned": [followStreamOfTask],
  "task.done": [followStreamOfTask],
  "task.cancelled": [followStreamOfTask],
  "priority.proposed": [followAll],
  "priority.confirmed": [followAll],
  "priority.overridden": [followAll],
  "incident.reopened": [followAll],
};

const numbered = ({ on }: Reacting, number: number): Workstream | undefined =>
  on.incident.workstreams?.find((one) => one.number === number);

function streamOf(reacting: Reacting): Workstream | undefined {
  const { number } = reacting.fact.data as { readonly number: number };
  return numbered(reacting, number);
}

function setTimer({ draft, on }: Reacting, stream: Workstream): void {
  const { number } = stream;
  const key = workstreamTimerKey(on.id, number);
  const dueAt = on.incident.ended === null ? streamDueAt(stream, on.incident.priority) : null;
  if (dueAt === null) return void draft.effects.push({ kind: "cancel-timer", key });
  const timer = { kind: "workstream", incidentId: on.id, number } as const;
  draft.effects.push({ kind: "set-timer", key, timer, dueAt: Math.max(dueAt, draft.at) });
}

function followStream(reacting: Reacting): void {
  const stream = streamOf(reacting);
  if (stream) setTimer(reacting, stream);
}

/** Work on a task is news of its workstream. */
function followStreamOfTask(reacting: Reacting): void {
  const { number } = reacting.fact.data as { readonly number: number };
  const task = reacting.on.incident.tasks?.find((one) => one.number === number);
  const stream = task?.workstream === undefined ? undefined : numbered(reacting, task.workstream);
  if (stream && isOpenStream(stream)) setTimer(reacting, stream);
}

/** Another weight changes when silence counts. */
function followAll(reacting: Reacting): void {
  for (const stream of reacting.on.incident.workstreams ?? []) if (isOpenStream(stream)) setTimer(reacting, stream);
}

function tellOffered(reacting: Reacting): void {
  const stream = streamOf(reacting);
  const { actor, reason } = reacting.fact.stamp;
  const { personId } = reacting.fact.data as { readonly personId: string };
  if (stream && personId !== actor.id)
    tellSoon(reacting, personId, "workstream-offered", onceOf(reacting), {
      by: actor.name,
      title: stream.title,
      quote: reason ?? stream.purpose,
    });
}

/** Whoever led it, and whoever coordinates. */
function tellTaken(reacting: Reacting): void {
  const { fact, on } = reacting;
  const stream = streamOf(reacting);
  if (fact.type !== "workstream.handed-over" || !stream) return;
  const { personId, name, from } = fact.data;
  for (const id of new Set([from.id, on.incident.coordinator?.id]))
    if (id && id !== personId)
      tellSoon(reacting, id, "workstream-taken", onceOf(reacting), {
        by: name,
        title: stream.title,
        quote: fact.stamp.reason ?? "",
      });
}

const endedAs = { declined: "declined", replaced: "withdrawn", taken: "withdrawn", over: "withdrawn" } as const;

/** Declined or out of time: whoever leads it still. Withdrawn: whoever it was offered to. */
function tellEnded(reacting: Reacting): void {
  const { fact } = reacting;
  const stream = streamOf(reacting);
  if (fact.type !== "workstream.offer-ended" || !stream) return;
  const { because, personId, name } = fact.data;
  const { actor, reason } = fact.stamp;
  const about = { title: stream.title, quote: reason ?? "" };
  const once = onceOf(reacting);
  if (because === "expired") {
    for (const id of new Set([personId, stream.lead.id]))
      tellSoon(reacting, id, "workstream-expired", once, { ...about, by: name });
    return;
  }
  const told = because === "declined" ? stream.lead.id : personId;
  if (told !== actor.id) tellSoon(reacting, told, `workstream-${endedAs[because]}`, once, { ...about, by: actor.name });
}

function tellSilent(reacting: Reacting): void {
  const { fact } = reacting;
  const stream = streamOf(reacting);
  if (fact.type !== "workstream.stale" || !stream || fact.data.told === null) return;
  const values = { by: stream.lead.name, title: stream.title, quote: stream.news?.text ?? stream.purpose };
  for (const id of new Set([fact.data.told, stream.lead.id]))
    tellSoon(reacting, id, "workstream-stale", onceOf(reacting), values);
}

/** Whoever leads what waited for it says themselves that theirs goes on. */
function tellFreed(reacting: Reacting): void {
  const done = streamOf(reacting);
  if (done) tellWaiting(reacting, done);
}

/** What has left is waited for by no timer here. */
function followSplit(reacting: Reacting): void {
  const { fact } = reacting;
  if (fact.type !== "incident.split") return;
  forgetTasks(reacting, fact.data.tasks);
  const stream = fact.data.workstream === null ? undefined : numbered(reacting, fact.data.workstream);
  if (!stream) return;
  setTimer(reacting, stream);
  tellWaiting(reacting, stream);
}

function tellWaiting(reacting: Reacting, done: Workstream): void {
  const { actor } = reacting.fact.stamp;
  for (const one of reacting.on.incident.workstreams ?? [])
    if (isOpenStream(one) && one.waits?.on === done.number && one.lead.id !== actor.id)
      tellSoon(reacting, one.lead.id, "workstream-free", `${onceOf(reacting)}-${one.number}`, {
        by: actor.name,
        title: one.title,
        quote: done.title,
      });
}

export function lapseStream(reacting: Reacting, number: number): void {
  const { draft, on } = reacting;
  const lapsed = lapsedStream(on.incident, number, draft.at);
  if (lapsed.length > 0) appendCaused(reacting, lapsed);
  const stream = numbered(reacting, number);
  if (stream && on.incident.ended === null) setTimer(reacting, stream);
}
