/** How an incident ends: restored, perhaps fallen again, resolved, recovered, documented, closed, perhaps opened again. */
import type { Thread } from "./agenda.ts";
import { confirmCriteria, settleRecovery } from "./asked.ts";
import { settleTasks } from "./led.ts";
import { type PersonName, people, teams } from "./organisation.ts";
import { keysOf, type Play } from "./play.ts";
import { act, confirmRecovery, officeHours, pause, signal, stateOf } from "./telling.ts";

const heavy = (play: Play): boolean => play.situation.categories.some((one) => one !== "low-impact");
const levelOf = (who: PersonName): number => people[who].level ?? 0;

export function* endLife(play: Play, id: string, responder: PersonName): Thread {
  const { telling, situation, first, say, coordinator } = play;
  const { twists, cause } = situation;
  if (heavy(play) && cause !== null && telling.chance.happens(0.7)) {
    yield* pause(telling, situation.minutes * 0.1, situation.minutes * 0.3);
    act(telling, id, coordinator, { name: "record-cause", input: { text: say(cause) } });
  }
  yield* pause(telling, situation.minutes * 0.1, situation.minutes * 0.4);
  clear(play);
  yield* pause(telling, 1, 8);
  settleTasks(play, id, coordinator);
  restore(play, id, responder);
  if (first && twists?.relapse) yield* relapse(play, id, responder);
  yield* finish(play, id, say(situation.solution));
  if (first && twists?.reopen) {
    yield* pause(telling, 1_200, 2_000);
    yield* officeHours(telling);
    act(telling, id, coordinator, { name: "reopen", input: {} }, { reason: say(twists.reopen.reason) });
    yield* finish(play, id, say(twists.reopen.solution));
  }
}

/** The source says that it is over. */
function clear(play: Play): void {
  const { telling, situation } = play;
  const { alert } = situation;
  if (alert)
    signal(
      telling,
      alert.integration,
      keysOf(play, alert).map((one) => ({ ...one, action: "resolve" as const })),
    );
}

/** By whoever may: level 3 for what weighs little, level 4 otherwise, or by derogation when nobody else is there. */
function restore({ telling, situation, first, say, coordinator }: Play, id: string, responder: PersonName): void {
  const { twists, restored, categories } = situation;
  const command = { name: "declare-restored", input: { text: say(restored) } } as const;
  if (first && twists?.derogation) {
    const present = teams[situation.team].members.find((one) => levelOf(one) === 3) ?? responder;
    return act(telling, id, present, command, { derogation: { reason: say(twists.derogation) } });
  }
  const late = first && twists?.late ? { occurredAt: telling.world.now() - 35 * 60_000, reason: say(twists.late) } : {};
  const light = categories.includes("low-impact");
  const who = light && levelOf(responder) >= 3 ? responder : levelOf(responder) >= 4 ? responder : coordinator;
  act(telling, id, who, command, late);
}

function* relapse(play: Play, id: string, responder: PersonName): Thread {
  const { telling, situation, say, coordinator } = play;
  const again = situation.twists?.relapse;
  if (!again) return;
  yield* pause(telling, 25, 70);
  const who = levelOf(responder) >= 3 ? responder : coordinator;
  act(telling, id, who, { name: "declare-relapse", input: { text: say(again.text) } });
  yield* pause(telling, 15, 60);
  act(telling, id, coordinator, { name: "declare-restored", input: { text: say(again.restored) } });
}

function* finish(play: Play, id: string, solution: string): Thread {
  const { telling, situation, say, coordinator } = play;
  const { cause, recovery, effects, language, workaround, lessons, summary } = situation;
  const { chance } = telling;
  yield* pause(telling, 15, heavy(play) ? 2_600 : 500);
  yield* officeHours(telling);
  const known = cause === null ? { cause, causeUnknown: true } : { cause: say(cause), causeUnknown: false };
  act(telling, id, coordinator, { name: "declare-resolved", input: { solution, ...known } });
  if (heavy(play)) {
    act(telling, id, coordinator, { name: "open-recovery", input: {} });
    yield* pause(telling, 60, 1_500);
    yield* officeHours(telling);
  } else yield* pause(telling, 2, 60);
  if (heavy(play)) settleRecovery(telling, id, coordinator);
  const nothing = /^(Rien à rattraper|Nothing to catch up on)/.test(recovery);
  confirmRecovery(telling, id, coordinator, say(recovery), nothing);
  yield* pause(telling, 3, heavy(play) ? 2_000 : 240);
  yield* officeHours(telling);
  const told = summary ? say(summary) : `${cause === null ? "" : `${say(cause)} `}${solution}`;
  act(telling, id, coordinator, {
    name: "complete-documentation",
    input: {
      language,
      summary: told,
      impact: say(effects),
      workaround: workaround ? say(workaround) : null,
      lessons: lessons ? say(lessons) : null,
    },
  });
  yield* pause(telling, 1, chance.happens(0.2) ? 3_000 : 200);
  yield* officeHours(telling);
  if (stateOf(telling, id).ended !== null) return;
  confirmCriteria(telling, id, coordinator);
  act(telling, id, coordinator, { name: "close", input: {} });
}
