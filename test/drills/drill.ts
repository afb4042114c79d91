/** One random drill: a seed, some thousands of inputs, then time enough for everything to settle. */

import type { Directory } from "../../core/desk/directory.ts";
import type { Charter } from "../../core/directory/team-charter.ts";
import type { Person } from "../../core/directory/types.ts";
import { createChance } from "../../core/drills/chance.ts";
import { byId, organisation, wednesday } from "../../core/drills/organisation.ts";
import { createWorld, type World } from "../../core/drills/world.ts";
import { sha256Hex } from "../../core/kernel/hash.ts";
import { type Asked, nothingAsked, randomChannel, randomInput } from "./inputs.ts";
import { violations } from "./invariants.ts";

const words = { fr: "r", en: "r" };
const charter: Charter = {
  mandate: words,
  roles: [{ id: "lead", words, count: 1, level: 4, required: true }],
  ...{ people: 2, minutes: 20, rota: { kind: "schedule", id: "rota" }, deputy: "dan", contact: null },
};

/** Some have several ways of being reached, in turns; the others one. */
const severalWays: Directory = {
  ...organisation,
  teams: byId(...[...organisation.teams.values()].map((one) => ({ ...one, charter }))),
  people: byId(
    ...[...organisation.people.values()].map((one) =>
      ["ana", "cleo", "root"].includes(one.id) ? withPhone(one) : one,
    ),
  ),
};

function withPhone(one: Person): Person {
  const [mail, phone] = [`${one.id}-email`, `${one.id}-ntfy`];
  return {
    ...one,
    contactPoints: [...one.contactPoints, { id: phone, kind: "ntfy", address: phone, enabled: true }],
    preference: {
      high: [
        { contactPoint: phone, afterMinutes: 0 },
        { contactPoint: mail, afterMinutes: 3 },
      ],
      low: [],
    },
  };
}

const settleMinutes = 3 * 24 * 60;

export type Drill = {
  readonly world: World;
  readonly asked: Asked;
  readonly violations: readonly string[];
  /** The same seed always gives the same. */
  readonly digest: string;
};

export function runDrill(seed: number, inputs: number): Drill {
  const chance = createChance(seed);
  const channel = randomChannel(createChance(seed ^ 0x5eed));
  const world = createWorld({ seed: `drill ${seed}`, start: wednesday, directory: severalWays, channel });
  const asked = nothingAsked();
  for (let i = 0; i < inputs; i++) randomInput(world, chance, asked);
  world.advance(settleMinutes);
  const heads = world.incidentIds().map((id) => world.record(id).head);
  return { world, asked, violations: violations(world, asked), digest: sha256Hex(heads.join("\n")).slice(0, 16) };
}
