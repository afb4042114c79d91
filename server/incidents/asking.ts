/** A query as typed, read with what this desk and this reader mean by its words. */

import type { Directory } from "../../core/desk/directory.ts";
import { type Condition, namedBy, type QueryKnown, resolveQuery } from "../../core/incidents/conditions.ts";
import { parseQuery, type Query, type QueryProblem } from "../../core/incidents/query.ts";
import { yearOf } from "../../core/kernel/time.ts";
import type { Viewer } from "../access/viewer.ts";
import { HttpProblem } from "../platform/problems.ts";
import type { Cursor } from "./finding.ts";
import { fullNumber } from "./views.ts";

export type Asked = {
  readonly query: Query;
  readonly conditions: readonly Condition[];
  readonly number: string | null | false;
  readonly problems: readonly QueryProblem[];
};

export function readQuery(
  text: string,
  { directory, viewer, now }: { readonly directory: Directory; readonly viewer: Viewer; readonly now: number },
): Asked {
  const query = parseQuery(text);
  const { conditions, problems } = resolveQuery(query, knownTo(directory, viewer, now));
  const signsOnly = problems.some(({ code }) => code === "no-words");
  const asked = query.number === null ? null : (fullNumber(query.number, yearOf(now, directory.zone)) ?? false);
  const number = signsOnly ? false : asked;
  return { query, conditions, number, problems };
}

function knownTo(directory: Directory, { person }: Viewer, now: number): QueryKnown {
  const { services, teams, functions, people, categories } = directory;
  const named = namedBy({
    services: services.values(),
    teams: teams.values(),
    functions: functions.values(),
    people: people.values(),
    categories: categories.values(),
  });
  return { ...named, me: person.id, now, zone: person.zone };
}

export function writeCursor(at: number, id: string): string {
  return Buffer.from(`${at} ${id}`).toString("base64url");
}

/** Instants are milliseconds; within what a date can be, so that no cursor made up elsewhere is a fault of ours. */
export function readCursor(cursor: string | undefined): Cursor | null {
  if (cursor === undefined) return null;
  const [at = "", id = ""] = Buffer.from(cursor, "base64url").toString().split(" ");
  if (!/^\d{1,14}$/.test(at) || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw badCursor();
  return { at: Number(at), id };
}

export const badCursor = (): HttpProblem =>
  new HttpProblem(422, "invalid-body", {
    errors: [{ pointer: "/query/cursor", code: "invalid-value", detail: "" }],
  });
