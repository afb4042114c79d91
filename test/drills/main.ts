/** `npm run drill -- [--seed N] [--seeds COUNT] [--steps N] [--trace]`: the desk under virtual time, with nodes that die and
 *  channels that fail; what a pager is held to is asked after every step. Exit 1 when it did not hold: the seed is printed,
 *  with the shortest story that shows it. `--inputs N` runs one long drill without crashes instead, in which everything else
 *  that must hold is asked at its end. */
import { parseArgs } from "node:util";
import { drill, shrink, stepsByDefault } from "../../core/drills/drill.ts";
import { drawSteps } from "../../core/drills/scenario.ts";
import { stageOf } from "../../core/incidents/state.ts";
import { type Drill, runDrill } from "./drill.ts";
import { drillMany } from "./many.ts";
import { createTrace, toldBroken, toldRecords, toldStep } from "./telling.ts";

const shownMax = 20;

function numberOf(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${text} is not a whole number`);
  return value;
}

function summary({ world, asked, digest }: Drill): string[] {
  const ids = world.incidentIds();
  const entries = ids.reduce((sum, id) => sum + world.case(id).entries.length, 0);
  const stages = new Map<string, number>();
  for (const id of ids) {
    const stage = stageOf(world.case(id).incident);
    stages.set(stage, (stages.get(stage) ?? 0) + 1);
  }
  const people = ["ana", "ben", "cleo", "dan", "eve", "root"];
  const letters = people.flatMap((who) => world.mailbox(who));
  const pages = letters.filter((letter) => letter.about === "page").length;
  return [
    `inputs ${asked.inputs}, refused ${asked.refused}`,
    `signals ${asked.signals}, of which ${asked.alerts} became alerts and ${asked.ignored} were ignored with a reason`,
    `incidents ${ids.length}, entries ${entries}: ${[...stages].map(([stage, many]) => `${stage} ${many}`).join(", ")}`,
    `pages delivered ${pages}, notices ${letters.length - pages}`,
    `digest ${digest}`,
  ];
}

function long(seed: number, inputs: number): void {
  console.log(`seed ${seed}`);
  const started = performance.now();
  const done = runDrill(seed, inputs);
  for (const line of summary(done)) console.log(line);
  console.log(`took ${Math.round(performance.now() - started)} ms`);
  for (const found of done.violations.slice(0, shownMax)) console.error(`VIOLATION ${found}`);
  if (done.violations.length === 0) return;
  console.error(`${done.violations.length} violations; again with: npm run drill -- --seed ${seed} --inputs ${inputs}`);
  process.exitCode = 1;
}

/** One seed, told when it fails. */
function one(seed: number, many: number, trace: boolean): void {
  const steps = drawSteps(seed, many);
  const started = performance.now();
  const { nodes, failure } = drill(seed, steps, trace ? createTrace(console.log) : undefined);
  const took = Math.round(performance.now() - started);
  if (failure === null) {
    const { size } = nodes.memory.cases;
    console.log(
      `seed ${seed}: ${many} steps, ${size} incidents, ${nodes.sendings.length} sent; all holds (${took} ms)`,
    );
    return;
  }
  const short = shrink(seed, steps, failure);
  console.error(`seed ${seed} fails after step ${failure.after + 1} of ${many}; this is enough:`);
  for (const [place, step] of short.steps.entries()) console.error(toldStep(step, place));
  if (short.failure.after >= short.steps.length) console.error("     then all is mended, and three days pass");
  for (const line of short.failure.broken.flatMap(toldBroken)) console.error(line);
  const again = drill(seed, short.steps);
  for (const line of toldRecords(again.nodes, short.failure.broken)) console.error(line);
  console.error(`again with: npm run drill -- --seed ${seed}${many === stepsByDefault ? "" : ` --steps ${many}`}`);
  process.exitCode = 1;
}

async function several(first: number, count: number, steps: number): Promise<void> {
  const started = performance.now();
  const { failed, incidents, entries, sent, crashes } = await drillMany(first, count, steps);
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  const counts = `${incidents} incidents, ${entries} entries, ${sent} sent, ${crashes} crashes`;
  console.log(`seeds ${first} to ${first + count - 1}: ${counts}; ${failed.length} failed, in ${seconds} s`);
  if (failed.length > shownMax) console.error(`failed: ${failed.join(" ")}`);
  for (const seed of failed.slice(0, shownMax)) one(seed, steps, false);
}

async function main(): Promise<void> {
  const text = { type: "string" } as const;
  const options = { seed: text, seeds: text, steps: text, inputs: text, trace: { type: "boolean" } } as const;
  const { values } = parseArgs({ options });
  const seeds = values.seeds === undefined ? null : numberOf(values.seeds, 1);
  const seed = numberOf(values.seed, seeds === null ? Math.floor(Math.random() * 2 ** 31) : 1);
  const steps = numberOf(values.steps, stepsByDefault);
  if (values.inputs !== undefined) return long(seed, numberOf(values.inputs, 0));
  if (seeds !== null) return several(seed, seeds, steps);
  one(seed, steps, values.trace === true);
}

await main();
