/** A small run of paging for tests: it keeps the state and the due timer as the desk would. */
import type { Person } from "../directory/types.ts";
import { createMint, seedFromName } from "../kernel/id.ts";
import { type About, aboutNothing } from "./conditions.ts";
import type { PagingEvent } from "./events.ts";
import { afterTurn, type CalledInTurn } from "./in-turn.ts";
import { evolvePaging, initialPaging, type PagingState } from "./paging-state.ts";
import type { Policy, Roster } from "./policy.ts";
import { decidePaging, type PagingInput, type PagingOutput } from "./workflow.ts";

export const start = 1_780_000_000_000;

export function rosterOf(reachable: readonly string[], administrators: readonly string[] = ["root"]): Roster {
  const person = (id: string): [string, Person] => [
    id,
    {
      id,
      name: id,
      email: `${id}@example.org`,
      language: "en",
      zone: "UTC",
      level: 3,
      admin: false,
      active: true,
      contactPoints: reachable.includes(id) ? [{ id, kind: "email", address: id, enabled: true }] : [],
    },
  ];
  const all = ["ana", "ben", "cleo", "dan", "root", "adam"];
  return {
    people: new Map(all.map(person)),
    functions: new Map(),
    teams: new Map(),
    schedules: new Map(),
    absences: [],
    administrators,
  };
}
export const everyone = rosterOf(["ana", "ben", "cleo", "dan", "root", "adam"]);

export const policyOf = (steps: string[][], repeat = 0, timeoutMinutes = 5): Policy => ({
  id: "p",
  name: "p",
  steps: steps.map((ids) => ({ targets: ids.map((id) => ({ kind: "person", id }) as const), timeoutMinutes })),
  repeat,
});

export function run(roster: Roster = everyone, known: Partial<About> = {}) {
  let about: About = { ...aboutNothing, ...known };
  const mint = createMint(seedFromName("paging"));
  let state: PagingState = initialPaging;
  let at = start;
  let timer: Extract<PagingOutput, { do: "schedule" }> | null = null;
  const facts: PagingEvent[] = [];
  const paged: string[] = [];
  const called = new Map<string, CalledInTurn>();
  const keep = (event: PagingEvent): void => {
    facts.push(event);
    state = evolvePaging(state, event, at);
  };
  const give = (input: PagingInput): PagingOutput[] => {
    const calledInTurn = (id: string): CalledInTurn => called.get(id) ?? [];
    const outputs = decidePaging(state, input, { at, roster, mint, urgency: "high", about, calledInTurn });
    for (const output of outputs) {
      if (output.do === "take-turn")
        called.set(output.policyId, afterTurn(calledInTurn(output.policyId), output.personId));
      if (output.do === "record") keep(output.event);
      if (output.do === "page") paged.push(output.page.personId);
      if (output.do === "schedule") timer = output;
      if (output.do === "cancel-timer") timer = null;
    }
    return outputs;
  };
  return {
    give,
    keep,
    facts,
    paged,
    state: () => state,
    timer: () => timer,
    learn: (more: Partial<About>) => {
      about = { ...about, ...more };
    },
    start: (policy: Policy) => give({ kind: "start", policy, reason: "registered" }),
    /** The due timer fires. */
    wait: () => {
      const due = timer;
      if (due === null) throw new Error("no timer is set");
      timer = null;
      at = due.at;
      return give({ kind: "timed-out", run: due.run, cycle: due.cycle, step: due.step });
    },
    accept: (personId: string) => give({ kind: "acknowledged", personId, name: personId }),
    decline: (personId: string) => give({ kind: "declined", personId }),
    /** The channel refuses the page of this person in the current step. */
    fail: (personId: string) => {
      const page = state.pages.findLast((one) => one.personId === personId);
      if (page === undefined) throw new Error(`${personId} has no page`);
      keep({ type: "page.failed", data: { pageId: page.pageId, error: "refused" } });
      return give({ kind: "undeliverable", pageId: page.pageId });
    },
    stop: () => give({ kind: "stop", because: "accepted" }),
    stepped: () => facts.flatMap((fact) => (fact.type === "paging.stepped" ? [fact.data] : [])),
    typed: (type: PagingEvent["type"]) => facts.filter((fact) => fact.type === type).length,
  };
}
