/** Asking somebody outside, beside the incident: what, of whom, and for how long. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { askedKinds } from "#contract/contributors.ts";
import type { IncidentView } from "#contract/shapes.ts";
import { type Language, languageOfLocale } from "#core/kernel/vocabulary.ts";
import { contributor } from "#languages/contributor.ts";
import { createMessages } from "#languages/messages.ts";
import { useKeptMine } from "../account/kept-mine.ts";
import { errorAt, FormPanel } from "../directory/FormPanel.tsx";
import { peopleQuery } from "../directory/queries.ts";
import { Meanwhile } from "../incidents/Meanwhile.tsx";
import { useWords } from "../language/words.tsx";
import { CheckField, ChoiceField, SelectField, TextField } from "../ui/fields.tsx";
import { toast } from "../ui/toast.tsx";
import { type Ask, type ContributionView, useAsk } from "./queries.ts";
import { type Say, useContributorWords } from "./words.ts";

type AskedKind = (typeof askedKinds)[number];

/** Somebody of a supplier, asked one thing more. */
export type OfSupplier = {
  readonly engagement: number;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
};

/** What is asked already where it was opened: of whom, in their language. */
export type Asked = { readonly kind: AskedKind; readonly person?: string; readonly language?: Language };

type Draft = {
  readonly kind: AskedKind;
  readonly text: string;
  readonly choices: string;
  readonly context: string;
  readonly person: string;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  readonly hours: string;
  /** How often, and after how many hours. */
  readonly reminders: string;
  readonly forwardable: boolean;
};

const lasting = ["24", "72", "168", "336"];
const reminding = ["0", "1/4", "1/8", "2/8", "3/24"];

type From = Pick<Props, "like" | "of" | "asked">;

function draftOf({ like, of, asked }: From, reader: Language): Draft {
  const fresh = { hours: "72", reminders: "1/8" };
  if (like === null) {
    const { kind = "question", person = "", language = of?.language ?? reader } = asked ?? {};
    const whom = { person, name: of?.name ?? "", email: of?.email ?? "", language };
    const text = kind === "working" ? startIn(language) : "";
    return { kind, text, choices: "", context: "", ...whom, ...fresh, forwardable: Boolean(of) };
  }
  const { text, choices, context, to, forwardable } = like;
  const kind = like.kind === "ticket" ? "question" : like.kind;
  const known = to.id === null ? { name: to.name, email: to.email } : { name: "", email: "" };
  return {
    ...{ kind, text, context: context ?? "", forwardable, language: to.language, ...fresh },
    choices: kind === "question" ? choices.join("\n") : "",
    ...{ person: to.id ?? "", ...known },
  };
}

function bodyOf(draft: Draft, engagement: number | null): Ask {
  const { kind, text, context, person, name, email, language, forwardable } = draft;
  const [reminders = 0, hours = 8] = draft.reminders.split("/").map(Number);
  const choices = draft.choices
    .split("\n")
    .map((one) => one.trim())
    .filter(Boolean);
  return {
    kind,
    ...(engagement !== null && { engagement }),
    text: text.trim(),
    context: context.trim() || null,
    choices: kind === "question" ? choices : [],
    ...(person ? { person } : { name: name.trim(), email: email.trim(), language }),
    hours: Number(draft.hours),
    forwardable,
    reminders,
    remindEveryHours: hours,
  };
}

type Props = {
  view: IncidentView;
  like: ContributionView | null;
  of?: OfSupplier | null;
  asked?: Asked;
  onClose: () => void;
};

/** As it is said to them, whatever the reader's language is. */
const startIn = (language: Language): string => createMessages(language, contributor).t("text.working.start");
const isStart = (text: string): boolean => text === startIn("fr") || text === startIn("en");

export function AskPanel({ view, like, of = null, asked, onClose }: Props) {
  const words = useWords();
  const { t: say } = useContributorWords();
  const about = asked ? `${asked.kind} ${asked.person ?? ""}` : `${like?.number ?? ""} ${of?.engagement ?? ""}`;
  const kept = useKeptMine<Draft>(`contributor ${view.number} ${about}`, () =>
    draftOf({ like, of, ...(asked && { asked }) }, words.language),
  );
  const { draft, set, forget } = kept;
  const put = (part: Partial<Draft>) => set((old) => ({ ...old, ...part }));
  const act = useAsk(view);
  return (
    <FormPanel
      title={say("ask.title")}
      note={say("ask.note")}
      word={say("ask.send")}
      act={act}
      body={() => bodyOf(draft, of?.engagement ?? like?.engagement ?? null)}
      onClose={onClose}
      forget={forget}
      onDone={({ data }) => {
        toast({ text: say("ask.sent", { name: data[0]?.to.name }), closeWord: words.t("ui.close"), seconds: 8 });
      }}
    >
      <Relapsed view={view} draft={draft} say={say} />
      <What draft={draft} put={put} error={act.error} say={say} />
      <Whom draft={draft} put={put} error={act.error} say={say} />
      <HowLong draft={draft} put={put} say={say} />
    </FormPanel>
  );
}

