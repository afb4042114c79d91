/** Proof of reach over HTTP: the core's own proof, of the directory as it is or as a change would make it. */
import type { z } from "zod";
import * as contract from "../../contract/reach.ts";
import { type Directory, rosterOf } from "../../core/desk/directory.ts";
import { lengthOf } from "../../core/kernel/spans.ts";
import { dayMs, hourMs, toIso } from "../../core/kernel/time.ts";
import { spelledSpan } from "../../core/oncall/definition.ts";
import {
  type DeskDemand,
  deafAddressees,
  type NewHole,
  newHoles,
  type ProvedSubject,
  proveDesk,
} from "../../core/routing/proof.ts";
import type { Clock } from "../platform/clock.ts";
import type { Serve } from "../platform/http.ts";
import { changedBy } from "./changed-directory.ts";

export type ReachKnown = { readonly clock: Clock; readonly directory: () => Directory };
type Asked = z.output<typeof contract.proveReach.body>;

export function reachProofRoutes(serve: Serve, { clock, directory }: ReachKnown): void {
  serve(contract.proveReach, async ({ body }) => proofOf(directory(), body, clock.now()));
}

/** Spans that a reader can still take in; hours count them all. */
const shownMax = 100;

export async function proofOf(
  directory: Directory,
  asked: Asked,
  at: number,
): Promise<z.input<typeof contract.reachProof>> {
  const demand: DeskDemand = {
    period: { from: at, until: at + asked.weeks * 7 * dayMs },
    withinMinutes: asked.withinMinutes,
    channels: asked.channels ? new Set(asked.channels) : null,
  };
  const saved = proveDesk(directory, rosterOf(directory), demand);
  const changed = asked.change ? await changedBy(directory, asked.change, at) : directory;
  const subjects = changed === directory ? saved : proveDesk(changed, rosterOf(changed), demand);
  const whole = lengthOf([demand.period]) * subjects.length;
  const holes = subjects.reduce((sum, one) => sum + lengthOf(spansOf(one, "hole")), 0);
  return {
    at: toIso(at),
    ...spelledSpan(demand.period),
    withinMinutes: asked.withinMinutes,
    channels: asked.channels ?? null,
    share: whole === 0 ? 1 : 1 - holes / whole,
    subjects: subjects.map(subjectView),
    deaf: deafAddressees(changed, rosterOf(changed), demand).map(({ because, ...one }) => ({
      ...one,
      because: [...because],
    })),
    opened:
      changed === directory
        ? []
        : newHoles(saved, subjects)
            .slice(0, shownMax)
            .map(({ subject, ...span }) => ({
              ...namedView(subject),
              ...spelledSpan(span),
            })),
  };
}

const spansOf = ({ spans }: ProvedSubject, state: "hole" | "weak") => spans.filter((one) => one.state === state);

const namedView = ({ through, serviceId, urgency, sort, policy }: NewHole["subject"]) => ({
  through,
  service: serviceId,
  urgency,
  sort: sort && { priorities: [...sort.priorities], categories: [...sort.categories] },
  policy: { id: policy.id, name: policy.name },
});

function subjectView(subject: ProvedSubject) {
  const [holes, weak] = [spansOf(subject, "hole"), spansOf(subject, "weak")];
  return {
    ...namedView(subject),
    holeHours: lengthOf(holes) / hourMs,
    weakHours: lengthOf(weak) / hourMs,
    holes: holes.slice(0, shownMax).map((one) => ({ ...spelledSpan(one), because: [...one.because] })),
    weak: weak
      .slice(0, shownMax)
      .map((one) => ({ ...spelledSpan(one), because: [...one.because], people: [...one.people] })),
  };
}
