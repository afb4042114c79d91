/** The shape of everything that decides about one aggregate. */
import type { Refusal } from "./refusal.ts";

export type Decider<State, Command, Event> = {
  readonly initial: State;
  readonly decide: (state: State, command: Command) => readonly Event[] | Refusal;
  /** Total: an event that happened is never refused. */
  readonly evolve: (state: State, event: Event) => State;
};

export function fold<State, Event>(
  evolve: (state: State, event: Event) => State,
  initial: State,
  events: Iterable<Event>,
): State {
  let state = initial;
  for (const event of events) state = evolve(state, event);
  return state;
}

/** For the `default` of a switch over a closed union: a new case that is not handled does not compile. */
export function assertNever(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}
