/** Services as boxes in columns, joined by what they depend on. What it shows is said by the lists beside it: for whoever does not
 *  see it, it is one picture with a name. Wider than the page, it is scrolled, and shows that there is more. */
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { Icon } from "../ui/Icon.tsx";
import { type Box, boxHeight, boxWidth, drawingOf, type Line, selfTone } from "./layers.ts";
import { useImpactWords } from "./words.ts";
import "./layers.css";

type Props = { label: string; boxes: readonly Box[]; lines: readonly Line[] };

export function Layers({ label, boxes: given, lines: joined }: Props) {
  const { boxes, lines, width, height } = drawingOf(given, joined);
  const scroller = useRef<HTMLDivElement>(null);
  const middle = boxes.find(({ tone }) => tone === selfTone)?.x;
  const more = useMore(scroller, width, middle === undefined ? 0 : middle + boxWidth / 2);
  return (
    <div className="layers-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <div ref={scroller} className="layers" role="img" aria-label={label} tabIndex={0}>
        <div className="drawn" style={{ width, height }}>
          <svg width={width} height={height} aria-hidden="true">
            {lines.map(({ d, dashed, key }) => (
              <path key={key} d={d} className={dashed ? "dashed" : undefined} />
            ))}
          </svg>
          {boxes.map(({ id, name, tone, note, x, y }) => (
            <div
              key={id}
              className={`box ${tone}`}
              style={{ left: x, top: y, width: boxWidth, height: boxHeight }}
              title={name}
            >
              <b>{name}</b>
              {note && <small>{note}</small>}
            </div>
          ))}
        </div>
      </div>
      {more && <Sides scroller={scroller} more={more} />}
    </div>
  );
}

type More = { readonly left: boolean; readonly right: boolean };

/** On which sides there is more than is seen; null where all is seen. */
function useMore(scroller: RefObject<HTMLDivElement | null>, width: number, middle: number): More | null {
  const [more, setMore] = useState<More | null>(null);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box || width === 0) return;
    box.scrollLeft = middle - box.clientWidth / 2;
    const look = () => {
      const rest = box.scrollWidth - box.clientWidth;
      const [left, right] = [box.scrollLeft > 1, box.scrollLeft < rest - 1];
      setMore((old) => (rest <= 1 ? null : old?.left === left && old.right === right ? old : { left, right }));
    };
    const size = new ResizeObserver(look);
    size.observe(box);
    box.addEventListener("scroll", look, { passive: true });
    look();
    return () => {
      size.disconnect();
      box.removeEventListener("scroll", look);
    };
  }, [scroller, width, middle]);
  return more;
}

/** A fade where something goes on, and a button for whoever has neither a wheel that goes sideways nor a finger. */
function Sides({ scroller, more }: { scroller: RefObject<HTMLDivElement | null>; more: More }) {
  const { t: say } = useImpactWords();
  const go = (way: -1 | 1) => {
    const box = scroller.current;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    box?.scrollBy({ left: way * box.clientWidth * 0.7, behavior: still ? "auto" : "smooth" });
  };
  return (
    <>
      {more.left && <span className="layers-fade left" aria-hidden="true" />}
      {more.right && <span className="layers-fade right" aria-hidden="true" />}
      <p className="layers-sides">
        <small className="muted">{say("graph.wide")}</small>
        {(["left", "right"] as const).map((side) => (
          <button
            key={side}
            className={`btn s ${side}`}
            type="button"
            aria-disabled={!more[side]}
            aria-label={say(`graph.${side}`)}
            title={say(`graph.${side}`)}
            onClick={() => go(side === "left" ? -1 : 1)}
          >
            <Icon name="chevron" size={14} />
          </button>
        ))}
      </p>
    </>
  );
}
