/** Commands about what an incident hurts, each with its input. The contract's bodies parse into these; what the desk finds for them
 *  is said of each. */
import type { Named } from "../incidents/impact-events.ts";
import type { AffectedStatus, ImpactCommandName, Magnitude } from "../kernel/impact-words.ts";

export type Thing = Named & { readonly id: string };
/** No longer named where it is not already. */
export type ThingOffered = Thing & { readonly retired?: boolean };

export type ImpactInputs = {
  /** `known`: found by the desk, the service; `through`: by which other it is touched, where the dependencies proposed it. */
  "state-affected": {
    readonly service: string;
    readonly status: AffectedStatus;
    readonly note?: string | null | undefined;
    readonly known?: ThingOffered;
    readonly through?: Thing | null;
  };
  "rule-out-affected": {
    readonly service: string;
    readonly note?: string | null | undefined;
    readonly known?: ThingOffered;
  };
  /** `known`: found by the desk, the domain. */
  "measure-impact": {
    readonly domain: string;
    readonly magnitude: Magnitude;
    readonly people?: number | null | undefined;
    readonly note?: string | null | undefined;
    readonly known?: Thing;
  };
  "withdraw-impact": { readonly number: number };
};

export type ImpactCommand = {
  [Name in ImpactCommandName]: { readonly name: Name; readonly input: ImpactInputs[Name] };
}[ImpactCommandName];
