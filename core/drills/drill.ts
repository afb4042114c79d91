/** One drill: a seed, its story, and the first step after which something does not hold; then the shortest part of that story
 *  which still shows it. */
import { allCalls } from "../escalation/paging-state.ts";
import { createChance } from "./chance.ts";
import { enact } from "./enacting.ts";
import { type Broken, brokenIn, type Scene } from "./invariants.ts";
import type { KeptCase } from "./memory.ts";
import { createNodes, type Nodes } from "./nodes.ts";
import { drawSteps, type Step } from "./scenario.ts";
import { drawScenery } from "./scenery.ts";

export const stepsByDefault = 50;

export type Failure = {
  /** Place of the step after which it was seen; as many as there are steps: once all had settled. */
  readonly after: number;
  readonly broken: readonly Broken[];
};

export type Drilled = { readonly nodes: Nodes; readonly failure: Failure | null };

const settleSeconds = 3 * 86_400;

/** Told of the desk after each step. */
export type Watch = (nodes: Nodes, step: Step, place: number) => void;

export function drill(seed: number, steps: readonly Step[] = drawSteps(seed, stepsByDefault), watch?: Watch): Drilled {
  const { start, directory } = drawScenery(createChance(seed));
  const nodes = createNodes(`drill ${seed}`, start, directory);
  const look = createLook(nodes);
  const story: readonly Step[] = [...steps, ...healed, { do: "wait", seconds: settleSeconds }];
  for (const [place, step] of story.entries()) {
    const broken = attempt(nodes, step) ?? look();
    watch?.(nodes, step, place);
    if (broken.length > 0) return { nodes, failure: { after: Math.min(place, steps.length), broken } };
  }
  return { nodes, failure: settled(nodes, steps.length) };
}

const healed: readonly Step[] = (["email", "ntfy", "webhook"] as const).map((channel) => ({
  do: "channel",
  channel,
  behaves: "ok",
}));

/** A bug of the desk ends it; null when there was none. */
function attempt(nodes: Nodes, step: Step): Broken[] | null {
  try {
    enact(nodes, step);
    return null;
  } catch (error) {
    return [{ number: "bug", sentence: "the desk decides whatever it is asked", found: [String(error)] }];
  }
}

/** After time enough for every policy to run out, nobody is called any more and nothing waits. */
function settled({ memory, rows }: Nodes, after: number): Failure | null {
  const running = [...memory.cases.values()].filter(({ paging }) =>
    allCalls(paging).some(({ status }) => status === "running"),
  );
  const found = [
    ...running.map(({ incident }) => `${incident.number}: calls still go on`),
    ...[...rows.pending].map((key) => `${key} still waits`),
  ];
  const broken = [{ number: "I11", sentence: "everything comes to an end", found }];
  return found.length > 0 ? { after, broken } : null;
}

/** What is new since the last look; ended incidents cost nothing. */
function createLook(nodes: Nodes): () => Broken[] {
  const seen = new Map<string, KeptCase>();
  let [sendings, answered] = [0, 0];
  return () => {
    const cases = new Map([...nodes.memory.cases].filter(([id, kept]) => seen.get(id) !== kept));
    const fresh = { cases, sendings: nodes.sendings.slice(sendings), answered: nodes.answered.slice(answered) };
    for (const [id, kept] of cases) seen.set(id, kept);
    [sendings, answered] = [nodes.sendings.length, nodes.answered.length];
    const scene: Scene = { ...nodes, fresh };
    return brokenIn(scene);
  };
}

/** Takes away ever smaller parts of the story while what is left still breaks the same promise. */
export function shrink(
  seed: number,
  steps: readonly Step[],
  failure: Failure,
  watch?: Watch,
): { readonly steps: Step[]; readonly failure: Failure } {
  const wanted = new Set(failure.broken.map(({ sentence }) => sentence));
  const fails = (some: readonly Step[]): Failure | null => {
    const found = drill(seed, some, watch).failure;
    return found?.broken.some(({ sentence }) => wanted.has(sentence)) ? found : null;
  };
  let left = { steps: steps.slice(0, failure.after + 1), failure };
  for (let size = Math.ceil(left.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = left.steps.length - size; from > -size; from -= size) {
      const some = left.steps.toSpliced(Math.max(0, from), size + Math.min(0, from));
      const found = fails(some);
      if (found) left = { steps: some.slice(0, found.after + 1), failure: found };
    }
  }
  return left;
}
