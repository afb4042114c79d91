/** What is refused about one incident: that it is restricted, and how it is looked at afterwards. */
import { afterAcceptance } from "./story.ts";
import type { Answer, Credentials, TestWorld } from "./world.ts";

export type Ask = (headers: Record<string, string>) => Promise<Answer>;
export type Known = {
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

/** Nobody looks at what they did themselves, nor twice at the same. */
export async function lookedAt({ world, meet, act, open }: Known): Promise<void> {
  const five = await world.person("Eli Five", 5);
  const id = await open(world);
  const accepting = (as: Credentials = {}) => act(id, "accept-closure", {}, as);
  await meet("nothing-to-check", accepting());
  await act(id, "accept", {})({});
  for (const [command, body] of afterAcceptance) await act(id, command, body)({});
  await meet("own-closure", accepting());
  await act(id, "grant-access", { person: five.id, reason: "To check its closure" })({});
  await accepting({ token: five.token })({});
  await meet("closure-accepted", accepting({ token: five.token }));
  await meet("reopening-not-requested", act(id, "decline-reopen", { reason: "x" }));
  await act(id, "request-reopen", { reason: "x" })({});
  await meet("reopening-requested", act(id, "request-reopen", { reason: "x" }));
  const night = await open(world);
  const reviewing = (as: Credentials = {}) => act(night, "review-derogation", { number: 1, verdict: "justified" }, as);
  await meet("derogation-unknown", reviewing());
  const two = await world.person("Ana Alone", 2);
  const derogation = { reason: "Nobody of level 4 answers" };
  await act(night, "decide", { text: "Fail over", derogation }, { token: two.token })({});
  await world.api("PATCH", `/api/v1/people/${two.id}`, { level: 5 });
  await meet("own-derogation", reviewing({ token: two.token }));
  await reviewing()({});
  await meet("derogation-reviewed", reviewing({ token: five.token }));
}

/** Hypotheses are settled once, and there are not without end. */
export async function diagnosed({ world, meet, act, open }: Known): Promise<void> {
  const id = await open(world);
  await meet("hypothesis-unknown", act(id, "confirm-hypothesis", { hypothesis: 1, text: "Seen" }));
  for (let one = 0; one < 50; one++) await act(id, "open-hypothesis", { text: "A card" })({});
  await meet("hypotheses-full", act(id, "open-hypothesis", { text: "A card" }));
  const evidence = act(id, "add-evidence", { hypothesis: 2, side: "for", text: "Its lamp" });
  for (let one = 0; one < 50; one++) await evidence({});
  await meet("evidence-full", evidence);
  await act(id, "rule-out-hypothesis", { hypothesis: 1, text: "A new one fails too" })({});
  await meet("hypothesis-settled", act(id, "confirm-hypothesis", { hypothesis: 1, text: "Seen" }));
}

/** Help is judged by somebody else, once, and not without end. */
export async function helped({ world, meet, act, open }: Known): Promise<void> {
  const id = await open(world);
  const reason = "x";
  const four = await world.person("Cleo Four", 4);
  const ask = (as: Credentials = {}) => act(id, "ask-for-help", { text: "A hand", reason }, as);
  const on = (number: number, to: string, as: Credentials = {}) =>
    act(id, "confirm-help", { number, kind: "functional", to, reason }, as);
  await meet("not-joined", act(id, "leave", { reason }));
  await meet("escalation-not-proposed", act(id, "set-aside-escalation", { reason }, { token: four.token }));
  await meet("help-unknown", on(1, four.id));
  await ask()({});
  await meet("own-help", on(1, four.id));
  await act(id, "dismiss-help", { number: 1, reason }, { token: four.token })({});
  await meet("help-answered", on(1, four.id));
  for (let one = 0; one < 20; one++) await ask()({});
  await meet("help-full", ask());
}

/** Said once of each, lowered where it stands, and investigated where it is held so. */
export async function flagged({ meet, act, open, world }: Known): Promise<void> {
  const id = await open(world);
  const because = { flag: "serious", reason: "x" };
  await meet("not-flagged", act(id, "lower-flag", because));
  await meet("nothing-to-investigate", act(id, "take-investigation", {}));
  await act(id, "raise-flag", because)({});
  await meet("flag-already", act(id, "raise-flag", because));
  await act(id, "take-investigation", {})({});
  await meet("investigation-yours", act(id, "take-investigation", {}));
}
