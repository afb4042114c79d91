/** Write into the record without leaving it. What is sent shows at once: it calls nobody. */
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useRef } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import type { TimelineEntry } from "#contract/timeline-entry.ts";
import { whyNot } from "#core/incidents/decide.ts";
import type { Refusal } from "#core/kernel/refusal.ts";
import { meQuery } from "../account/queries.ts";
import { failureSentence, refusalSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";
import { useKept } from "../ui/kept.ts";
import { Fault } from "../ui/marks.tsx";
import { now } from "../ui/now.ts";
import { useShortcuts } from "../ui/shortcuts.ts";
import { sayWhyNot } from "../ui/why-not.ts";
import { timelineQuery, useCommand } from "./queries.ts";
import { actorFromMe, stateFromView } from "./state-from-view.ts";

const kinds = ["add-observation", "decide", "record-cause"] as const;
type Kind = (typeof kinds)[number];
type Draft = { readonly kind: Kind; readonly text: string };
const types: Readonly<Record<Kind, string>> = {
  "add-observation": "observation.noted",
  decide: "decision.made",
  "record-cause": "cause.recorded",
};

export function Composer({ view }: { view: IncidentView }) {
  const words = useWords();
  const { t } = words;
  const { data: me } = useSuspenseQuery(meQuery());
  const client = useQueryClient();
  const act = useCommand(view);
  const field = useRef<HTMLTextAreaElement>(null);
  const { draft, set } = useKept<Draft>(`${me.id} composer ${view.id}`, () => ({ kind: "add-observation", text: "" }));
  const { kind, text } = draft;
  const setKind = (name: Kind) => set((old) => ({ ...old, kind: name }));
  const setText = (typed: string) => set((old) => ({ ...old, text: typed }));
  const why = (name: Kind) => whyNot(stateFromView(view), name, actorFromMe(me));
  const write = (name: Kind) => {
    const refusal = why(name);
    if (refusal) return sayWhyNot(words, refusalSentence(words, refusal));
    setKind(name);
    field.current?.focus();
  };
  useShortcuts({ o: () => write("add-observation"), d: () => write("decide") });
  const send = () => {
    const said = text.trim();
    if (said === "" || act.isPending) return;
    const key = timelineQuery(view.number).queryKey;
    const before = client.getQueryData(key);
    client.setQueryData(key, (old) => old && { ...old, data: [...old.data, unsent(old.data, types[kind], said, me)] });
    setText("");
    /* Not by callbacks of the mutation: they are dropped when somebody has gone to another page meanwhile. */
    act.mutateAsync({ name: kind, body: { text: said } }).then(
      () => announce(t("composer.done")),
      () => {
        client.setQueryData(key, before);
        set((old) => (old.text === "" ? { kind, text: said } : { ...old, text: `${said}\n${old.text}` }));
      },
    );
  };
  return (
    <form
      className="composer"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        send();
      }}
    >
      <KindRow kind={kind} setKind={setKind} why={why} />
      <label>
        <span className="vh">{t(`command.${kind}.do`)}</span>
        <textarea
          ref={field}
          value={text}
          placeholder={t(`composer.${kind}.hint`)}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
            if (event.key === "Escape") event.currentTarget.blur();
          }}
        />
      </label>
      <div className="row2">
        {act.error ? (
          <Fault>{failureSentence(words, act.error)}</Fault>
        ) : (
          <span className="muted">{t("composer.note")}</span>
        )}
        <button className="btn s push" type="submit" aria-disabled={text.trim() === ""}>
          {t("composer.send")} <kbd>Ctrl ↵</kbd>
        </button>
      </div>
    </form>
  );
}

type KindRowProps = { kind: Kind; setKind: (kind: Kind) => void; why: (name: Kind) => Refusal | null };

function KindRow({ kind, setKind, why }: KindRowProps) {
  const words = useWords();
  const id = useId();
  const { t } = words;
  return (
    <div className="row1">
      {/* biome-ignore lint/a11y/useSemanticElements: three buttons, not fields of the form */}
      <span className="seg" role="group" aria-label={t("composer.kind")}>
        {kinds.map((name) => {
          const refusal = why(name);
          const text = refusal ? refusalSentence(words, refusal) : undefined;
          return (
            <button
              key={name}
              type="button"
              aria-pressed={kind === name}
              aria-disabled={refusal !== null}
              aria-describedby={text && `${id}-${name}`}
              title={text}
              onClick={() => (text === undefined ? setKind(name) : sayWhyNot(words, text))}
            >
              {t(`composer.${name}`)}
              {text && (
                <span className="vh" id={`${id}-${name}`} aria-hidden="true">
                  {text}
                </span>
              )}
            </button>
          );
        })}
      </span>
      <span className="push muted keyhint" aria-hidden="true">
        <kbd>O</kbd> {t("composer.add-observation")} <kbd>D</kbd> {t("composer.decide")}
      </span>
    </div>
  );
}

function unsent(
  entries: readonly TimelineEntry[],
  type: string,
  text: string,
  me: { id: string; name: string; level: number | null },
): TimelineEntry {
  const at = new Date(now()).toISOString();
  return {
    seq: (entries.at(-1)?.seq ?? 0) + 1,
    type,
    at,
    recordedAt: at,
    actor: { kind: "person", id: me.id, name: me.name, via: "session" },
    level: me.level,
    role: null,
    derogation: null,
    reason: null,
    cause: { kind: "request" },
    data: { text, options: [] },
    hash: "",
  };
}
