/** Core tests read as sentences: given what happened, when this is asked, then these facts (or this refusal). */
import { type Decider, fold } from "./decider.ts";
import { isRefusal, type Refusal, type RefusalCode } from "./refusal.ts";

export type Outcome<State, Event> = {
  thenFacts: (check: (events: readonly Event[], state: State) => void) => void;
  thenRefused: (code: RefusalCode, check?: (refusal: Refusal) => void) => void;
};

export function givenWhenThen<State, Command, Event>(decider: Decider<State, Command, Event>) {
  return {
    given: (...past: Event[]) => {
      const before = fold(decider.evolve, decider.initial, past);
      return {
        when: (command: Command): Outcome<State, Event> => {
          const decided = decider.decide(before, command);
          return {
            thenFacts: (check) => {
              if (isRefusal(decided)) throw new Error(`refused with ${decided.refused}`);
              check(decided, fold(decider.evolve, before, decided));
            },
            thenRefused: (code, check) => {
              if (!isRefusal(decided)) throw new Error(`expected ${code}, but it was done`);
              if (decided.refused !== code) throw new Error(`expected ${code}, was refused with ${decided.refused}`);
              check?.(decided);
            },
          };
        },
      };
    },
  };
}
