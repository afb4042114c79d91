/** What follows from what services depend upon: who else is touched when some are affected, and what stands around one. Services
 *  may depend on each other in a circle: each is found once. */
import { type DependencyKind, type Harm, harms } from "../kernel/impact-words.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";

export type Dependency = { readonly on: string; readonly kind: DependencyKind };
export type Depending = { readonly id: string; readonly dependsOn?: readonly Dependency[] | undefined };

/** `through`: the service by which it is touched, which is one step nearer; `from`: the affected one where that began. */
export type Touched = {
  readonly service: string;
  readonly harm: Harm;
  readonly depth: number;
  readonly through: string;
  readonly kind: DependencyKind;
  readonly from: string;
};

/** What becomes of a service when one that it depends on is so. */
export function harmThrough(kind: DependencyKind, harm: Harm): Harm {
  if (harm === "down") return kind === "needs" ? "down" : "degraded";
  return harm === "degraded" && kind === "needs" ? "degraded" : "at-risk";
}

type Edge = { readonly service: string; readonly kind: DependencyKind };

function dependentsOf(services: readonly Depending[]): ReadonlyMap<string, readonly Edge[]> {
  const of = new Map<string, Edge[]>();
  for (const { id, dependsOn = [] } of services)
    for (const { on, kind } of dependsOn) {
      if (on === id) continue;
      const edges = of.get(on) ?? [];
      edges.push({ service: id, kind });
      of.set(on, edges);
    }
  return of;
}

type Reached = Omit<Touched, "through" | "kind">;

/** All that depends on what is affected, each once, at its worst and then by its shortest way; the worst first, in the order of the
 *  services where nothing else decides. What is in `affected` already is not among them. */
export function touchedBy(services: readonly Depending[], affected: ReadonlyMap<string, Harm>): Touched[] {
  const dependents = dependentsOf(services);
  const place = new Map(services.map(({ id }, index) => [id, index]));
  const settled: Reached[] = [...affected].map(([service, harm]) => ({ service, harm, depth: 0, from: service }));
  const seen = new Set(affected.keys());
  const found: Touched[] = [];
  for (const harm of harms) {
    const byDepth: Touched[][] = [];
    const offer = (one: Reached): void => {
      for (const { service, kind } of dependents.get(one.service) ?? []) {
        if (seen.has(service) || harmThrough(kind, one.harm) !== harm) continue;
        const depth = one.depth + 1;
        const at = byDepth[depth] ?? [];
        at.push({ service, harm, depth, through: one.service, kind, from: one.from });
        byDepth[depth] = at;
      }
    };
    for (const one of settled) offer(one);
    for (let depth = 1; depth < byDepth.length; depth += 1) {
      const at = byDepth[depth] ?? [];
      for (const one of at.toSorted((a, b) => (place.get(a.service) ?? 0) - (place.get(b.service) ?? 0))) {
        if (seen.has(one.service)) continue;
        seen.add(one.service);
        settled.push(one);
        found.push(one);
        offer(one);
      }
    }
  }
  return found;
}

/** `layer`: below zero, what it depends on; above, what depends on it. `more`: how many were left out. */
export type Around = {
  readonly nodes: readonly { readonly id: string; readonly layer: number }[];
  readonly more: number;
};

/** Both ways from one service, the nearest first. */
export function around(services: readonly Depending[], id: string, max: number): Around {
  const byId = new Map(services.map((one) => [one.id, one]));
  const dependents = dependentsOf(services);
  const under = (one: string): string[] => (byId.get(one)?.dependsOn ?? []).map(({ on }) => on);
  const above = (one: string): string[] => (dependents.get(one) ?? []).map(({ service }) => service);
  const layers = new Map([[id, 0]]);
  const fronts = [
    { next: under, way: -1, at: [id] },
    { next: above, way: 1, at: [id] },
  ];
  for (let depth = 1; fronts.some(({ at }) => at.length > 0); depth += 1)
    for (const front of fronts) {
      const reached = [...new Set(front.at.flatMap(front.next))].filter((one) => byId.has(one) && !layers.has(one));
      for (const one of reached) layers.set(one, depth * front.way);
      front.at = reached;
    }
  const nodes = [...layers].map(([service, layer]) => ({ id: service, layer }));
  return { nodes: nodes.slice(0, max), more: Math.max(0, nodes.length - max) };
}

/** What a list of dependencies of a service may not say. Whether they exist is for whoever can look. */
export function refuseDependencies(id: string | null, dependsOn: readonly Dependency[]): Refusal | null {
  if (id !== null && dependsOn.some(({ on }) => on === id)) return refuse("depends-on-itself");
  const twice = dependsOn.find(({ on }, index) => dependsOn.findIndex((one) => one.on === on) !== index);
  return twice ? refuse("depends-twice", { service: twice.on }) : null;
}
