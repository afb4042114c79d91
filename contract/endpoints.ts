/** The whole API, in the order of its documentation. */
import * as account from "./account.ts";
import * as actionPlan from "./action-plan.ts";
import * as alerts from "./alerts.ts";
import * as assistance from "./assistance.ts";
import * as attachments from "./attachments.ts";
import * as bulk from "./bulk.ts";
import * as calendars from "./calendars.ts";
import * as categories from "./categories.ts";
import * as categoryLines from "./category-lines.ts";
import * as changes from "./changes.ts";
import * as clocks from "./clocks.ts";
import * as contributors from "./contributors.ts";
import * as coordination from "./coordination.ts";
import * as demonstration from "./demonstration.ts";
import * as directory from "./directory.ts";
import type { Endpoint } from "./endpoint.ts";
import * as heartbeats from "./heartbeats.ts";
import * as holidays from "./holidays.ts";
import * as impact from "./impact.ts";
import * as incidentObligations from "./incident-obligations.ts";
import * as incidents from "./incidents.ts";
import * as integrations from "./integrations.ts";
import * as knownErrors from "./known-errors.ts";
import * as links from "./links.ts";
import * as myWork from "./my-work.ts";
import * as noise from "./noise.ts";
import * as noiseReplay from "./noise-replay.ts";
import * as noiseRules from "./noise-rules.ts";
import * as notifications from "./notifications.ts";
import * as obligations from "./obligations.ts";
import * as oncall from "./oncall.ts";
import * as organisation from "./organisation.ts";
import * as policyWebhooks from "./policy-webhooks.ts";
import * as previews from "./previews.ts";
import * as providers from "./providers.ts";
import * as reach from "./reach.ts";
import * as recording from "./recording.ts";
import * as restrictions from "./restrictions.ts";
import * as savedViews from "./saved-views.ts";
import * as search from "./search.ts";
import * as security from "./security.ts";
import * as setup from "./setup.ts";
import * as suppliers from "./suppliers.ts";
import * as teams from "./teams.ts";

function endpointsOf(module: object): Endpoint[] {
  return Object.values(module).filter(isEndpoint);
}

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === "object" && value !== null && "method" in value && "path" in value && "access" in value;
}

export const endpoints: readonly Endpoint[] = [
  ...endpointsOf(incidents),
  ...endpointsOf(clocks),
  ...incidents.commandEndpoints,
  ...endpointsOf(coordination),
  ...endpointsOf(myWork),
  ...endpointsOf(restrictions),
  ...endpointsOf(security),
  ...security.securityEndpoints,
  ...endpointsOf(impact),
  ...impact.impactEndpoints,
  ...endpointsOf(actionPlan),
  ...endpointsOf(bulk),
  ...endpointsOf(changes),
  ...endpointsOf(links),
  ...endpointsOf(recording),
  ...endpointsOf(search),
  ...endpointsOf(attachments),
  ...endpointsOf(contributors),
  ...endpointsOf(knownErrors),
  ...endpointsOf(suppliers),
  ...endpointsOf(assistance),
  ...endpointsOf(alerts),
  ...endpointsOf(account),
  ...endpointsOf(integrations),
  ...endpointsOf(heartbeats),
  ...endpointsOf(noise),
  ...endpointsOf(noiseRules),
  ...endpointsOf(noiseReplay),
  ...endpointsOf(notifications),
  ...endpointsOf(providers),
  ...endpointsOf(savedViews),
  ...endpointsOf(directory),
  ...endpointsOf(organisation),
  ...endpointsOf(teams),
  ...endpointsOf(policyWebhooks),
  ...endpointsOf(oncall),
  ...endpointsOf(holidays),
  ...endpointsOf(calendars),
  ...endpointsOf(categoryLines),
  ...endpointsOf(categories),
  ...endpointsOf(previews),
  ...endpointsOf(obligations),
  ...endpointsOf(incidentObligations),
  ...endpointsOf(reach),
  ...endpointsOf(demonstration),
  ...endpointsOf(setup),
];
