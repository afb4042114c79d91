/** The web application as built: its files, and its first page at each of its addresses. Read anew each time, so that a web
 *  that is built again is served without a restart. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";

/** Addresses that the application answers itself. */
export const webAddresses = [
  "/",
  "/index.html",
  "/incidents/*",
  "/sign-in",
  "/tokens",
  "/silences",
  "/maintenance",
  "/noise-rules",
  "/heartbeats",
  "/integrations",
  "/integrations/*",
  "/people",
  "/people/*",
  "/teams",
  "/teams/*",
  "/functions",
  "/functions/*",
  "/categories",
  "/categories/*",
  "/suppliers",
  "/suppliers/*",
  "/services",
  "/services/*",
  "/vital-functions",
  "/known-errors",
  "/schedules",
  "/schedules/*",
  "/reach",
  "/escalation-policies",
  "/escalation-policies/*",
  "/alerts",
  "/alerts/*",
  "/assistance",
  "/assistance/*",
  "/assistance-rules",
  "/help",
  "/registers",
  "/laws",
  "/search",
  "/watch",
  "/my-work",
  "/break-glass",
  "/wall",
  "/checklist",
  "/setup",
  "/notifications",
  "/channels",
];

export type WebApp = {
  readonly serve: (http: FastifyInstance) => Promise<void>;
  /** The application says itself, in the reader's language, that nothing is at an address, and shows the way back. Null
   *  while no web is built. */
  readonly lost: (reply: FastifyReply) => Promise<FastifyReply> | null;
};

/** `insecure`: the connection is plain HTTP beyond this machine, which the first page says to all of them. */
export function createWebApp(insecure: boolean): WebApp {
  const root = join(import.meta.dirname, "..", "..", "web", "dist");
  const index = join(root, "index.html");
  const sendIndex = async (reply: FastifyReply): Promise<FastifyReply> => {
    const page = await readFile(index, "utf8");
    return reply
      .header("cache-control", "no-cache")
      .type("text/html; charset=utf-8")
      .send(insecure ? page.replace("<html", "<html data-plain-http") : page);
  };
  return {
    lost: (reply) => (existsSync(index) ? sendIndex(reply) : null),
    serve: async (http) => {
      if (!existsSync(index)) return;
      await http.register(fastifyStatic, {
        root,
        index: false,
        preCompressed: true,
        cacheControl: false,
        setHeaders: (response, path) =>
          void response.header(
            "cache-control",
            path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
          ),
      });
      for (const path of webAddresses) http.get(path, (_request, reply) => sendIndex(reply));
    },
  };
}
