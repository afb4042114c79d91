/** What the signed-in person has begun to write: another who signs in on the same page finds nothing of it. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { type Kept, useKept } from "../ui/kept.ts";
import { meQuery } from "./queries.ts";

export function useKeptMine<Draft>(name: string, start: () => Draft): Kept<Draft> {
  const { data: me } = useSuspenseQuery(meQuery());
  return useKept(`${me.id} ${name}`, start);
}
