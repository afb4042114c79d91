/** Vital functions that a service supports, those left out that are counted upon no more. */
import type { Service, VitalBusinessFunction } from "./types.ts";

export const supports = (service: Service | undefined): readonly VitalBusinessFunction[] =>
  (service?.vital ?? []).filter(({ retired }) => !retired);
