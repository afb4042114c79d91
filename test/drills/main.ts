/** `npm run drill -- [--seed N] [--inputs N]`: a random drill under virtual time. Exit 1 when something that must always
 *  hold did not; the seed printed runs it again exactly. */
import { parseArgs } from "node:util";
import { stageOf } from "../../core/incidents/state.ts";
import { type Drill, runDrill } from "./drill.ts";

const inputsByDefault = 4000;
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

function main(): void {
  const { values } = parseArgs({ options: { seed: { type: "string" }, inputs: { type: "string" } } });
  const seed = numberOf(values.seed, Math.floor(Math.random() * 2 ** 31));
  const inputs = numberOf(values.inputs, inputsByDefault);
  console.log(`seed ${seed}`);
  const started = performance.now();
  const drill = runDrill(seed, inputs);
  for (const line of summary(drill)) console.log(line);
  console.log(`took ${Math.round(performance.now() - started)} ms`);
  for (const found of drill.violations.slice(0, shownMax)) console.error(`VIOLATION ${found}`);
  if (drill.violations.length > 0) {
    console.error(
      `${drill.violations.length} violations; again with: npm run drill -- --seed ${seed} --inputs ${inputs}`,
    );
    process.exitCode = 1;
  }
}

main();
