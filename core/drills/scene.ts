/** What the promises of a pager are asked of: a drill at one moment, and the record of each of its incidents read once. */
import type { IncidentFact } from "../incidents/events.ts";
import { genesis } from "../kernel/hash.ts";
import { flawOf, type SealedEntry } from "../kernel/record.ts";
import { type Folded, factOf, foldOne, nothingFolded } from "./facts.ts";
import type { KeptCase } from "./memory.ts";
import type { Answered, Nodes, Sending } from "./nodes.ts";

/** What is looked at, and what of it is new since it was looked at last. */
export type Scene = Pick<Nodes, "now" | "downUntil" | "memory" | "rows" | "sendings" | "answered"> & {
  readonly fresh: {
    readonly cases: ReadonlyMap<string, KeptCase>;
    readonly sendings: readonly Sending[];
    readonly answered: readonly Answered[];
  };
};

export type OfCase = (kept: KeptCase, id: string, scene: Scene) => readonly string[];
/** What an entry says, what the record folds to with it, and what is wrong with it after the one before. */
type Known = {
  readonly before: SealedEntry | undefined;
  readonly fact: IncidentFact;
  readonly folded: Folded;
  readonly flaw: ReturnType<typeof flawOf>;
};

/** An entry is read once, however many ask and however often its record grows. */
const read = new WeakMap<SealedEntry, Known>();
function readAll({ entries }: Pick<KeptCase, "entries">): Known[] {
  let before: SealedEntry | undefined;
  let folded = nothingFolded;
  return entries.map((entry) => {
    let known = read.get(entry);
    if (known?.before !== before || known === undefined) {
      const fact = factOf(entry);
      known = { before, fact, folded: foldOne(folded, fact), flaw: flawOf(before?.hash ?? genesis, entry) };
      read.set(entry, known);
    }
    before = entry;
    folded = known.folded;
    return known;
  });
}

const all = new WeakMap<readonly SealedEntry[], readonly Known[]>();
export function knownOf(kept: KeptCase): readonly Known[] {
  const known = all.get(kept.entries) ?? readAll(kept);
  all.set(kept.entries, known);
  return known;
}

export const factsOf = (kept: KeptCase): IncidentFact[] => knownOf(kept).map(({ fact }) => fact);
export const foldedAt = (kept: KeptCase, seq: number): Folded => knownOf(kept)[seq - 1]?.folded ?? nothingFolded;

const named = (scene: Scene, cases: ReadonlyMap<string, KeptCase>, ask: OfCase): string[] =>
  [...cases].flatMap(([id, kept]) => ask(kept, id, scene).map((found) => `${kept.incident.number}: ${found}`));
/** Asked of an incident when its record has grown. */
export const ofChanged =
  (ask: OfCase) =>
  (scene: Scene): string[] =>
    named(scene, scene.fresh.cases, ask);
/** Asked of every incident: rows may have changed without it. */
export const ofEvery =
  (ask: OfCase) =>
  (scene: Scene): string[] =>
    named(scene, scene.memory.cases, ask);

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
export type Placed = {
  readonly run: number;
  readonly cycle: number;
  readonly step: number;
  readonly escalation?: number;
};
export const placeOf = ({ run, cycle, step, escalation }: Placed): string =>
  `${escalation === undefined ? "" : `${escalation}/`}${run}.${cycle}.${step}`;
export const isOver = ({ incident }: Pick<KeptCase, "incident">): boolean =>
  incident.ended !== null || incident.milestones.restored !== undefined || incident.milestones.resolved !== undefined;
