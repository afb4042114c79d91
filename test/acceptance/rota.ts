/** An on-call week, a policy of two steps, a service that is paged by it; and short questions to a record. */
import type { ExportedRecord, SealedEntry } from "../../core/kernel/record.ts";
import type { Someone, TestWorld } from "./world.ts";

export type Rota = {
  readonly ana: Someone;
  readonly ben: Someone;
  readonly cleo: Someone;
  readonly key: string;
  readonly service: string;
  readonly integrationId: string;
};

const weekMinutes = 7 * 24 * 60;
export const lengthWeeksLater = (weeks: number): number => weeks * weekMinutes;

/** Ana's week began two days ago and lasts five more; Ben has the next. Then Cleo, whoever's week it is. */
export async function makeRota(world: TestWorld): Promise<Rota> {
  const [ana, ben, cleo] = [
    await world.person("Ana Roy", 2),
    await world.person("Ben Ito", 3),
    await world.person("Cleo Diop", 4),
  ];
  const startDate = new Date(world.desk.clock.now() - 2 * 86_400_000).toISOString().slice(0, 10);
  const rotation = {
    kind: "weekly",
    zone: "UTC",
    startDate,
    handoverTime: "00:00",
    lengthWeeks: 1,
    participants: [ana.id, ben.id],
  };
  const schedule = await made(world, "schedules", { name: "Primary", layers: [{ rotation }] });
  const policy = await made(world, "escalation-policies", {
    name: "Standard",
    repeat: 1,
    steps: [
      { targets: [{ kind: "schedule", id: schedule }], timeoutMinutes: 10 },
      { targets: [{ kind: "person", id: cleo.id }], timeoutMinutes: 15 },
    ],
  });
  const service = await made(world, "services", { nameFr: "Paie", nameEn: "Payroll", policy });
  const { id, key } = await world.integration("pagerduty", { service });
  return { ana, ben, cleo, key, service, integrationId: id };
}

async function made(world: TestWorld, list: string, body: object): Promise<string> {
  const answer = await world.api("POST", `/api/v1/${list}`, body);
  if (answer.status !== 201) throw new Error(`${list}: ${answer.text}`);
  return answer.body.id;
}

export async function recordOf(world: TestWorld, id: string): Promise<readonly SealedEntry[]> {
  const answer = await world.api("GET", `/api/v1/incidents/${id}/export`);
  return (answer.body as ExportedRecord).entries;
}

export const typesOf = async (world: TestWorld, id: string): Promise<string[]> =>
  (await recordOf(world, id)).map((entry) => entry.type);
