/** Which methods an address answers, so that a known address asked another way is told so (RFC 9110, 405 and `Allow`)
 *  instead of being called unknown. */
import type { FastifyInstance } from "fastify";

type Served = { readonly pattern: RegExp; readonly methods: Set<string> };

/** Notes the routes as they are registered, so it is asked for before any of them. */
export function notedMethods(app: FastifyInstance): (url: string) => readonly string[] {
  const served = new Map<string, Served>();
  app.addHook("onRoute", ({ url, method }) => {
    /* What is open-ended is a collection of files, or an answer of its own. */
    if (url.includes("*")) return;
    const known = served.get(url) ?? { pattern: patternOf(url), methods: new Set() };
    served.set(url, known);
    for (const one of [method].flat()) known.methods.add(one);
  });
  return (url) => {
    const path = trimmed(url.split("?", 1)[0] ?? "");
    const found = [...served.values()].filter(({ pattern }) => pattern.test(path));
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].sort();
  };
}

/** As the router reads them: slashes repeated or trailing mean nothing. */
const trimmed = (path: string): string => path.replace(/\/+/g, "/").replace(/(?<=.)\/$/, "");

function patternOf(route: string): RegExp {
  const parts = trimmed(route)
    .split("/")
    .map((part) => (part.startsWith(":") ? "[^/]+" : RegExp.escape(part)));
  return new RegExp(`^${parts.join("/")}$`);
}
