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

export const boxWidth = 164;
export const boxHeight = 48;
const gapX = 56;
const gapY = 14;
export const boxesMax = 20;

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
