/** What the demonstration tells of requests for assistance: decided by the same rules, at the time of the story. */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import { type AssistanceCommand, ask, decideAssistance, type NewRequest } from "../../core/assistance/decide.ts";
import type { AssistanceSettings } from "../../core/assistance/settings.ts";
import { initialAssistance } from "../../core/assistance/state.ts";
import { actorOf } from "../../core/desk/actor.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { isRefusal } from "../../core/kernel/refusal.ts";
import type { Envelope } from "../../core/kernel/stamp.ts";
import type { Recording } from "./known.ts";
import { decidingIn, record } from "./recording.ts";
import { partIn } from "./seeing.ts";
import { insertSettings, newRow } from "./store.ts";

type Act = {
  readonly by: string;
  readonly at: number;
  readonly command: AssistanceCommand;
  readonly reason?: string;
};
export type Script = {
  readonly wanted: NewRequest;
  readonly by: string;
  readonly at: number;
  readonly acts: readonly Act[];
};

export type Scripted = {
  readonly client: pg.PoolClient;
  readonly directory: Directory;
  readonly rules: Omit<AssistanceSettings, "version">;
  readonly scripts: readonly Script[];
  readonly cause: string;
  /** Whose rules they are, since when. */
  readonly from: number;
  readonly by: string;
};

export async function writeScripted({ client, directory, rules, scripts, cause, from, by }: Scripted): Promise<void> {
  await insertSettings(client, { ...rules, version: 1 }, { at: from, by });
  const envelopeOf = (person: string, at: number, reason?: string): Envelope => {
    const known = directory.people.get(person);
    if (!known) throw new Error(`the story does not know ${person}`);
    return { at, actor: actorOf(known, directory, "session"), cause: { kind: cause }, reason };
  };
  for (const script of scripts) {
    const first = newRow(randomUUID(), { ...initialAssistance, incident: script.wanted.incident });
    const asking = knownAt(directory, script.at);
    const { deciding } = await decidingIn(asking, client, first.request);
    const asked = ask(script.wanted, null, deciding);
    if (isRefusal(asked)) throw new Error(`the story asks what is refused: ${asked.refused}`);
    const tx = { client, envelope: envelopeOf(script.by, script.at) };
    let row = await record(asking, tx, first, asked);
    for (const act of script.acts) {
      const known = knownAt(directory, act.at);
      const { deciding: then, incident } = await decidingIn(known, client, row.request);
      const envelope = envelopeOf(act.by, act.at, act.reason);
      const part = partIn(envelope.actor, incident);
      const acting = { ...then, actor: envelope.actor, incident: part, reason: act.reason ?? null };
      const decided = decideAssistance(row.request, act.command, acting);
      if (isRefusal(decided)) throw new Error(`the story does what is refused: ${decided.refused}`);
      row = await record(known, { client, envelope }, row, decided);
    }
  }
}

/** A demonstration tells nobody anything. */
const knownAt = (directory: Directory, at: number): Recording => ({
  clock: { now: () => at },
  readDirectory: async () => directory,
  tell: async () => {},
});
