/** What falls due, in the order of time; of one instant, what is urgent first, and then in the order in which it was asked for. */
import type { Instant } from "../kernel/vocabulary.ts";

type Due<T> = { readonly at: Instant; readonly urgent: boolean; readonly order: number; readonly what: T };

export type Queue<T> = {
  readonly put: (at: Instant, what: T, urgent?: boolean) => void;
  readonly next: () => { readonly at: Instant; readonly what: T } | null;
};

const isBefore = (one: Due<unknown>, other: Due<unknown>): boolean =>
  one.at !== other.at ? one.at < other.at : one.urgent !== other.urgent ? one.urgent : one.order < other.order;

/** A heap: a long past has tens of thousands. */
export function createQueue<T>(): Queue<T> {
  const heap: Due<T>[] = [];
  let order = 0;
  const at = (place: number): Due<T> => heap[place] as Due<T>;
  const put = (when: Instant, what: T, urgent = false): void => {
    const due = { at: when, urgent, order: order++, what };
    let place = heap.push(due) - 1;
    for (let above = (place - 1) >> 1; place > 0 && isBefore(due, at(above)); above = (place - 1) >> 1) {
      heap[place] = at(above);
      place = above;
    }
    heap[place] = due;
  };
  const next = (): Due<T> | null => {
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first ?? null;
    let place = 0;
    for (let below = 1; below < heap.length; below = 2 * place + 1) {
      if (below + 1 < heap.length && isBefore(at(below + 1), at(below))) below += 1;
      if (!isBefore(at(below), last)) break;
      heap[place] = at(below);
      place = below;
    }
    heap[place] = last;
    return first;
  };
  return { put, next };
}
