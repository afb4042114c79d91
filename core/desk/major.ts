/** What follows where an incident may be major: its criteria are weighed at each change that they look at, and when their time
 *  comes; once it is declared, whoever holds a role in it is called at once, and top management hears of it. */
import type { EntryCriterion, FlagRule, Item } from "../directory/category-process.ts";
import { sfia8 } from "../directory/responsibility.ts";
import { supports } from "../directory/vital.ts";
import { demandsIn } from "../incidents/demands.ts";
import type { Escalation } from "../incidents/escalations.ts";
import type { IncidentEvent } from "../incidents/events.ts";
import { proposedBy, rulesLeft } from "../incidents/flags.ts";
import { holdsFrom, majorStatus } from "../incidents/major.ts";
import { floorOf } from "../incidents/outages.ts";
import { holderNow } from "../incidents/roles.ts";
import { nextCall } from "../incidents/teams.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { majorCategory } from "../kernel/vocabulary.ts";
import type { Directory } from "./directory.ts";
import { appendCaused, atEnd, type Case, type Draft, dataOf, type Reacting, type ReactionTable } from "./draft.ts";
import type { NoticeCode } from "./effects.ts";
import { majorTimerKey } from "./effects.ts";
import { policyFor } from "./targets.ts";
import { tell } from "./telling.ts";

const processOf = ({ categories }: Directory) => categories.get(majorCategory)?.process;

/** Of what stands when an input has been taken in; what looks at alerts, when only their number changed. */
export const weighCriteriaAtEnd = atEnd(weighCriteria);
export const weighAlertsAtEnd = atEnd((reacting) => {
  const left = stillToWeigh(reacting, looksAtAlerts);
  const flagging = flagsToWeigh(reacting, looksAtAlerts);
  /* What now waits for its time alone has the timer, with whatever else does. */
  const waits = [...left, ...flagging].some(({ from }) => from !== null && from > reacting.draft.at);
  if (waits) return weighCriteria(reacting);
  proposeMet(reacting, left);
  proposeFlags(reacting, flagging);
});

export const majorReactions: ReactionTable = {
  /* The alerts of another come with it. */
  "incident.absorbed": [weighAlertsAtEnd],
  "major.proposed": [tellMajorProposed],
  "major.declared": [callRoles, tellInformed("major-declared")],
  "major.stood-down": [restRoles, tellInformed("major-stood-down")],
};

const looksAtAlerts = ({ when }: EntryCriterion): boolean => (when.alertsMin ?? 0) > 0;

/** What is met is proposed, that it be major and that it be serious or not routine; what would be met later, all else staying as it
 *  is, is weighed again then. */
export function weighCriteria(reacting: Reacting): void {
  const { draft, on } = reacting;
  const left = stillToWeigh(reacting, () => true);
  const flagging = flagsToWeigh(reacting, () => true);
  const next = Math.min(
    ...[...left, ...flagging].flatMap(({ from }) => (from !== null && from > draft.at ? [from] : [])),
  );
  const key = majorTimerKey(on.id);
  if (Number.isFinite(next))
    draft.effects.push({ kind: "set-timer", key, timer: { kind: "major", incidentId: on.id }, dueAt: next });
  else if (!on.isNew) draft.effects.push({ kind: "cancel-timer", key });
  proposeMet(reacting, left);
  proposeFlags(reacting, flagging);
}

/** When it is weighed next; now, where what is met was not proposed. */
export function nextWeighing(weighing: Weighing): Instant | null {
  const left = [...stillToWeigh(weighing, () => true), ...flagsToWeigh(weighing, () => true)];
  const all = left.flatMap(({ from }) => (from === null ? [] : [Math.max(from, weighing.draft.at)]));
  return all.length === 0 ? null : Math.min(...all);
}

type Weighing = {
  readonly draft: Pick<Draft, "directory" | "at">;
  readonly on: Pick<Case, "incident" | "openAlerts">;
};

type ToWeigh<Rule extends EntryCriterion = EntryCriterion> = { readonly one: Rule; readonly from: Instant | null };

/** Each criterion proposes once; what is declared or has ended is not proposed. */
function stillToWeigh(weighing: Weighing, looks: (criterion: EntryCriterion) => boolean): ToWeigh[] {
  const { draft, on } = weighing;
  const { incident } = on;
  if (incident.ended !== null || majorStatus(incident) === "declared") return [];
  return (processOf(draft.directory)?.entry ?? [])
    .filter((one) => looks(one) && !incident.major?.seen.includes(one.id))
    .map((one) => ({ one, from: fromWhen(weighing, one) }));
}

function flagsToWeigh(weighing: Weighing, looks: (rule: EntryCriterion) => boolean): ToWeigh<FlagRule>[] {
  const { incident } = weighing.on;
  if (incident.ended !== null) return [];
  return rulesLeft(incident)
    .filter(looks)
    .map((one) => ({ one, from: fromWhen(weighing, one) }));
}

const isMet = ({ from }: ToWeigh, { draft }: Reacting): boolean => from !== null && from <= draft.at;

