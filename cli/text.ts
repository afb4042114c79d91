/** Lines for a terminal: aligned, coloured only where a person reads, and never obeying what a title contains. */

import { moment } from "../languages/format.ts";
import type { Console } from "./console.ts";

const introducer = "\u001b[";
const styles = { strong: "1", quiet: "2", red: "31", yellow: "33", green: "32" } as const;
export type Style = keyof typeof styles;

/** https://no-color.org: any value that is not empty. */
function coloured({ world }: Console): boolean {
  const { NO_COLOR, TERM } = world.environment;
  return world.terminal.out && !NO_COLOR && TERM !== "dumb";
}

export function style(console: Console, text: string, how: Style | null): string {
  return how !== null && coloured(console) ? `${introducer}${styles[how]}m${text}${introducer}0m` : text;
}

/** Text of people or machines on one line: a control character would move the cursor or change the terminal. */
export const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim();

export type Cell = string | { readonly text: string; readonly style: Style | null };

/** Columns as wide as their widest cell; the last is left as it is. */
export function printTable(console: Console, heads: readonly string[], rows: readonly (readonly Cell[])[]): void {
  const lines = [heads.map((text): Cell => ({ text, style: "strong" })), ...rows].map((row) =>
    row.map((cell) => (typeof cell === "string" ? { text: cell, style: null } : cell)),
  );
  const widths = heads.map((_, column) => Math.max(...lines.map((line) => widthOf(line[column]?.text ?? ""))));
  for (const line of lines) {
    const cells = line.map(({ text, style: how }, column) => {
      const last = column === line.length - 1;
      return style(console, plain(text), how) + (last ? "" : " ".repeat((widths[column] ?? 0) - widthOf(text)));
    });
    console.print(cells.join("  ").trimEnd());
  }
}

/** `name  value` lines; those without a value are left out. */
export function printFacts(console: Console, facts: readonly (readonly [string, string | null])[]): void {
  const shown = facts.filter(([, value]) => value !== null && value !== "");
  const width = Math.max(0, ...shown.map(([name]) => widthOf(name)));
  for (const [name, value] of shown) {
    const padded = name + " ".repeat(width - widthOf(name));
    console.print(`${style(console, padded, "quiet")}  ${plain(value ?? "")}`);
  }
}

const widthOf = (text: string): number => [...plain(text).normalize("NFC")].length;

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** In the time zone of the terminal; `--json` has UTC. */
export function shownTime(console: Console, at: string | null | undefined): string {
  const { now, locale } = placeOf(console);
  return at ? moment(Date.parse(at), now, zone, locale) : "";
}

/** Where and when the caller reads. */
export const placeOf = ({ world, locale }: Console) => ({ now: world.now(), zone, locale });
