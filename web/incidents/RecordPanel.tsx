/** Record an incident in a few seconds: only the title is asked for, the rest is proposed or comes later. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, type KeyboardEvent, useDeferredValue } from "react";
import { titleMax } from "#contract/shapes.ts";
import { proposePriority } from "#core/incidents/priority.ts";
import type { Impact, Urgency } from "#core/kernel/vocabulary.ts";
import { meQuery } from "../account/queries.ts";
import { servicesQuery } from "../directory/queries.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { CheckField, ChoiceField, SelectField, TextField } from "../ui/fields.tsx";
import { useKept } from "../ui/kept.ts";
import { Modal } from "../ui/Modal.tsx";
import { Fault, Reason } from "../ui/marks.tsx";
import { shortNumber } from "./arrangement.ts";
import { likely } from "./likeness.ts";
import { Priority } from "./Priority.tsx";
import { boardQuery, useRecord } from "./queries.ts";
import { Resumed } from "./Resumed.tsx";
import { useOfferUndo } from "./undo.ts";

/** Three plain words for four levels: "a department" is chosen later by whoever weighs it. */
const impacts = ["4", "3", "1"] as const;
const urgencies = ["1", "2", "3", "4"] as const;

const nothing = { title: "", description: "", service: "", impact: "", urgency: "", exercise: false };

export function RecordPanel({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const { t } = words;
  const navigate = useNavigate();
  const record = useRecord();
  const offerUndo = useOfferUndo();
  const { data: me } = useSuspenseQuery(meQuery());
  const { draft, set: change, forget } = useKept(`${me.id} record`, () => nothing);
  const set = (part: Partial<typeof nothing>) => change((old) => ({ ...old, ...part }));
  const services = useServices();
  const send = () => {
    if (record.isPending || draft.title.trim() === "") return;
    record.mutate(bodyOf(draft, words.language), {
      onSuccess: (view) => {
        forget();
        const text = t("record.done", { number: view.number });
        offerUndo([{ act: "record", before: null, after: view }], { text, always: true });
        void navigate({ to: "/incidents/$number", params: { number: view.number }, search: {} });
      },
    });
  };
  /* By key as by the button: a title that is missing is asked for. */
  const onKey = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.currentTarget.reportValidity()) send();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  return (
    <Modal title={t("record.title")} note={t("record.note")} closeWord={t("ui.close")} onClose={onClose} panel>
      <form onSubmit={submit} onKeyDown={onKey}>
        <div className="body fields">
          <TextField
            label={t("record.what")}
            className="title"
            value={draft.title}
            onChange={(title) => set({ title })}
            maxLength={titleMax}
            required
            first
          />
          <Resumed draft={draft} empty={nothing} onRestart={forget} />
          <Known text={draft.title} />
          <Weight draft={draft} set={set} services={services} />
          <Proposed draft={draft} vital={services.find((one) => one.value === draft.service)?.vital ?? false} />
          <TextField
            label={t("record.more")}
            note={t("ui.optional")}
            value={draft.description}
            onChange={(description) => set({ description })}
            lines
          />
          <CheckField label={t("record.exercise")} value={draft.exercise} onChange={(exercise) => set({ exercise })} />
        </div>
        <div className="foot">
          <button className="btn primary" type="submit" aria-disabled={draft.title.trim() === "" || record.isPending}>
            {t("record.send")} <kbd>Ctrl ↵</kbd>
          </button>
          <Calls />
          {record.error && <Fault>{failureSentence(words, record.error)}</Fault>}
        </div>
      </form>
    </Modal>
  );
}

type WeightProps = {
  draft: typeof nothing;
  set: (part: Partial<typeof nothing>) => void;
  services: ReturnType<typeof useServices>;
};

