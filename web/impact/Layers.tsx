/** Services as boxes in columns, joined by what they depend on. What it shows is said by the lists beside it: for whoever does not
 *  see it, it is one picture with a name. */
import { type Box, boxHeight, boxWidth, drawingOf, type Line } from "./layers.ts";

type Props = { label: string; boxes: readonly Box[]; lines: readonly Line[] };

export function Layers({ label, boxes: given, lines: joined }: Props) {
  const { boxes, lines, width, height } = drawingOf(given, joined);
  return (
    /* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */
    <div className="layers" role="img" aria-label={label} tabIndex={0}>
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
  );
}
