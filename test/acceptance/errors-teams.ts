/** What is refused about teams on an incident and their mandates, met one after the other. */
import type { Answer, Someone, TestWorld } from "./world.ts";

type Ask = (headers: Record<string, string>) => Promise<Answer>;
type Known = { readonly world: TestWorld; readonly meet: (code: string, ask: Ask) => Promise<void> };

const reason = "x";
const words = { fr: "f", en: "e" };
const lead = { id: "lead", words, level: 4 };

export async function teamed({ world, meet }: Known): Promise<void> {
  const [cleo, hal, ben] = [
    await world.person("Cleo Teams", 4),
    await world.person("Hal Teams", 3),
    await world.person("Ben Teams", 3),
  ];
  const made = async (name: string): Promise<string> =>
    (await world.api("POST", "/api/v1/teams", { name, members: [hal.id, cleo.id] })).body.id;
  const [team, idle] = [await made("Responders"), await made("Idlers")];
  const charter = { mandate: words, roles: [lead], people: 2, minutes: 10 };
  const write =
    (more: object): Ask =>
    (headers) =>
      world.api("PATCH", `/api/v1/teams/${team}/mandate`, { charter: { ...charter, ...more } }, { headers });
  await meet("team-roles-twice", write({ roles: [lead, lead] }));
  await meet("deputy-unknown", write({ deputy: team }));
  await write({})({});
  const note =
    (who: Someone): Ask =>
    (headers) =>
      world.api(
        "POST",
        `/api/v1/teams/${team}/exercises`,
        { on: "2026-01-05", what: "x" },
        { token: who.token, headers },
      );
  await meet("exercise-level-needed", note(hal));
  const { id } = (await world.api("POST", "/api/v1/incidents", { title: "Intrusion" }, { token: cleo.token })).body;
  const act =
    (command: string, body: object, who = cleo): Ask =>
    (headers) =>
      world.api("POST", `/api/v1/incidents/${id}/${command}`, body, { token: who.token, headers });
  await meet("team-without-mandate", act("activate-team", { team: idle, reason }));
  await meet("team-not-active", act("stand-down-team", { reason }));
  await act("activate-team", { team, reason })({});
  await meet("team-active", act("activate-team", { team, reason }));
  await meet("activation-unknown", act("join-team", { activation: 9 }));
  await meet("team-role-unknown", act("join-team", { role: "cook" }));
  await act("join-team", {})({});
  await meet("team-joined", act("join-team", {}));
  await world.api("PATCH", `/api/v1/people/${hal.id}`, { level: 4 });
  await meet("team-role-taken", act("join-team", { role: "lead" }, hal));
  await act("assign", { person: ben.id })({});
  await meet("not-of-team", act("join-team", {}, ben));
  for (let times = 0; times < 50; times += 1) {
    await act("stand-down-team", { reason })({});
    await act("activate-team", { team, reason })({});
  }
  await act("stand-down-team", { reason })({});
  await meet("activations-full", act("activate-team", { team, reason }));
}
