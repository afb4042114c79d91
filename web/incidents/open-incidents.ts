/** The open incidents that this page knows, most pressing first. The first page is shown at once and the others follow; what
 *  the stream names is asked for by itself, so that a storm over a long board costs what has changed and not the whole. */
import type { QueryClient } from "@tanstack/react-query";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { z } from "zod";
import { boardIdsMax, readBoard } from "#contract/incidents.ts";
import type { IncidentView } from "#contract/shapes.ts";
import { call } from "../client.ts";
import { byAttention } from "./arrangement.ts";

export type Board = z.output<typeof readBoard.output>;
export const boardKey = ["board"] as const;

const pageSize = 200;
/** Beyond this a person filters: the list says that it is cut. */
export const boardShownMax = 2_000;

/** As much as is shown already, or the first page. */
export async function readBoardAgain(client: QueryClient, signal: AbortSignal): Promise<Board> {
  const shown = client.getQueryData<Board>(boardKey)?.data.length ?? 0;
  let board = await call(readBoard, { query: { limit: pageSize }, signal });
  while (board.nextCursor !== null && board.data.length < Math.min(shown, boardShownMax)) {
    const next = await call(readBoard, { query: { limit: pageSize, cursor: board.nextCursor }, signal });
    board = { ...withRows(board, next.data, []), counts: next.counts, nextCursor: next.nextCursor };
  }
  return cut(board);
}

/** Rows that came, in place of what was known of them; `asked` that did not come are no longer on the board. */
export function withRows(board: Board, rows: readonly IncidentView[], asked: readonly string[]): Board {
  const known = new Map(board.data.map((one) => [one.id, one]));
  const before = new Map(known);
  for (const id of asked) known.delete(id);
  for (const row of rows) {
    const old = before.get(row.id);
    /* Answers may overtake one another. */
    known.set(row.id, old !== undefined && old.seq > row.seq ? old : row);
  }
  return cut({ ...board, data: [...known.values()].sort(byAttention) });
}

const cut = (board: Board): Board => ({ ...board, truncated: board.counts.open > board.data.length });

/** Reads on, page after page, while a board is shown that is longer than what is known. */
export function useWholeBoard({ nextCursor, data }: Board): void {
  const client = useQueryClient();
  const more = data.length < boardShownMax ? nextCursor : null;
  useEffect(() => {
    if (more === null) return;
    const leaving = new AbortController();
    call(readBoard, { query: { limit: pageSize, cursor: more }, signal: leaving.signal }).then(
      (next) =>
        client.setQueryData<Board>(boardKey, (old) =>
          old?.nextCursor === more
            ? { ...withRows({ ...old, counts: next.counts }, next.data, []), nextCursor: next.nextCursor }
            : old,
        ),
      /* The list says that it is cut; it is read again in a minute. */
      () => {},
    );
    return () => leaving.abort();
  }, [client, more]);
}

let last: Promise<unknown> = Promise.resolve();

/** These have changed: they alone are read, one question after the other. */
export function followRows(client: QueryClient, ids: readonly string[]): Promise<unknown> {
  last = last.then(() => readRows(client, ids)).catch(() => client.invalidateQueries({ queryKey: boardKey }));
  return last;
}

async function readRows(client: QueryClient, ids: readonly string[]): Promise<void> {
  const query = client.getQueryCache().find<Board>({ queryKey: boardKey });
  if (query?.state.data === undefined || ids.length === 0) return;
  /* What is being read may be from before the change. */
  if (query.state.fetchStatus === "fetching") await query.promise?.catch(() => {});
  if (ids.length > boardIdsMax) return client.invalidateQueries({ queryKey: boardKey });
  const { data, counts } = await call(readBoard, { query: { ids: ids.join(","), limit: boardIdsMax } });
  client.setQueryData<Board>(boardKey, (old) => old && withRows({ ...old, counts }, data, ids));
}
