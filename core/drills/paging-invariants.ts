/** Of the promises of a pager, those about the steps of a policy. */
import { allCalls, callsFor } from "../escalation/paging-state.ts";
import { builtInPolicy, unmetIn } from "../escalation/policy.ts";
import { aboutOf } from "../incidents/state.ts";
import { nothingFolded } from "./facts.ts";
import { factsOf, isOver, knownOf, type OfCase, placeOf, same } from "./scene.ts";

export const calls: OfCase = (kept) => {
  const facts = factsOf(kept);
  const called = new Set(facts.flatMap((fact) => (fact.type === "page.requested" ? [placeOf(fact.data)] : [])));
  return facts.flatMap((fact) =>
    fact.type === "paging.stepped" && !called.has(placeOf(fact.data))
      ? [`step ${placeOf(fact.data)} called nobody`]
      : [],
  );
};

/** Of a step that calls in turn, one person; of any other, as many as were reached. */
export const oneInTurn: OfCase = (kept) => {
  const facts = factsOf(kept);
  const people = Map.groupBy(
    facts.flatMap((fact) => (fact.type === "page.requested" ? [fact.data] : [])),
    placeOf,
  );
  return facts.flatMap((fact) => {
    if (fact.type !== "paging.stepped" || fact.data.inTurnOf === undefined) return [];
    const called = new Set(people.get(placeOf(fact.data))?.map(({ personId }) => personId));
    return called.size === 1 ? [] : [`step ${placeOf(fact.data)} calls in turn and called ${called.size}`];
  });
};

/** What nobody answered calls, or has called everybody, while it is down. */
export const asksOn: OfCase = (kept) =>
  isOver(kept)
    ? []
    : (kept.incident.escalations ?? []).flatMap(({ number, status }) =>
        status === "requested" && callsFor(kept.paging, number).status === "stopped"
          ? [`down, escalation ${number} was never answered, and its calls were stopped`]
          : [],
      );

const runOf = ({ run, escalation }: { readonly run: number; readonly escalation?: number }): string =>
  `${escalation ?? ""}/${run}`;

/** What only posts has nobody to reach, and says so by it. */
const says: ReadonlySet<string> = new Set(["paging.unreachable", "paging.skipped", "paging.posted"]);

export const saysNobody: OfCase = (kept) => {
  const facts = factsOf(kept);
  const stepped = new Set(facts.flatMap((fact) => (fact.type === "paging.stepped" ? [runOf(fact.data)] : [])));
  return facts.flatMap((fact, index) =>
    fact.type === "paging.started" &&
    !stepped.has(runOf(fact.data)) &&
    !facts.slice(index).some(({ type }) => says.has(type))
      ? [`run ${fact.data.run} called nobody and does not say whom it could not reach`]
      : [],
  );
};

/** A step is entered when its conditions hold, and passed over when one does not, by what was known at that entry. */
export const counts: OfCase = (kept) => {
  let before = nothingFolded;
  return knownOf(kept).flatMap(({ fact, folded }) => {
    const { incident, paging } = before;
    before = folded;
    if (fact.type !== "paging.stepped" && fact.type !== "paging.skipped") return [];
    const { policy } = callsFor(paging, fact.data.escalation);
    if (policy === null) return [];
    const step = policy.steps[fact.data.step];
    const lacking = step ? unmetIn(policy, step, aboutOf(incident), fact.stamp.recordedAt) : [];
    const said = fact.type === "paging.skipped" ? fact.data.unmet : [];
    return same(lacking, said)
      ? []
      : [`step ${placeOf(fact.data)} lacks ${lacking.join() || "nothing"} and says ${said.join() || "nothing"}`];
  });
};

/** Whoever answers for the desk is there at any hour: a run that reached nobody ends with them and not before. */
export const fallsBack: OfCase = ({ paging }) =>
  allCalls(paging).flatMap(({ pages, status, policy, run }) => {
    const unreached = pages.every((page) => page.status === "failed" || page.status === "expired");
    return status === "exhausted" && policy?.id !== builtInPolicy.id && unreached
      ? [`run ${run} reached nobody and the administrators were not called`]
      : [];
  });
