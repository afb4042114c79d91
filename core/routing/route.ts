/** Which policy an incident is paged by, and why. An incident that nothing routes is still paged, and says so. */
import type { Service } from "../directory/types.ts";
import { builtInPolicy, type Policy } from "../escalation/policy.ts";

export type RoutingKnown = {
  readonly services: ReadonlyMap<string, Service>;
  readonly policies: ReadonlyMap<string, Policy>;
  /** The organisation's own default, when one is set. */
  readonly defaultPolicyId: string | null;
};

export type Route = { readonly policy: Policy; readonly reasons: readonly string[] };

export function route(serviceId: string | null, known: RoutingKnown): Route {
  const reasons: string[] = [];
  const service = serviceId === null ? undefined : known.services.get(serviceId);
  if (serviceId === null) reasons.push("no-service");
  else if (!service) reasons.push("service-unknown");
  else if (service.policyId === null) reasons.push("service-without-policy");
  else {
    const policy = known.policies.get(service.policyId);
    if (policy) return { policy, reasons: ["service-policy"] };
    reasons.push("policy-unknown");
  }
  const fallback = known.defaultPolicyId === null ? undefined : known.policies.get(known.defaultPolicyId);
  return fallback
    ? { policy: fallback, reasons: [...reasons, "default-policy"] }
    : { policy: builtInPolicy, reasons: [...reasons, "built-in-policy"] };
}
