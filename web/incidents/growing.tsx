/** A long list draws what is looked at and a little more, and the rest when its end comes near. Rows stay once they are
 *  drawn, so that finding in the page, a screen reader and the way back find them; the style sheet lets the browser skip
 *  those that are off the screen. */
import { startTransition, useEffect, useRef, useState } from "react";

const drawnAtOnce = 24;

/** How many are drawn of `total`; another list, `shown`, begins anew. `first`: what fills its place on the first screen; it
 *  grows by twice as many, so that no step is felt while a letter is typed. */
export function useGrowing(total: number, shown: string, first = drawnAtOnce) {
  const [state, setState] = useState({ shown, count: first });
  const count = state.shown === shown ? state.count : first;
  const grow = () => startTransition(() => setState({ shown, count: count + 2 * first }));
  return { count, end: total > count ? <End key={count} onNear={grow} /> : null };
}

function End({ onNear }: { onNear: () => void }) {
  const mark = useRef<HTMLDivElement>(null);
  const near = useRef(onNear);
  near.current = onNear;
  useEffect(() => {
    const one = mark.current;
    if (one === null) return;
    const watch = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) near.current();
      },
      { rootMargin: "900px" },
    );
    watch.observe(one);
    return () => watch.disconnect();
  }, []);
  return <div ref={mark} className="list-end" aria-hidden="true" />;
}
