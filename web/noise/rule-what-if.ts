/** A replay of a changed rule about noise, a part after the other. */
import type { z } from "zod";
import { type noiseReplayPart, replayNoise } from "#contract/noise-replay.ts";
import { addNoiseParts, emptyNoisePart, type NoiseSums } from "#core/drills/replay-parts.ts";
import { call } from "../client.ts";
import type { How } from "../oncall/what-if.ts";

type Part = z.output<typeof noiseReplayPart>;
export type IncidentChange = Part["changes"][number];
export type NoiseReplay = NoiseSums<Part["differences"][number], IncidentChange>;
export type RuleChange = z.input<typeof replayNoise.body>["change"];

export const incidentsAndPages: How<RuleChange, NoiseReplay, Part> = {
  ask: (change, cursor, signal) => call(replayNoise, { body: { change, ...(cursor && { cursor }) }, signal }),
  add: (part, found) => addNoiseParts(part, found),
  empty: emptyNoisePart,
};
