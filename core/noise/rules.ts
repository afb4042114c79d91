/** Standing rules about noise, as people write them, each with its version: what waits before it calls, how many make a call,
 *  what is one incident, and what mutes what. */
import type { Matcher, Scope } from "./matching.ts";

/** Asked of all integrations together, and not within each: never unless somebody says so. */
type Across = { readonly across: boolean };

type Named = {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly enabled: boolean;
  readonly scope: Scope;
};

/** What resolves sooner calls nobody. */
export type WaitRule = Named & { readonly kind: "wait"; readonly minutes: number };

/** Only so many within so long make a call. `atLatestMinutes`: one that lasts as long does alone. */
export type ThresholdRule = Named &
  Across & {
    readonly kind: "threshold";
    readonly count: number;
    readonly minutes: number;
    readonly atLatestMinutes: number | null;
  };

/** Those alike share one incident: by labels, by what an expression gives, or, with neither, by time alone. */
export type GroupingRule = Named &
  Across & {
    readonly kind: "grouping";
    readonly labels: readonly string[];
    /** CEL over the alert; gives the name of its group. */
    readonly expression: string | null;
    /** Since the newest of the group; null: as long as its incident is open. */
    readonly withinMinutes: number | null;
    /** When a kind of failure that its incident had not joins while somebody has it: ask them anew, or not. */
    readonly onNewKind: "page" | "nothing";
    /** Labels that tell kinds apart; with none, the name of the alert or its title without its numbers. */
    readonly kindBy: readonly string[];
  };

/** While what the scope and the matchers of `source` say is firing, what those of `target` say calls nobody, where `equal`
 *  labels have equal values. Across integrations the scope is that of the target alone. */
export type InhibitionRule = Named &
  Across & {
    /** Across integrations: the one whose alerts mute; null: any. */
    readonly sourceIntegration: string | null;
    readonly kind: "inhibition";
    readonly source: readonly Matcher[];
    readonly target: readonly Matcher[];
    readonly equal: readonly string[];
    /** A target waits as long for its source, which may arrive after it, and after its source is over, for its own end. */
    readonly graceSeconds: number;
  };

export type NoiseRule = WaitRule | ThresholdRule | GroupingRule | InhibitionRule;
export const noiseRuleKinds = ["wait", "threshold", "grouping", "inhibition"] as const;
export type NoiseRuleKind = (typeof noiseRuleKinds)[number];
