/** Contributors, with what they need of the other capabilities. */
import type { FastifyInstance } from "fastify";
import { keepFromLink } from "./attachments/routes.ts";
import { dropAttachment, keepUnlessFull } from "./attachments/store.ts";
import { pageRoutes } from "./contributors/page-routes.ts";
import { type AskingKnown, askingRoutes, contributorUrl } from "./contributors/routes.ts";
import { makeLink } from "./contributors/store.ts";
import type { EmailChannel } from "./notification/channels/email.ts";
import { createInviting } from "./notification/inviting.ts";
import type { Lane } from "./notification/lanes.ts";
import type { Serve } from "./platform/http.ts";
import type { Parts } from "./serve-all.ts";

type Asked = Pick<AskingKnown, "incidentOf"> & { readonly insecure: boolean; readonly demonstration: boolean };

export function serveContributors(
  http: FastifyInstance,
  serve: Serve,
  { config, pools, clock, log, directory, committer }: Parts,
  { incidentOf, ...warned }: Asked,
): void {
  const known = { pool: pools.reading, clock, log, submit: committer.submit, url: config.url };
  askingRoutes(serve, { ...known, incidentOf });
  pageRoutes(http, {
    ...known,
    ...warned,
    directory: directory.latest,
    files: {
      keep: (sent) => keepFromLink(pools.reading, sent),
      drop: (id) => dropAttachment(pools.reading, id),
      whenAttached: keepUnlessFull,
    },
  });
}

type Mailing = { readonly email: EmailChannel | null; readonly mailHost: string };

export const invitingLane = ({ config, directory, committer, ...parts }: Parts, mailing: Mailing): Lane =>
  createInviting({
    ...parts,
    pool: parts.pools.engine,
    url: config.url,
    ...mailing,
    directory: directory.latest,
    submit: committer.submit,
    makeLink: async (incidentId, number) =>
      contributorUrl(config.url, await makeLink(parts.pools.reading, { incidentId, number }, parts.clock.now())),
  });
