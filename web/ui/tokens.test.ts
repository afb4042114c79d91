/** Colours are computed, not picked: text can be read, edges and the focus can be seen, in both themes; and no two priorities
 *  look alike to somebody who does not see all colours. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const web = join(import.meta.dirname, "..");
const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");

type Theme = ReadonlyMap<string, string>;

function coloursAfter(selector: string): Map<string, string> {
  const from = css.indexOf(`${selector} {`);
  assert.ok(from >= 0, `${selector} is in tokens.css`);
  const block = css.slice(from, css.indexOf("}", from));
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = "", value = ""]) => [name, value]));
}

const light: Theme = coloursAfter(":root");
const dark: Theme = new Map([...light, ...coloursAfter(':root[data-theme="dark"]')]);
const themes = { light, dark } as const;

type Linear = readonly [number, number, number];

const toLinear = (byte: number): number => {
  const share = byte / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

const linear = (hex: string): Linear => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => toLinear(Number.parseInt(hex.slice(at, at + 2), 16)));
  return [r, g, b];
};

/** WCAG 2.2, relative luminance and contrast ratio. */
const luminance = ([r, g, b]: Linear): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;

function contrast(one: string, other: string): number {
  const [a, b] = [luminance(linear(one)), luminance(linear(other))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const grounds = ["bg", "surface", "raised"];
const priorities = [1, 2, 3, 4, 5];
const on = (names: readonly string[], over: readonly string[]): [string, string][] =>
  names.flatMap((name) => over.map((ground): [string, string] => [name, ground]));

/** Text, and what it stands on: 4.5 to 1. */
const texts: readonly [string, string][] = [
  ...on(["text", "muted", "accent"], [...grounds, "accent-wash"]),
  ...on(["ok"], [...grounds, "ok-wash"]),
  ...on(["maint", ...priorities.map((one) => `p${one}-ink`)], grounds),
  ...priorities.map((one): [string, string] => [`p${one}-on`, `p${one}`]),
  ["on-accent", "accent"],
  ["plate-on", "plate"],
  ["plate-soft", "plate"],
];

/** What must be seen without being read: the edge of a control, the focus, the edge of a priority: 3 to 1. */
const edges: readonly [string, string][] = [
  ...on(["control", "focus"], grounds),
  ...on(
    priorities.map((one) => `p${one}-b`),
    ["bg"],
  ),
  ["plate-on", "plate"],
];

function tooFaint(theme: Theme, pairs: readonly [string, string][], wanted: number): string[] {
  return pairs.flatMap(([name, ground]) => {
    const [ink, paper] = [theme.get(name), theme.get(ground)];
    if (!ink || !paper) return [`${name} or ${ground} is no colour of tokens.css`];
    const ratio = contrast(ink, paper);
    return ratio < wanted ? [`${name} on ${ground}: ${ratio.toFixed(2)}`] : [];
  });
}

test("the contrast of black on white is 21, and of a colour on itself 1", () => {
  assert.equal(contrast("#000000", "#ffffff").toFixed(2), "21.00");
  assert.equal(contrast("#0b5cad", "#0b5cad"), 1);
});

for (const [name, theme] of Object.entries(themes)) {
  test(`text has a contrast of 4.5 on what it stands on, ${name}`, () => {
    assert.deepEqual(tooFaint(theme, texts, 4.5), []);
  });
  test(`edges of controls, of priorities and of the focus have a contrast of 3, ${name}`, () => {
    assert.deepEqual(tooFaint(theme, edges, 3), []);
  });
}

test("dark is the same whether the system or the reader asks for it", () => {
  const bySystem = coloursAfter(':root:not([data-theme="light"])');
  assert.deepEqual(Object.fromEntries(bySystem), Object.fromEntries(coloursAfter(':root[data-theme="dark"]')));
});

/** Machado, Oliveira and Fernandes 2009, severity 1, on linear light. */
const visions = {
  all: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  "no red": [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  "no green": [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  "no blue": [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const;

const times = (matrix: readonly number[], [x, y, z]: Linear): Linear => {
  const row = (at: number): number => (matrix[at] ?? 0) * x + (matrix[at + 1] ?? 0) * y + (matrix[at + 2] ?? 0) * z;
  return [row(0), row(3), row(6)];
};

/** OKLab, of Björn Ottosson: distances in it are distances to the eye. */
function okLab(colour: Linear): Linear {
  const [l, m, s] = times(
    [
      0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566, 0.0883024619, 0.2817188376,
      0.6299787005,
    ],
    colour.map((one) => Math.max(0, Math.min(1, one))) as unknown as Linear,
  );
  return times(
    [
      0.2104542553, 0.793617785, -0.0040720468, 1.9779984951, -2.428592205, 0.4505937099, 0.0259040371, 0.7827717662,
      -0.808675766,
    ],
    [Math.cbrt(l), Math.cbrt(m), Math.cbrt(s)],
  );
}

function nearest(theme: Theme, suffix: string, vision: readonly number[]): number {
  const seen = priorities.map((one) => okLab(times(vision, linear(theme.get(`p${one}${suffix}`) ?? ""))));
  const distances = seen.flatMap((one, index) =>
    seen.slice(index + 1).map((other) => Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2])),
  );
  return Math.min(...distances);
}

/** What the search for these colours reached: a change that brings two of them nearer shows here. */
const reached = [
  { what: "fills", suffix: "", light: 0.2, dark: 0.15 },
  { what: "inks", suffix: "-ink", light: 0.1, dark: 0.13 },
] as const;

for (const { what, suffix, ...wanted } of reached) {
  for (const [name, theme] of Object.entries(themes)) {
    test(`no two priorities have ${what} alike, ${name}, to any eye`, () => {
      for (const [vision, matrix] of Object.entries(visions)) {
        const least = nearest(theme, suffix, matrix);
        assert.ok(least >= wanted[name as keyof typeof wanted], `${vision}: ${least.toFixed(3)}`);
      }
    });
  }
}

test("nothing blinks: no style sheet has an animation", () => {
  const moving = globSync("**/*.css", { cwd: web, exclude: ["dist/**"] }).filter((path) =>
    /@keyframes|(?:^|[\s;{])animation(?:-name)?\s*:/.test(readFileSync(join(web, path), "utf8")),
  );
  assert.deepEqual(moving, []);
});
