/** While somebody points in a list, or has just come into it by key, nothing in it moves: what is known keeps its place and only
 *  its content follows; what is new waits behind a button. A pointer or a focus that was left there holds nothing for long. */
import { type FocusEvent, useEffect, useRef, useState } from "react";

/** After this long without a move or a key, nobody is about to press. */
const restsMs = 15_000;

export type Still<T> = {
  readonly shown: readonly T[];
  /** How many wait. */
  readonly fresh: number;
  readonly renew: () => void;
  readonly holders: {
    readonly onPointerMove: () => void;
    readonly onPointerLeave: () => void;
    readonly onFocus: () => void;
    readonly onKeyDown: () => void;
    readonly onBlur: (event: FocusEvent) => void;
  };
};

export function useStill<T>(wanted: readonly T[], keyOf: (one: T) => string | number): Still<T> {
  const [held, setHeld] = useState<readonly T[] | null>(null);
  const latest = useRef(wanted);
  latest.current = wanted;
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(rest.current), []);
  const leave = () => {
    clearTimeout(rest.current);
    setHeld(null);
  };
  const hold = () => {
    clearTimeout(rest.current);
    rest.current = setTimeout(leave, restsMs);
    setHeld((old) => old ?? latest.current);
  };
  const now = new Map(wanted.map((one) => [keyOf(one), one]));
  const known = new Set(held?.map(keyOf));
  return {
    shown: held?.map((one) => now.get(keyOf(one)) ?? one) ?? wanted,
    fresh: held === null ? 0 : wanted.filter((one) => !known.has(keyOf(one))).length,
    renew: () => setHeld(latest.current),
    holders: {
      onPointerMove: hold,
      onPointerLeave: leave,
      onFocus: hold,
      onKeyDown: hold,
      onBlur: (event) => !event.currentTarget.contains(event.relatedTarget) && leave(),
    },
  };
}
