/** Words of dependencies, affected services and impact that the contract, the core and the pages share. */

/** Of a service on another. `needs`: it stops without it. */
export const dependencyKinds = ["needs", "degraded-without"] as const;
export type DependencyKind = (typeof dependencyKinds)[number];

/** How a service is, from the worst on. `back`: it is affected no longer. */
export const affectedStatuses = ["down", "degraded", "at-risk", "back"] as const;
export type AffectedStatus = (typeof affectedStatuses)[number];
/** Of one that is affected. */
export type Harm = Exclude<AffectedStatus, "back">;
export const harms: readonly Harm[] = ["down", "degraded", "at-risk"];

/** How much a domain suffers, from nothing on. */
export const magnitudes = ["none", "low", "moderate", "high", "very-high"] as const;
export type Magnitude = (typeof magnitudes)[number];
export const heightOf = (magnitude: Magnitude): number => magnitudes.indexOf(magnitude);

/** How much the organisation depends on a vital function. */
export const criticalities = ["critical", "high", "moderate"] as const;
export type Criticality = (typeof criticalities)[number];

export const impactCommands = ["state-affected", "rule-out-affected", "measure-impact", "withdraw-impact"] as const;
export type ImpactCommandName = (typeof impactCommands)[number];

export const dependenciesMax = 50;
