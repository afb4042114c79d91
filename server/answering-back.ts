/** What is said to somebody out of what was asked to be sent, and what is done when they answer by the way it came. */
import { actorOf } from "../core/desk/actor.ts";
import type { IncidentTitle } from "./alerts/views.ts";
import { makeAckToken } from "./escalation/ack-token.ts";
import { titleOf } from "./incidents/views.ts";
import { type Composing, createCompose } from "./notification/compose.ts";
import type { ContactKnown } from "./notification/contact-routes.ts";
import { createDigest } from "./notification/digest.ts";
import type { DoorKnown } from "./notification/provider-door.ts";
import { makeTestToken } from "./notification/test-token.ts";
import type { Parts } from "./serve-all.ts";

export const titleIn: IncidentTitle = ({ title }, language) => titleOf(title, language);

function composing({ config, secrets, directory, clock }: Parts): Composing {
  return {
    url: config.url,
    secrets,
    directory: directory.latest,
    titleOf: titleIn,
    ackUrl: (incidentId, personId, via) =>
      `${config.url}/ack/${makeAckToken(secrets, { incidentId, personId, issuedAt: clock.now() })}?via=${via}`,
    byMail: config.imapUrl !== null,
    receivedUrl: (outboxId) => `${config.url}/test/${makeTestToken(secrets, { outboxId, issuedAt: clock.now() })}`,
  };
}

/** What is to be said to somebody, out of what was asked to be sent. */
export const composeIn = (parts: Parts): ReturnType<typeof createCompose> => createCompose(composing(parts));
export const digestIn = (parts: Parts): ReturnType<typeof createDigest> => createDigest(composing(parts));

export function answeringBack(parts: Parts, contacts: ContactKnown): DoorKnown {
  const { config, pools, log, directory, committer } = parts;
  return {
    ...contacts,
    db: pools.db,
    log,
    url: config.url,
    submit: committer.submit,
    actorOf: (person) => actorOf(person, directory.latest(), "channel"),
    compose: composeIn(parts),
  };
}
