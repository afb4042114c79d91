/** Where the boxes of a drawing of dependencies stand: in columns from left to right, each column in the order of its boxes. */
export type Box = {
  readonly id: string;
  readonly name: string;
  readonly layer: number;
  readonly tone: string;
  readonly note?: string;
};
export type Line = { readonly from: string; readonly to: string; readonly dashed: boolean };
export type Placed = Box & { readonly x: number; readonly y: number };

export const boxWidth = 184;
export const boxHeight = 56;
const gapX = 52;
const gapY = 14;
export const boxesMax = 20;
/** Of the one that the drawing is about: it is in sight first. */
export const selfTone = "self";

export type Drawing = {
  readonly boxes: readonly Placed[];
  readonly lines: readonly { readonly d: string; readonly dashed: boolean; readonly key: string }[];
  readonly width: number;
  readonly height: number;
};

export function drawingOf(given: readonly Box[], lines: readonly Line[]): Drawing {
  const columns = [...Map.groupBy(given, ({ layer }) => layer)].sort(([a], [b]) => a - b).map(([, boxes]) => boxes);
  const tallest = Math.max(0, ...columns.map(({ length }) => length));
  const height = Math.max(0, tallest * (boxHeight + gapY) - gapY);
  const boxes = columns.flatMap((column, index) => {
    const top = (height - (column.length * (boxHeight + gapY) - gapY)) / 2;
    return column.map(
      (box, row): Placed => ({ ...box, x: index * (boxWidth + gapX), y: top + row * (boxHeight + gapY) }),
    );
  });
  const at = new Map(boxes.map((box) => [box.id, box]));
  const drawn = lines.flatMap(({ from, to, dashed }) => {
    const [a, b] = [at.get(from), at.get(to)];
    if (!a || !b || from === to) return [];
    return [{ d: curveOf(a, b), dashed, key: `${from} ${to}` }];
  });
  return { boxes, lines: drawn, width: Math.max(0, columns.length * (boxWidth + gapX) - gapX), height };
}

const layersMax = 6;

/** What depends on another stands to its right, as far as circles let it: both ways from the box at 0. */
export function stretched(given: readonly Box[], lines: readonly Line[]): Box[] {
  const layers = new Map(given.map(({ id, layer }) => [id, layer]));
  for (let round = 0; round < layersMax; round += 1)
    for (const { from, to } of lines) {
      const [a, b] = [layers.get(from), layers.get(to)];
      if (a === undefined || b === undefined || from === to || a < b) continue;
      if (a < 0 && b < 0) layers.set(from, Math.max(-layersMax, b - 1));
      else if (a > 0 && b > 0) layers.set(to, Math.min(layersMax, a + 1));
    }
  return given.map((box) => ({ ...box, layer: layers.get(box.id) ?? box.layer }));
}

/** From the right side of one to the left side of the other; back or down the same column, along the side. */
function curveOf(a: Placed, b: Placed): string {
  const [y1, y2] = [a.y + boxHeight / 2, b.y + boxHeight / 2];
  if (b.x > a.x) {
    const x1 = a.x + boxWidth;
    const bend = Math.min(40, (b.x - x1) / 2);
    return `M${x1} ${y1}C${x1 + bend} ${y1} ${b.x - bend} ${y2} ${b.x} ${y2}`;
  }
  const [x1, x2] = [a.x + boxWidth, b.x + boxWidth];
  const out = Math.max(x1, x2) + 24;
  return `M${x1} ${y1}C${out} ${y1} ${out} ${y2} ${x2} ${y2}`;
}
