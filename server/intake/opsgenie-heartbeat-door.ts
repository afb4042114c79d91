/** Opsgenie's heartbeats, of the integration whose key is sent. Both of its clients ping by GET. A ping of a name that is
 *  not known is answered like any other, as there: nobody's job must fail for it. */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Integration } from "../../core/desk/directory.ts";
import type { FieldErrors } from "../../core/intake/opsgenie.ts";
import {
  type HeartbeatChange,
  heartbeatMeta,
  heartbeatView,
  type KeptHeartbeat,
  parseHeartbeat,
  parseHeartbeatChange,
  readHeartbeatAddress,
  type SourceHeartbeat,
} from "../../core/intake/opsgenie-heartbeat.ts";
import { bytesOf, type IntakeKnown, integrationOf, parseJson } from "./doors.ts";

type Asking = { readonly integration: Integration; readonly requestId: string };

/** What keeps them: of one source, by name. */
export type KeepHeartbeats = {
  readonly all: (asking: Asking) => Promise<KeptHeartbeat[]>;
  readonly one: (asking: Asking, name: string) => Promise<KeptHeartbeat | null>;
  readonly make: (asking: Asking, asked: SourceHeartbeat) => Promise<string>;
  readonly change: (asking: Asking, name: string, change: HeartbeatChange) => Promise<void>;
  readonly remove: (asking: Asking, name: string) => Promise<void>;
  readonly ping: (asking: Asking, name: string) => Promise<void>;
};

/** In the frame that Opsgenie's clients read. */
type Say = (request: FastifyRequest, to: FastifyReply, status: number, body: object) => FastifyReply;
type Handling = {
  readonly keep: KeepHeartbeats;
  readonly asking: Asking;
  readonly body: () => unknown;
  readonly say: (status: number, body: object) => FastifyReply;
};

const underHeartbeats = /^\/+(?:in\/+[^/]+\/+)?v2\/+heartbeats/;

export async function answerHeartbeats(
  known: IntakeKnown,
  request: FastifyRequest,
  to: FastifyReply,
  say: Say,
): Promise<FastifyReply> {
  const [path = ""] = (request.raw.url ?? "").split("?", 1);
  const address = readHeartbeatAddress(path.replace(underHeartbeats, ""));
  const handling: Handling = {
    keep: known.heartbeats,
    asking: { integration: integrationOf(request), requestId: request.id },
    body: () => parseJson(bytesOf(request)),
    say: (status, body) => say(request, to, status, body),
  };
  switch (address.is) {
    case "all":
      return all(handling, request.method);
    case "nothing":
      return nowhere(handling);
    case "ping":
      return ping(handling, address.name);
    case "enable":
    case "disable":
      return request.method === "POST"
        ? turn(handling, address.name, { enabled: address.is === "enable" })
        : nowhere(handling);
    case "one":
      return one(handling, request.method, address.name);
  }
}

const nowhere = ({ say }: Handling): FastifyReply => say(404, { message: "Nothing is served at this address" });
const absent = ({ say }: Handling): FastifyReply => say(404, { message: "Heartbeat does not exist" });

const invalid = ({ say }: Handling, errors: FieldErrors): FastifyReply =>
  say(422, { message: "Request body is not processable. Please check the errors.", errors });

async function ping({ keep, asking, say }: Handling, name: string): Promise<FastifyReply> {
  await keep.ping(asking, name);
  return say(202, { result: "PONG - Heartbeat received" });
}

async function all(handling: Handling, method: string): Promise<FastifyReply> {
  const { keep, asking, say } = handling;
  if (method === "GET") return say(200, { data: { heartbeats: (await keep.all(asking)).map(heartbeatView) } });
  if (method !== "POST") return nowhere(handling);
  const parsed = parseHeartbeat(handling.body());
  if (!parsed.ok) return invalid(handling, parsed.errors);
  const { name } = parsed.asked;
  if (await keep.one(asking, name)) return invalid(handling, { name: `Heartbeat with name [${name}] already exists.` });
  await keep.make(asking, parsed.asked);
  const made = await keep.one(asking, name);
  return made ? say(201, { result: "Created", data: heartbeatView(made) }) : absent(handling);
}

async function one(handling: Handling, method: string, name: string): Promise<FastifyReply> {
  const { keep, asking, say } = handling;
  const found = await keep.one(asking, name);
  if (found === null) return absent(handling);
  switch (method) {
    case "GET":
      return say(200, { data: heartbeatView(found) });
    case "DELETE":
      await keep.remove(asking, name);
      return say(200, { result: "Deleted" });
    case "PATCH":
    case "PUT": {
      const parsed = parseHeartbeatChange(handling.body(), found.unit);
      return parsed.ok ? turn(handling, name, parsed.asked) : invalid(handling, parsed.errors);
    }
    default:
      return nowhere(handling);
  }
}

async function turn(handling: Handling, name: string, change: HeartbeatChange): Promise<FastifyReply> {
  const { keep, asking, say } = handling;
  await keep.change(asking, name, change);
  const now = await keep.one(asking, name);
  return now ? say(200, { data: heartbeatMeta(now) }) : absent(handling);
}