function Weight({ draft, set, services }: WeightProps) {
  const { t } = useWords();
  return (
    <>
      <div className="two">
        <SelectField
          label={t("record.service")}
          note={t("ui.optional")}
          value={draft.service}
          onChange={(service) => set({ service })}
          options={services}
          empty={t("record.service.unknown")}
        />
        <SelectField
          label={t("record.urgency")}
          note={t("ui.optional")}
          value={draft.urgency}
          onChange={(urgency) => set({ urgency })}
          options={urgencies.map((value) => ({ value, label: t(`record.urgency.${value}`) }))}
          empty={t("record.unsure")}
        />
      </div>
      <ChoiceField
        legend={t("record.who")}
        value={draft.impact}
        onChange={(impact) => set({ impact })}
        options={[
          ...impacts.map((value) => ({ value, label: t(`record.impact.${value}`) })),
          { value: "", label: t("record.unsure") },
        ]}
      />
    </>
  );
}

function bodyOf(draft: typeof nothing, language: "fr" | "en") {
  return {
    title: draft.title.trim(),
    language,
    ...(draft.description.trim() && { description: draft.description.trim() }),
    ...(draft.service && { service: draft.service }),
    ...(draft.impact && { impact: Number(draft.impact) as Impact }),
    ...(draft.urgency && { urgency: Number(draft.urgency) as Urgency }),
    ...(draft.exercise && { exercise: true }),
  };
}

function useServices() {
  const { language } = useWords();
  const { data } = useQuery(servicesQuery());
  return (data?.data ?? [])
    .map((one) => ({ value: one.id, label: language === "fr" ? one.nameFr : one.nameEn, vital: one.vital.length > 0 }))
    .sort((a, b) => a.label.localeCompare(b.label, language));
}

/** Said before it happens: with a level, recording also registers; below, it is a report that somebody will read. */
function Calls() {
  const { t } = useWords();
  const { data: me } = useSuspenseQuery(meQuery());
  return <p className="hint">{t(me.level === null ? "record.as-report" : "record.as-registered")}</p>;
}

function Proposed({ draft: { impact, urgency }, vital }: { draft: typeof nothing; vital: boolean }) {
  const words = useWords();
  const { t } = words;
  const proposed = proposePriority({
    impact: impact === "" ? undefined : (Number(impact) as Impact),
    urgency: urgency === "" ? undefined : (Number(urgency) as Urgency),
    vital,
  });
  return (
    <section className="proposed" aria-labelledby="proposed">
      <h3 className="lab" id="proposed">
        {t("record.proposed")} <small>{t("record.proposed.note")}</small>
      </h3>
      <p>
        <Priority view={proposed} list />
        <Reason label={t("ui.reason")}>
          {words.list(proposed.reasons.map((code) => words.find(`reason.priority.${code}`) ?? code))}
        </Reason>
      </p>
    </section>
  );
}

/** Probably known already: open incidents that share the words typed so far. */
function Known({ text }: { text: string }) {
  const words = useWords();
  const { t } = words;
  const { data } = useQuery(boardQuery());
  const typed = useDeferredValue(text);
  const services = useQuery(servicesQuery()).data?.data;
  const namesOf = (id: string): string[] => {
    const found = services?.find((one) => one.id === id);
    return found ? [found.nameFr, found.nameEn] : [];
  };
  const alike = likely(data?.data ?? [], typed, namesOf);
  if (alike.length === 0) return null;
  return (
    <section className="dups" aria-labelledby="dups">
      <h3 id="dups">{t("record.known")}</h3>
      {alike.map(({ view, shared }) => (
        <article key={view.id} className="dup">
          <p lang={view.language}>
            <strong>{view.title}</strong>
          </p>
          <p className="meta">
            <Priority view={view} list />
            <span className="id">{shortNumber(view.number, words.year())}</span>
            <span>{t(`stage.${view.stage}`)}</span>
          </p>
          <Reason label={t("ui.reason")}>
            {t("record.shared", { count: shared.length, words: shared.join(", ") })}
          </Reason>
          <Link className="btn s" to="/incidents/$number" params={{ number: view.number }}>
            {t("record.see")}
            <span className="vh"> {view.number}</span>
          </Link>
        </article>
      ))}
    </section>
  );
}
