/** While a pointer or a focus is in a list, no row moves: it keeps the order it had when somebody came in, and what is new
 *  waits behind a button. The same for the list, the board and the timeline. */
import { type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import { useWords } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";
import { useSeldom } from "../ui/seldom.ts";
import { type Placed, type Waiting, waitingBehind } from "./arrangement.ts";

type Holder = "pointer" | "focus";

type Named = { readonly id: string };

export type StillOrder<In extends string, View extends Named = IncidentView> = {
  readonly order: readonly Placed<In>[];
  /** The last that was known of each: one that ends stays in its place until the order is renewed. */
  readonly known: ReadonlyMap<string, View>;
  readonly waiting: Waiting;
  readonly renew: () => void;
  /** For the element that holds the rows. */
  readonly holders: {
    readonly onPointerMove: (event: PointerEvent) => void;
    readonly onMouseEnter: () => void;
    readonly onMouseLeave: () => void;
    readonly onFocus: () => void;
    readonly onBlur: (event: React.FocusEvent) => void;
  };
};

/** `whole`: nothing of the list is still on its way; `arrived`: what is said of those that come, where they are no incidents. */
type Listed = { readonly shown: string; readonly whole: boolean; readonly arrived?: (count: number) => string };

/** Another filter or look, `shown`, is another list: what it leaves out goes at once, even under a pointer that rests there
 *  while a filter is being typed. */
export function useStillOrder<In extends string, View extends Named = IncidentView>(
  wanted: readonly Placed<In>[],
  views: readonly View[],
  listed: Listed,
): StillOrder<In, View> {
  const [held, setHeld] = useState<readonly Placed<In>[] | null>(null);
  const present = useRef(new Set<Holder>());
  const latest = useRef(wanted);
  latest.current = wanted;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of what is shown is what drops the order
  useLayoutEffect(() => setHeld(null), [listed.shown]);
  const hold = (holder: Holder) => {
    present.current.add(holder);
    setHeld((old) => old ?? latest.current);
  };
  const release = (holder: Holder) => {
    present.current.delete(holder);
    if (present.current.size === 0) setHeld(null);
  };
  const waiting = held && held !== wanted ? waitingBehind(held, wanted) : { fresh: 0, moved: false };
  useSpokenArrivals(wanted, listed);
  return {
    order: held ?? wanted,
    known: useKnown(views),
    waiting,
    renew: () => setHeld(present.current.size > 0 ? latest.current : null),
    holders: {
      onPointerMove: (event) => event.pointerType === "mouse" && hold("pointer"),
      onMouseEnter: () => hold("pointer"),
      onMouseLeave: () => release("pointer"),
      onFocus: () => hold("focus"),
      onBlur: (event) => !event.currentTarget.contains(event.relatedTarget) && release("focus"),
    },
  };
}

function useKnown<View extends Named>(views: readonly View[]): ReadonlyMap<string, View> {
  const known = useRef(new Map<string, View>());
  const noted = useRef<readonly View[]>(null);
  if (noted.current !== views) for (const view of views) known.current.set(view.id, view);
  noted.current = views;
  return known.current;
}

/** What comes into a list is heard, whether it is shown at once or waits. The rest of a long list is not news, nor is what
 *  another filter lets through. */
function useSpokenArrivals(wanted: readonly Placed[], { shown, whole, arrived }: Listed): void {
  const { t } = useWords();
  const say = useSeldom((count) => announce(arrived ? arrived(count) : t("board.fresh.spoken", { count })));
  const heard = useRef<{ readonly shown: string; readonly ids: ReadonlySet<string> }>(null);
  useEffect(() => {
    const before = heard.current;
    heard.current = whole ? { shown, ids: new Set(wanted.map(({ id }) => id)) } : null;
    if (before === null || before.shown !== shown) return;
    const fresh = wanted.filter(({ id }) => !before.ids.has(id)).length;
    if (fresh > 0) say(fresh);
  }, [wanted, shown, whole, say]);
}
