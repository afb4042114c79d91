/** The story of a drill, to be read by whoever has to find out why it failed. */
import type { Broken } from "../../core/drills/invariants.ts";
import type { KeptCase } from "../../core/drills/memory.ts";
import type { Nodes } from "../../core/drills/nodes.ts";
import type { Step } from "../../core/drills/scenario.ts";
import { toIso } from "../../core/kernel/time.ts";

export function toldStep(step: Step, place: number): string {
  const { do: name, ...said } = step;
  const words = Object.entries(said).map(([key, value]) => `${key} ${plain(value)}`);
  return `${String(place + 1).padStart(3)}  ${name}: ${words.join(", ")}`;
}

const plain = (value: unknown): string => JSON.stringify(value).replaceAll(/["{}]/g, "").replaceAll(",", ", ");

export function toldBroken({ number, sentence, found }: Broken): string[] {
  return [`broken ${number}: ${sentence}`, ...found.map((one) => `       ${one}`)];
}

/** Of each incident: its entries from this one on. */
export function toldRecord({ incident, entries }: KeptCase, from = 1): string[] {
  return entries
    .slice(from - 1)
    .map(({ seq, recordedAt, type, data }) => `${incident.number} ${seq}  ${recordedAt}  ${type} ${briefly(data)}`);
}

const entryLengthMax = 160;
const briefly = (data: unknown): string => JSON.stringify(data).slice(0, entryLengthMax);

/** Records of the incidents that a failure names; all of them, when it names none. */
export function toldRecords({ memory }: Nodes, broken: readonly Broken[]): string[] {
  const cases = [...memory.cases.values()];
  const found = broken.flatMap((one) => one.found).join("\n");
  const named = cases.filter(({ incident }) => found.includes(incident.number));
  return (named.length > 0 ? named : cases).flatMap((kept) => toldRecord(kept));
}

/** What each step wrote and sent, as it goes. */
export function createTrace(say: (line: string) => void): (nodes: Nodes, step: Step, place: number) => void {
  const written = new Map<string, number>();
  let sent = 0;
  return (nodes, step, place) => {
    say(`${toldStep(step, place)}  (until ${toIso(nodes.now)})`);
    for (const [id, kept] of nodes.memory.cases) {
      for (const line of toldRecord(kept, (written.get(id) ?? 0) + 1)) say(`       ${line}`);
      written.set(id, kept.entries.length);
    }
    for (const { at, personId, key, possibleDuplicate } of nodes.sendings.slice(sent))
      say(`       ${toIso(at)}  ${personId} receives ${key}${possibleDuplicate ? " (perhaps again)" : ""}`);
    sent = nodes.sendings.length;
  };
}
