import { type CSSProperties, useEffect, useRef, useState } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import { useWords, type Words } from "../language/words.tsx";
import { useMinutes } from "../ui/now.ts";
import { hasEnded } from "./arrangement.ts";
import { type Mark, railOf } from "./rail.ts";

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;

export function MilestoneRail({ view }: { view: IncidentView }) {
  const words = useWords();
  const at = useMinutes();
  const box = useRef<HTMLOListElement>(null);
  const width = useWidth(box);
  const rail = railOf(view, Math.max(at, Date.parse(view.updatedAt)), width, (mark) => momentOf(words, mark).length);
  return (
    <section className="railbox" aria-label={words.t("rail.title")}>
      <ol
        className={hasEnded(view) ? "rail over" : "rail"}
        ref={box}
        style={{ "--now": percent(rail.now) } as CSSProperties}
      >
        {rail.marks.map((mark) => (
          <li
            key={`${mark.kind}${mark.names[0] ?? ""}`}
            className={`${mark.lane} ${mark.kind}`}
            style={{ "--x": percent(mark.x) } as CSSProperties}
          >
            <b title={mark.names.length > 2 ? namesOf(words, mark) : undefined}>{shortNames(words, mark)}</b>{" "}
            <span className="muted">{momentOf(words, mark)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function useWidth(box: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(1_100);
  useEffect(() => {
    const shown = box.current;
    if (!shown) return;
    const watcher = new ResizeObserver(([entry]) => entry && setWidth(Math.max(1, entry.contentRect.width)));
    watcher.observe(shown);
    return () => watcher.disconnect();
  }, [box]);
  return width;
}

function namesOf(words: Words, mark: Mark): string {
  if (mark.kind === "now") return words.t("rail.now");
  return mark.names.map((name, index) => lower(words.t(`milestone.${name}`), index)).join(", ");
}

const lower = (name: string, index: number): string =>
  index === 0 ? name : name.charAt(0).toLowerCase() + name.slice(1);

function shortNames(words: Words, mark: Mark): string {
  const [first, second] = mark.names;
  if (mark.names.length < 3 || !first || !second) return namesOf(words, mark);
  return words.t("rail.several", { first: words.t(`milestone.${first}`), count: mark.names.length - 1 });
}

function momentOf(words: Words, mark: Mark): string {
  if (mark.at === null) return words.t("rail.todo");
  const hour = words.brief(mark.at);
  return mark.afterMs === null ? hour : `${hour} · ${words.lasting(mark.afterMs)}`;
}
