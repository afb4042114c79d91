/** Figures as they are printed, and the arithmetic behind them. */

export type Figure = {
  readonly what: string;
  readonly measured: string;
  readonly target: string;
  readonly plain: string;
  /** Measured over plain, for rates; plain over measured, for times. */
  readonly ratio: string | null;
  readonly remark: string;
};

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Nearest rank. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? Number.NaN;
}

export const perSecond = (value: number): string => `${Math.round(value).toLocaleString("en")}/s`;
export const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
export const mb = (value: number): string => (value === 0 ? "not measured" : `${Math.round(value)} MB`);
export const kb = (bytes: number): string => `${(bytes / 1_024).toFixed(1)} KB`;

export function printTable(figures: readonly Figure[]): void {
  const head = ["Figure", "Measured", "Target", "Plain PostgreSQL", "Ratio", "Remark"];
  const rows = figures.map((one) => [one.what, one.measured, one.target, one.plain, one.ratio ?? "–", one.remark]);
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  console.log(line(head));
  console.log(line(widths.map((width) => "-".repeat(width))));
  for (const row of rows) console.log(line(row));
}
