/** One act on many incidents: asked in one request, answered for each, and told in one place. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { actInBulk, type BulkAct, type BulkResult } from "#contract/bulk.ts";
import type { IncidentView } from "#contract/shapes.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import { call } from "../client.ts";
import { useWords, type Words } from "../language/words.tsx";
import { shortNumber } from "./arrangement.ts";
import { unchoose } from "./selection.ts";
import { settle } from "./settling.ts";
import { useOfferUndo } from "./undo.ts";

/** In the order of the bar. The others ask for words of their own for each incident. */
export const bulkCommands = ["accept", "assign", "merge", "dismiss", "close"] as const satisfies IncidentCommandName[];
export type BulkCommand = (typeof bulkCommands)[number];

export const isImmediate = (name: BulkCommand): boolean => name === "accept" || name === "close";

export type Asked = {
  readonly name: BulkCommand;
  readonly views: readonly IncidentView[];
  readonly body: unknown;
  /** Done in another way than by this one act. */
  readonly by?: (views: readonly IncidentView[]) => Promise<readonly BulkResult[]>;
};

/** Of low impact and of nothing else: its closing may ask once what its record still lacks. */
export const isLow = ({ categories }: IncidentView): boolean =>
  categories.length === 1 && categories[0] === "low-impact";

export function useBulk() {
  const words = useWords();
  const client = useQueryClient();
  const offerUndo = useOfferUndo();
  return useMutation({
    mutationFn: async ({ name, views, body, by }: Asked): Promise<readonly BulkResult[]> => {
      if (by) return by(views);
      const acts = views.map((view) => ({ incident: view.id, command: name, body }) as BulkAct);
      return (await call(actInBulk, { body: { acts } })).results;
    },
    onSuccess: (results, { name, views }) => {
      const done = results.filter(({ after, command }) => after !== null && command === name).length;
      const before = new Map(views.map((view) => [view.id, view]));
      const changed = results.flatMap(({ incident, after }) => {
        const old = before.get(incident);
        return after && old ? [{ act: name, before: old, after }] : [];
      });
      settle(client, ...changed.map((one) => one.after));
      /* What was refused stays chosen: something else is to be done with it. */
      unchoose(changed.map((one) => one.after.id));
      const command = words.t(`command.${name}.do`);
      const text = done > 0 ? words.t("bulk.done", { count: done, command }) : words.t("bulk.none-done", { command });
      offerUndo(changed, { text, lines: refusedLines(words, results, before), always: true });
    },
  });
}

/** One line for each reason, with the numbers it holds for. */
function refusedLines(
  words: Words,
  results: readonly BulkResult[],
  before: ReadonlyMap<string, IncidentView>,
): string[] {
  const byReason = Map.groupBy(
    results.filter((one) => one.problem !== null),
    (one) => one.problem?.detail ?? "",
  );
  return [...byReason].map(([why, held]) => {
    const numbers = held.map(({ incident }) => shortNumber(before.get(incident)?.number ?? incident, words.year()));
    return words.t("bulk.refused", { numbers: words.list(numbers), why });
  });
}
