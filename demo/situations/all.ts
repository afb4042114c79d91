/** The whole bank. */
import type { Situation } from "../situation.ts";
import { applicationSituations } from "./applications.ts";
import { buildingSituations } from "./buildings.ts";
import { citizenSituations } from "./citizens.ts";
import { deskSituations } from "./desk.ts";
import { networkSituations } from "./network.ts";
import { securitySituations } from "./security.ts";
import { systemSituations } from "./systems.ts";

export const situations: readonly Situation[] = [
  ...deskSituations,
  ...applicationSituations,
  ...citizenSituations,
  ...networkSituations,
  ...systemSituations,
  ...securitySituations,
  ...buildingSituations,
];
