/** What is refused about obligations of incidents, met one after the other. */
import { submissionsMax } from "../../core/incidents/obligations.ts";
import type { Known } from "./errors-one-incident.ts";
import type { Credentials } from "./world.ts";

export async function obligations({ world, meet, act, open }: Known): Promise<void> {
  const id = await open(world);
  const assess = (law: string) => act(id, "assess-obligation", { law, outcome: "owed", text: "copied" });
  const submit = act(id, "record-submission", { law: "us-sec", leg: "filing", at: "2026-06-01T08:00:00Z" });
  await meet("law-not-bound", assess("us-sec"));
  await meet("obligation-not-assessed", submit);
  await world.api("POST", "/api/v1/obligations/laws", { law: "us-sec" });
  await assess("us-sec")({});
  await meet("field-unknown", act(id, "describe-obligation", { law: "us-sec", fields: { weather: "rain" } }));
  const at = (minutes: number): string => new Date(world.desk.clock.now() + minutes * 60_000).toISOString();
  const [from, until] = [at(-60), at(-120)];
  const hold = { law: "us-sec", legs: ["filing"], authority: "Attorney General", reason: "x", from, until };
  await meet("hold-backwards", act(id, "withhold-notice", hold));
  const sent = (ago: number) => act(id, "record-submission", { law: "us-sec", leg: "amendment", at: at(-ago) });
  for (let one = 1; one <= submissionsMax; one++) await sent(one / 60)({});
  await meet("obligations-full", sent(0));
  const grave = await open(world);
  await act(grave, "categorise", { categories: ["security"] })({});
  await meet("obligations-unsettled", act(grave, "confirm-criterion", { criterion: "obligations-settled" }));
  await world.api("DELETE", "/api/v1/obligations/laws/us-sec");
  const { token } = await world.person("Bo Three", 3);
  const register =
    (name: string, as: Credentials = {}) =>
    (headers: Record<string, string>) =>
      world.api("GET", `/api/v1/registers/${name}`, undefined, { ...as, headers });
  await meet("register-unknown", register("of-the-drowned"));
  await meet("register-level-needed", register("dora-incidents", { token }));
}
