/** Which policy pages, and the reasons given when it is not the service's own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Service } from "../directory/types.ts";
import { builtInPolicy, type Policy } from "../escalation/policy.ts";
import { type RoutingKnown, route } from "./route.ts";

const policy = (id: string): Policy => ({ id, name: id, steps: [], repeat: 0 });
const service = (id: string, policyId: string | null): [string, Service] => [
  id,
  { id, nameFr: id, nameEn: id, ownerId: null, teamId: null, policyId, vital: [], aliases: { fr: [], en: [] } },
];
const known: RoutingKnown = {
  services: new Map([service("billing", "night"), service("plain", null), service("stale", "gone")]),
  policies: new Map([
    ["night", policy("night")],
    ["usual", policy("usual")],
  ]),
  defaultPolicyId: "usual",
};

test("a service pages by its own policy", () => {
  assert.deepEqual(route("billing", known), { policy: policy("night"), reasons: ["service-policy"] });
});

test("without one of its own it pages by the default, and says why", () => {
  const cases: [string | null, string][] = [
    [null, "no-service"],
    ["nowhere", "service-unknown"],
    ["plain", "service-without-policy"],
    ["stale", "policy-unknown"],
  ];
  for (const [id, reason] of cases) {
    assert.deepEqual(route(id, known), { policy: policy("usual"), reasons: [reason, "default-policy"] });
    for (const defaultPolicyId of [null, "gone"])
      assert.deepEqual(route(id, { ...known, defaultPolicyId }), {
        policy: builtInPolicy,
        reasons: [reason, "built-in-policy"],
      });
  }
});