function proposeFlags(reacting: Reacting, left: readonly ToWeigh<FlagRule>[]): void {
  const events = proposedBy(left.filter((one) => isMet(one, reacting)).map(({ one }) => one));
  if (events.length > 0) appendCaused(reacting, events);
}

function proposeMet(reacting: Reacting, left: readonly ToWeigh[]): void {
  const met = left.filter((one) => isMet(one, reacting));
  if (met.length === 0) return;
  const criteria = met.map(({ one: { id, words } }): Item => ({ id, words }));
  appendCaused(reacting, [{ type: "major.proposed", data: { criteria } }]);
}

function fromWhen({ draft, on }: Weighing, { when }: EntryCriterion): Instant | null {
  const service = draft.directory.services.get(on.incident.service ?? "");
  const vital = supports(service).length > 0 || floorOf(on.incident) !== null;
  return holdsFrom(when, { incident: on.incident, vital, openAlerts: on.openAlerts, at: draft.at });
}

/** Each role that has a function is asked of it, as any escalation is: called, acknowledged or passed on. Declared a second time, who has
 *  it, or is asked for it still, is not called again. */
function callRoles(reacting: Reacting): void {
  const { draft, on } = reacting;
  const { functions, language } = draft.directory;
  const asked = (on.incident.escalations ?? []).filter(isAnswerable).map(({ role }) => role);
  let number = nextCall(on.incident) - 1;
  const events = (processOf(draft.directory)?.roles ?? []).flatMap((role): IncidentEvent[] => {
    const { id, function: to, words, duty } = role;
    if (asked.includes(id) || holderNow(on.incident, id) !== null) return [];
    if (to === undefined || !functions.has(to) || policyFor(draft.directory, on.incident.service, to) === null)
      return [];
    number += 1;
    const expected = `${words[language]} – ${duty[language]}`;
    return [{ type: "escalation.requested", data: { kind: "functional", to, expected, number, role: id } }];
  });
  if (events.length > 0) appendCaused(reacting, events);
}

const isAnswerable = ({ status }: Escalation): boolean => status === "requested" || status === "acknowledged";

/** Nobody is called any more for a role that nothing asks for now. What somebody took, they end or return themselves. */
function restRoles(reacting: Reacting): void {
  const { incident } = reacting.on;
  const wanted = demandsIn(incident).roles.map(({ id }) => id);
  for (const { number, role, status } of incident.escalations ?? [])
    if (status === "requested" && role !== undefined && !wanted.includes(role))
      appendCaused(reacting, [{ type: "escalation.ended", data: { number, personId: null, name: "" } }]);
}

/** Whoever can decide it, of those who have it or keep the service; whoever keeps it, when none of them can. */
function tellMajorProposed(reacting: Reacting): void {
  const { draft, on } = reacting;
  const { criteria } = dataOf(reacting, "major.proposed");
  const { coordinator, acceptedBy, service } = on.incident;
  const owner = draft.directory.services.get(service ?? "")?.ownerId;
  const once = criteria.map(({ id }) => id).join("+") || draft.mint(draft.at);
  const able = [coordinator?.id, acceptedBy?.id, owner].filter((id) => mayDeclare(draft.directory, id));
  tellAll(reacting, able.length > 0 ? able : [owner], "major-proposed", once, criteria);
}

function mayDeclare({ people }: Directory, id: string | null | undefined): boolean {
  const asked = sfia8.commands["declare-major"];
  return asked.kind === "level" && (people.get(id ?? "")?.level ?? 0) >= asked.level;
}

/** Those that the category names, whom nobody asks to do anything; and whoever coordinates. */
export function tellInformed(notice: Extract<NoticeCode, `major-${string}`>) {
  return (reacting: Reacting): void => {
    const { draft, on, fact } = reacting;
    const { major, coordinator } = on.incident;
    if (major === undefined || (notice !== "major-stood-down" && majorStatus(on.incident) !== "declared")) return;
    /* Of a proposal that was left at that they never heard. */
    const unheard = fact.type === "major.stood-down" && fact.data.was === "proposed" && major.was === undefined;
    const informed = unheard ? [] : (processOf(draft.directory)?.informed ?? []);
    const members = informed.flatMap((id) => draft.directory.functions.get(id)?.members ?? []);
    tellAll(reacting, [...members, coordinator?.id], notice, draft.mint(draft.at), major.criteria);
  };
}

function tellAll(
  reacting: Reacting,
  ids: readonly (string | null | undefined)[],
  notice: NoticeCode,
  once: string,
  criteria: readonly Item[],
): void {
  const { actor, reason } = reacting.fact.stamp;
  const told = new Set(ids.flatMap((id) => reacting.draft.directory.people.get(id ?? "") ?? []));
  for (const person of told) {
    if (!person.active || person.id === actor.id) continue;
    const because = reason?.trim() || criteria.map(({ words }) => words[person.language]).join("; ");
    tell(reacting, person.id, notice, once, { by: actor.kind === "person" ? actor.name : "", quote: because });
  }
}
