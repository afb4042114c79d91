/** Which rows of the checklist each step of the guided set-up puts right, and which step comes next. */
import type { Check } from "#contract/account.ts";
import { type Setup, type SetupStep, setupSteps } from "#contract/setup.ts";

/** What every step is shown. */
export type StepProps = { readonly checks: readonly Check[]; readonly setup: Setup };

const rowsOf: Readonly<Record<SetupStep, readonly string[]>> = {
  address: ["address", "certificate"],
  mail: ["mail", "mail-returned"],
  organisation: ["organisation"],
  service: ["service"],
  "on-call": ["on-call", "fallback"],
  alert: ["alert", "page-sent"],
};

/** Null: put right elsewhere, or by nobody. */
export const stepOf = (rowId: string): SetupStep | null =>
  setupSteps.find((step) => rowsOf[step].includes(rowId)) ?? null;

export const groups = ["wake", "who", "come-in", "stand"] as const;
export type Group = (typeof groups)[number];

const grouped: Readonly<Record<string, Group>> = {
  address: "wake",
  certificate: "wake",
  mail: "wake",
  "mail-returned": "wake",
  "mail-replies": "wake",
  "contact-points": "wake",
  "dead-letters": "wake",
  organisation: "who",
  service: "who",
  "on-call": "who",
  fallback: "who",
  administrator: "who",
  alert: "come-in",
  "page-sent": "come-in",
};

export const groupOf = (rowId: string): Group => grouped[rowId] ?? "stand";

/** The limit has its own place above the list: nobody can put it right here. */
export const isProvable = (check: Check): boolean => check.state !== "limit";

export type Standing = "done" | "skipped" | "todo";

export function standingOf(step: SetupStep, checks: readonly Check[], skipped: readonly SetupStep[]): Standing {
  const rows = checks.filter((one) => rowsOf[step].includes(one.id));
  if (rows.every((one) => one.state === "ok")) return "done";
  return skipped.includes(step) ? "skipped" : "todo";
}

/** The first that is still to do, after this one and then from the start; null when nothing is. */
export function nextStep(
  after: SetupStep | null,
  checks: readonly Check[],
  skipped: readonly SetupStep[],
): SetupStep | null {
  const from = after === null ? 0 : setupSteps.indexOf(after) + 1;
  const inTurn = [...setupSteps.slice(from), ...setupSteps.slice(0, from)];
  return inTurn.find((step) => step !== after && standingOf(step, checks, skipped) === "todo") ?? null;
}
