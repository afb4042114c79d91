/** A call to the reader is said at once, on whichever page they are: once for each time that an incident begins to wait for
 *  them. What waited already when they came is on the page that they opened. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { Me } from "#contract/account.ts";
import type { IncidentView } from "#contract/shapes.ts";
import { useWords, type Words } from "../language/words.tsx";
import { announceNow } from "../ui/announce.tsx";
import { shortNumber } from "./arrangement.ts";
import { boardQuery } from "./queries.ts";
import { workOf } from "./work.ts";

export function CallVoice({ me }: { me: Me }) {
  const words = useWords();
  const { data: board } = useQuery(boardQuery());
  const before = useRef<ReadonlySet<string>>(null);
  useEffect(() => {
    if (board === undefined) return;
    const calls = board.data.filter((view) => workOf(view, me) === "asked");
    const known = before.current;
    before.current = new Set(calls.map(({ id }) => id));
    if (known === null) return;
    const fresh = calls.filter(({ id }) => !known.has(id));
    if (fresh.length > 0) announceNow(fresh.map((view) => callSentence(words, view, me)).join(" "));
  }, [board, me, words]);
  return null;
}

function callSentence({ t, year }: Words, view: IncidentView, me: Me): string {
  const called = view.paging.called.some((one) => one.id === me.id);
  const values = { number: shortNumber(view.number, year()), title: view.title };
  return called ? t("call.new", values) : t("call.new.assigned", values);
}
