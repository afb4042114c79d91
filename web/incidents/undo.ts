/** Offers to take back what has just been done, as far as the core says that it can be. */
import { type QueryClient, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { type ReactNode, useRef } from "react";
import { actInBulk, type BulkAct } from "#contract/bulk.ts";
import type { IncidentView } from "#contract/shapes.ts";
import { whyNot } from "#core/incidents/decide.ts";
import {
  type About,
  type Lasting,
  type Snapshot,
  type UndoableAct,
  undoing,
  undoSeconds,
} from "#core/incidents/undoing.ts";
import type { Actor } from "#core/kernel/vocabulary.ts";
import { meQuery } from "../account/queries.ts";
import { call } from "../client.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords, type Words } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";
import { toast } from "../ui/toast.tsx";
import { settle } from "./settling.ts";
import { actorFromMe, stateFromView } from "./state-from-view.ts";

export type Done = {
  readonly act: UndoableAct;
  /** Null for what has just been recorded, or was not known. */
  readonly before: IncidentView | null;
  readonly after: IncidentView;
  readonly about?: About;
};

const snapshot = (view: IncidentView): Snapshot => ({
  incident: stateFromView(view),
  calling: view.paging.status === "running",
  openAlerts: view.alerts.open,
});

/** The inverse of each act that has one and that this person may do; why the others last. */
export function inversesOf(done: readonly Done[], actor: Actor, reasonOf: (act: UndoableAct) => string) {
  const acts: BulkAct[] = [];
  const lasting: Lasting[] = [];
  for (const { act, before, after, about } of done) {
    const way = undoing(act, before && snapshot(before), snapshot(after), about);
    if ("lasts" in way) lasting.push(way.lasts);
    else if (whyNot(stateFromView(after), way.by.name, actor) !== null) lasting.push("no-inverse");
    else {
      const body = { ...way.by.input, reason: reasonOf(act) };
      /* Whatever has happened since stands: then it is not undone, and that is said. */
      acts.push({ incident: after.id, command: way.by.name, body, ifSeq: after.seq } as BulkAct);
    }
  }
  return { acts, lasting };
}

type Offered = {
  readonly text: string;
  readonly lines?: readonly ReactNode[];
  readonly link?: ReactNode;
  /** What was done is said even where nothing of it can be undone. */
  readonly always?: boolean;
  /** What else ends when it is taken back. */
  readonly onUndo?: () => void;
};

export function useOfferUndo() {
  const words = useWords();
  const client = useQueryClient();
  const { data: me } = useSuspenseQuery(meQuery());
  const undone = useRef(false);
  return (done: readonly Done[], { text, lines = [], link, always = false, onUndo }: Offered): void => {
    const { t } = words;
    undone.current = false;
    const { acts, lasting } = inversesOf(done, actorFromMe(me), (act) =>
      t("undo.because", { act: act === "record" ? t("undo.record") : t(`command.${act}.do`) }),
    );
    if (acts.length === 0 && lines.length === 0 && !always) return announce(text);
    const why = lasting[0];
    const last =
      why === undefined || acts.length === 0 ? [] : [t("undo.lasts", { count: lasting.length, why: t(`undo.${why}`) })];
    const run = () => {
      if (undone.current) return;
      undone.current = true;
      onUndo?.();
      void undo(words, client, acts);
    };
    toast({
      text,
      lines: [...lines, ...last],
      link,
      ...(acts.length > 0 ? { act: { word: t("undo.do"), run } } : {}),
      closeWord: t("ui.close"),
      seconds: undoSeconds,
    });
  };
}

async function undo(words: Words, client: QueryClient, acts: readonly BulkAct[]): Promise<void> {
  const { t } = words;
  const say = (text: string, lines: readonly string[]) =>
    toast({ text, lines, closeWord: t("ui.close"), seconds: undoSeconds });
  try {
    const { results, done } = await call(actInBulk, { body: { acts: [...acts] } });
    const lines = results.flatMap((one) => (one.problem ? [one.problem.detail] : []));
    /* Shown before it is said: whoever hears it may act on it. */
    settle(client, ...results.flatMap((one) => one.after ?? []));
    say(done > 0 ? t("undo.done", { count: done }) : t("undo.not-done"), [...new Set(lines)]);
  } catch (error) {
    say(t("undo.not-done"), [failureSentence(words, error)]);
  }
}
