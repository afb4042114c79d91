/** What somebody is told of what they set up, before it ends without them. */
import { minuteMs, toIso } from "../kernel/time.ts";
import { pointForNotices } from "../notification/turns.ts";
import type { Draft } from "./draft.ts";
import type { DeskOutcome } from "./inputs.ts";

/** The author of a silence, while it lasts and they are still here. Ended meanwhile, nothing is said. */
export function remindOfSilence(draft: Draft, silenceId: string): DeskOutcome {
  const silence = draft.directory.noise?.silences.find(({ rule }) => rule.id === silenceId)?.rule;
  const person = draft.directory.people.get(silence?.createdBy ?? "");
  if (!silence || silence.until <= draft.at || !person?.active) return { kind: "nothing", because: "silence-over" };
  const point = pointForNotices(person);
  draft.effects.push({
    kind: "reminder",
    key: `silence-ending/${silence.id}/${silence.until}`,
    personId: person.id,
    channel: point?.kind ?? "email",
    pointId: point?.id ?? null,
    reminder: "silence-ending",
    values: { silence: silence.id, reason: silence.reason, until: toIso(silence.until) },
    dueAt: draft.at,
    notAfter: Math.max(silence.until, draft.at + minuteMs),
  });
  return { kind: "nothing", because: "reminded" };
}