/** Whether it works again is no question once it is down again; what was written is still there. */
function Relapsed({ view, draft, say }: { view: IncidentView; draft: Draft; say: Say }) {
  const up = view.milestones.restored !== undefined;
  const [began] = useState({ seq: view.seq, up });
  if (draft.kind !== "working" || !began.up || up) return null;
  return <Meanwhile view={view} since={began.seq} why={say("ask.relapsed")} texts={draft.text} />;
}

type Fields = { draft: Draft; put: (part: Partial<Draft>) => void; error?: unknown; say: Say };

function What({ draft, put, error, say }: Fields) {
  const { t } = useWords();
  const { kind, text, language } = draft;
  const choose = (next: AskedKind) => {
    if (next === "working" && text.trim() === "") return put({ kind: next, text: startIn(language) });
    put({ kind: next, ...(isStart(text) && { text: "" }) });
  };
  return (
    <>
      <ChoiceField
        legend={say("kind")}
        value={kind}
        onChange={(value) => choose(value as AskedKind)}
        options={askedKinds.map((value) => ({ value, label: say(`kind.${value}`) }))}
      />
      <TextField
        label={say(`text.${kind}`)}
        hint={say("text.hint")}
        value={text}
        onChange={(value) => put({ text: value })}
        error={errorAt(error, "/text")}
        maxLength={1_000}
        lines
        required
        first
      />
      {kind === "question" && (
        <TextField
          label={say("choices")}
          note={t("ui.optional")}
          hint={say("choices.hint")}
          value={draft.choices}
          onChange={(choices) => put({ choices })}
          error={errorAt(error, "/choices")}
          lines
        />
      )}
      <TextField
        label={say("context")}
        note={t("ui.optional")}
        hint={say("context.hint")}
        value={draft.context}
        onChange={(context) => put({ context })}
        error={errorAt(error, "/context")}
        maxLength={2_000}
        lines
      />
    </>
  );
}

function Whom({ draft, put, error, say }: Fields) {
  const people = (useQuery(peopleQuery()).data?.data ?? []).filter(({ active }) => active);
  const choose = (language: Language) => put({ language, ...(isStart(draft.text) && { text: startIn(language) }) });
  const ask = (person: string) => {
    const theirs = people.find(({ id }) => id === person)?.language;
    put({ person, ...(theirs && isStart(draft.text) && { text: startIn(languageOfLocale(theirs)) }) });
  };
  return (
    <>
      <SelectField
        label={say("to")}
        value={draft.person}
        onChange={ask}
        empty={say("to.outside")}
        options={people.map(({ id, name }) => ({ value: id, label: name }))}
        error={errorAt(error, "/person")}
      />
      {draft.person === "" && (
        <>
          <TextField
            label={say("name")}
            value={draft.name}
            onChange={(name) => put({ name })}
            error={errorAt(error, "/name")}
            maxLength={100}
            required
          />
          <TextField
            label={say("email")}
            type="email"
            value={draft.email}
            onChange={(email) => put({ email })}
            error={errorAt(error, "/email")}
            maxLength={200}
            required
          />
          <ChoiceField
            legend={say("language")}
            value={draft.language}
            onChange={(value) => choose(value as Language)}
            options={(["fr", "en"] as const).map((value) => ({ value, label: say(`language.${value}`) }))}
          />
        </>
      )}
    </>
  );
}

function HowLong({ draft, put, say }: Fields) {
  const often = (value: string): string => {
    const [count = 0, hours = 0] = value.split("/").map(Number);
    return count === 0 ? say("reminders.none") : say("reminders.value", { count, hours });
  };
  return (
    <>
      <div className="two">
        <SelectField
          label={say("hours")}
          value={draft.hours}
          onChange={(hours) => put({ hours })}
          options={lasting.map((value) => ({ value, label: say("hours.value", { hours: value }) }))}
        />
        <SelectField
          label={say("reminders")}
          value={draft.reminders}
          onChange={(reminders) => put({ reminders })}
          options={reminding.map((value) => ({ value, label: often(value) }))}
        />
      </div>
      <CheckField
        label={say("forwardable")}
        value={draft.forwardable}
        onChange={(forwardable) => put({ forwardable })}
      />
    </>
  );
}
