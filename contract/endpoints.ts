/** The whole API, in the order of its documentation. */
import * as account from "./account.ts";
import * as attachments from "./attachments.ts";
import * as changes from "./changes.ts";
import * as demonstration from "./demonstration.ts";
import * as directory from "./directory.ts";
import type { Endpoint } from "./endpoint.ts";
import * as incidents from "./incidents.ts";
import * as notifications from "./notifications.ts";
import * as recording from "./recording.ts";
import * as search from "./search.ts";

function endpointsOf(module: object): Endpoint[] {
  return Object.values(module).filter(isEndpoint);
}

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === "object" && value !== null && "method" in value && "path" in value && "access" in value;
}

export const endpoints: readonly Endpoint[] = [
  ...endpointsOf(incidents),
  ...incidents.commandEndpoints,
  ...endpointsOf(changes),
  ...endpointsOf(recording),
  ...endpointsOf(search),
  ...endpointsOf(attachments),
  ...endpointsOf(account),
  ...endpointsOf(notifications),
  ...endpointsOf(directory),
  ...endpointsOf(demonstration),
];
