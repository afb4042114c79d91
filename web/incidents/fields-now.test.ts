import assert from "node:assert/strict";
import { test } from "node:test";
import type { IncidentView } from "#contract/shapes.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import type { Draft } from "./command-forms.ts";
import { fieldsNow } from "./fields-now.ts";

type Offer = { readonly to: { readonly id: string } } | null;

const streams = (offer: Offer): IncidentView["workstreams"] =>
  [{ number: 1, lead: { id: "ana", name: "Ana" }, offer }] as unknown as IncidentView["workstreams"];

const isOptional = (command: IncidentCommandName, draft: Draft, offer: Offer = null): boolean =>
  fieldsNow(command, { view: { workstreams: streams(offer) }, draft, meId: "bob" }).find(
    ({ name }) => name === "reason",
  )?.optional === true;

test("a reason is asked for a cause, and not for what merely resembles", () => {
  for (const kind of ["causes", "caused-by"]) assert.equal(isOptional("link", { kind }), false, kind);
  for (const kind of ["related", "part-of", "has-part"]) assert.equal(isOptional("link", { kind }), true, kind);
});

test("what somebody leads is taken with a reason; what is offered is accepted without", () => {
  assert.equal(isOptional("accept-workstream", { workstream: "1" }), false);
  assert.equal(isOptional("accept-workstream", { workstream: "1" }, { to: { id: "cleo" } }), false);
  assert.equal(isOptional("accept-workstream", { workstream: "1" }, { to: { id: "bob" } }), true);
});

test("what always needs a reason is left as it is", () => {
  assert.equal(isOptional("decline", {}), false);
});
