/** What can be done with the incidents that are chosen. It stands at the foot of the list while there are some. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { lazy, Suspense, useId, useLayoutEffect, useRef, useState } from "react";
import { bulkMax } from "#contract/bulk.ts";
import type { IncidentView } from "#contract/shapes.ts";
import { whyNot } from "#core/incidents/decide.ts";
import type { Actor } from "#core/kernel/vocabulary.ts";
import { meQuery } from "../account/queries.ts";
import { failureSentence, refusalSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";
import { type CopyForm, copyForms, spelled } from "../ui/copied.ts";
import { Fault } from "../ui/marks.tsx";
import { useOneAtATime } from "../ui/one-at-a-time.ts";
import { toast } from "../ui/toast.tsx";
import { type BulkCommand, bulkCommands, isImmediate, isLow, useBulk } from "./bulk.ts";
import { copiedIncident } from "./copied-incident.ts";
import { chooseNone, useAllChosen } from "./selection.ts";
import { actorFromMe, stateFromView } from "./state-from-view.ts";
import "./bulk-bar.css";

const BulkDialog = lazy(() => import("./BulkDialog.tsx").then((m) => ({ default: m.BulkDialog })));

/** Only what is shown is acted on: what a filter hides is not chosen any more. */
export function BulkBar({ shown }: { shown: readonly IncidentView[] }) {
  const words = useWords();
  const { t } = words;
  const { data: me } = useSuspenseQuery(meQuery());
  const chosen = useAllChosen();
  const act = useBulk();
  const [asking, setAsking] = useState<BulkCommand | null>(null);
  const once = useOneAtATime();
  if (chosen.size === 0) return null;
  const views = shown.filter((view) => chosen.has(view.id));
  if (views.length === 0) return null;
  const press = (name: BulkCommand) => {
    const asks = name === "close" && views.some((view) => isLow(view) && view.missing.length > 0);
    if (isImmediate(name) && !asks) once(() => act.mutateAsync({ name, views, body: {} }));
    else setAsking(name);
  };
  return (
    <section className="bulk" aria-label={t("bulk.title")}>
      <p className="count">
        <strong>{t("bulk.count", { count: views.length })}</strong>
        <button className="link" type="button" onClick={chooseNone}>
          {t("bulk.clear")}
        </button>
      </p>
      <div className="tools">
        <div className="acts">
          {bulkCommands.map((name) => (
            <BulkButton
              key={name}
              name={name}
              views={views}
              actor={actorFromMe(me)}
              busy={act.isPending && act.variables.name === name}
              onPress={() => press(name)}
            />
          ))}
        </div>
        <Copy views={views} />
      </div>
      {act.error && <Fault>{failureSentence(words, act.error)}</Fault>}
      {asking && (
        <Suspense fallback={null}>
          <BulkDialog name={asking} views={views} onClose={() => setAsking(null)} />
        </Suspense>
      )}
      {/* Last: what was opened over the page has given the focus back to the bar by then. */}
      <FocusBack />
    </section>
  );
}

/** The bar goes away with its last incident: a keyboard that was in it goes on in the list, not at the top of the page. */
function FocusBack() {
  const mark = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const bar = mark.current?.parentElement;
    return () => {
      if (!bar?.contains(document.activeElement)) return;
      const row = document.querySelector<HTMLElement>("a[data-row]") ?? document.getElementById("content");
      row?.focus({ preventScroll: true });
    };
  }, []);
  return <span ref={mark} hidden />;
}

type ButtonProps = {
  name: BulkCommand;
  views: readonly IncidentView[];
  actor: Actor;
  busy: boolean;
  onPress: () => void;
};

/** Disabled, with the reason, when none of them may be done; with how many, when some may. */
function BulkButton({ name, views, actor, busy, onPress }: ButtonProps) {
  const words = useWords();
  const { t } = words;
  const id = useId();
  /* What is too many is not weighed one by one. */
  const weighed = views.length > bulkMax ? [] : views;
  const refusals = weighed.flatMap((view) => {
    const refusal = whyNot(stateFromView(view), name, actor);
    return refusal === null || (isLow(view) && refusal.refused === "milestones-missing") ? [] : refusal;
  });
  const may = views.length - refusals.length;
  const [first] = refusals;
  const why =
    views.length > bulkMax
      ? t("bulk.too-many", { max: bulkMax })
      : may === 0 && first
        ? refusalSentence(words, first)
        : undefined;
  const word = t(`bulk.${name}.do`);
  return (
    <>
      <button
        className="btn s"
        type="button"
        aria-disabled={why !== undefined || busy}
        aria-busy={busy || undefined}
        aria-describedby={why ? id : undefined}
        title={why}
        onClick={() => (why === undefined ? onPress() : toast({ text: why, closeWord: t("ui.close"), seconds: 8 }))}
      >
        {may > 0 && may < views.length ? t("bulk.some", { word, may, count: views.length }) : word}
      </button>
      {why && (
        <span className="vh" id={id}>
          {why}
        </span>
      )}
    </>
  );
}

function Copy({ views }: { views: readonly IncidentView[] }) {
  const words = useWords();
  const { t } = words;
  const [done, setDone] = useState<string | null>(null);
  const copy = async (form: CopyForm) => {
    const text = views.map((view) => spelled(copiedIncident(words, view), form, location.origin)).join("\n");
    await navigator.clipboard.writeText(text);
    setDone(form);
    announce(t("copy.done"));
  };
  return (
    <p className="copy">
      <span>{t("bulk.copy")}</span>
      {copyForms.map((form) => (
        <button key={form} className="link" type="button" onClick={() => void copy(form)}>
          {done === form ? t("copy.done") : t(`bulk.copy.${form}`)}
        </button>
      ))}
    </p>
  );
}
