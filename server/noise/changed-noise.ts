/** What is said about noise, and what it would be with a change that nobody has saved. */
import type { z } from "zod";
import type { replayNoise } from "../../contract/noise-replay.ts";
import { compileNoise, type Noise, type Said } from "../../core/noise/compiled.ts";
import type { NoiseRule } from "../../core/noise/rules.ts";
import type { Silence } from "../../core/noise/silences.ts";
import { refused } from "../platform/problems.ts";
import { type NoiseKnown, refuseStrangers, scopeOf } from "./known.ts";
import { type RuleRow, readRules } from "./rule-store.ts";
import { readSilences } from "./store.ts";
import { refuseUnusable } from "./usable.ts";
import { readPastWindows } from "./window-store.ts";

export type NoiseChange = z.output<typeof replayNoise.body>["change"];
export type BothNoises = { readonly before: Noise | null; readonly after: Noise | null };

/** Silences and maintenance of the past as they lasted, rules as they stand. */
export async function noisesOf(known: NoiseKnown, change: NoiseChange): Promise<BothNoises> {
  const { pool } = known;
  const rules = await readRules(pool);
  const said = { silences: await readSilences(pool), windows: await readPastWindows(pool), rules: rules.map(ruleOf) };
  const changed = { ...said, rules: changedRules(known, rules, change).map(ruleOf) };
  return { before: compileNoise(said), after: compileNoise(silenced(known, changed, change)) };
}

const ruleOf = ({ definition, ...row }: RuleRow): NoiseRule => ({ ...row, ...definition });

/** Whoever is told nothing of it knows it by this. */
const unsaved = "00000000-0000-4000-8000-000000000000";

function changedRules(known: NoiseKnown, rows: readonly RuleRow[], { rule, without }: NoiseChange): RuleRow[] {
  const find = (id: string): RuleRow => {
    const found = rows.find((row) => row.id === id);
    if (!found) throw refused("rule-unknown");
    return found;
  };
  if (without !== undefined) find(without);
  const left = rows.filter(({ id }) => id !== without);
  if (!rule) return left;
  const { id, enabled, definition, ...said } = rule;
  const { name, version } = id === undefined ? { name: "", version: 0 } : find(id);
  const scope = scopeOf(said, "may-be-everything");
  const changed: RuleRow = { id: id ?? unsaved, version: version + 1, name, enabled, scope, definition };
  refuseUnusable(
    known,
    changed,
    rows.find((row) => row.id === id),
  );
  return id === undefined ? [...left, changed] : left.map((row) => (row.id === id ? changed : row));
}

function silenced(known: NoiseKnown, said: Said, { silence }: NoiseChange): Said {
  if (!silence) return said;
  const scope = scopeOf(silence);
  refuseStrangers(known.directory(), scope);
  const always = { from: 0, until: Number.MAX_SAFE_INTEGER };
  const added: Silence = { id: unsaved, version: 1, reason: "", createdBy: "", scope, ...always };
  return { ...said, silences: [...said.silences, added] };
}
