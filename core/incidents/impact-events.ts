/** Facts about what an incident hurts: services, domains over time, vital functions. In its record, like all others. Names are kept
 *  with them, as they were: a name that changes later does not change what was said. */
import type { AffectedStatus, Criticality, Magnitude } from "../kernel/impact-words.ts";

export type Named = { readonly nameFr: string; readonly nameEn: string };

export type ImpactEvent =
  /** `was`: null where nobody had said. `through`: by what it had been proposed. */
  | {
      type: "affected.stated";
      data: Named & {
        service: string;
        status: AffectedStatus;
        was: AffectedStatus | null;
        note: string | null;
        through: (Named & { service: string }) | null;
      };
    }
  | { type: "affected.ruled-out"; data: Named & { service: string; note: string | null } }
  /** From its instant on, until the next of its domain. `people`: null where nobody counted. */
  | {
      type: "impact.measured";
      data: Named & {
        number: number;
        domain: string;
        magnitude: Magnitude;
        people: number | null;
        note: string | null;
      };
    }
  /** Said by mistake: the stamp has the reason. */
  | { type: "impact.withdrawn"; data: Named & { number: number; domain: string } }
  /** By a service that supports it. What is tolerated is what was then. */
  | {
      type: "vital.hit";
      data: Named & {
        function: string;
        service: string;
        criticality: Criticality;
        tolerableMinutes: number | null;
      };
    }
  | { type: "outage.warned"; data: Named & { function: string; share: number; since: string; due: string } }
  | { type: "outage.passed"; data: Named & { function: string; since: string; due: string; minutes: number } };
