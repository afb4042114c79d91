/** What is refused about restricted incidents, met one after the other. */
import type { Answer, Credentials, TestWorld } from "./world.ts";

type Ask = (headers: Record<string, string>) => Promise<Answer>;
type Known = {
  readonly world: TestWorld;
  readonly meet: (code: string, ask: Ask) => Promise<void>;
  readonly act: (id: string, command: string, body: object, as?: Credentials) => Ask;
  readonly open: (world: TestWorld) => Promise<string>;
};

export async function restricted({ world, meet, act, open }: Known): Promise<void> {
  const [id, plain] = [await open(world), await open(world)];
  const { id: five, token } = await world.person("Fay Five", 5);
  const [reason, person] = ["x", world.admin.id];
  await meet("not-restricted", act(id, "lift-restriction", { reason }, { token }));
  await act(id, "restrict", { reason })({});
  await meet("already-restricted", act(id, "restrict", { reason }));
  await meet("already-admitted", act(id, "grant-access", { person, reason }));
  await meet("not-admitted", act(id, "revoke-access", { person: five, reason }));
  await meet("last-admitted", act(id, "revoke-access", { person, reason }));
  await meet("merge-restricted", act(id, "merge", { into: plain }));
  const glass = { incident: plain, reason };
  await meet("glass-not-needed", (headers) => world.api("POST", "/api/v1/break-glass", glass, { token, headers }));
}
