/** Calling on a supplier, beside the incident: whom, what is asked, and whether the first of theirs is written to. */
import { useQuery } from "@tanstack/react-query";
import type { IncidentView } from "#contract/shapes.ts";
import { useKeptMine } from "../account/kept-mine.ts";
import { errorAt, FormPanel } from "../directory/FormPanel.tsx";
import { useWords } from "../language/words.tsx";
import { ChoiceField, SelectField, TextField } from "../ui/fields.tsx";
import { toast } from "../ui/toast.tsx";
import { type Calling, type SupplierView, suppliersQuery, useCallOn } from "./queries.ts";
import { useSupplierWords } from "./words.ts";

type Draft = { readonly supplier: string; readonly text: string; readonly context: string; readonly how: string };

const bodyOf = ({ supplier, text, context, how }: Draft): Calling => ({
  supplier,
  text: text.trim(),
  context: context.trim() || null,
  how: how === "letter" || how === "phone" ? how : null,
});

/** The ways in which the first of theirs can be reached, the best first. */
const waysOf = ({ contacts: [first] }: SupplierView): string[] => [
  ...(first?.email ? ["letter"] : []),
  ...(first?.phone ? ["phone"] : []),
  "none",
];

export function CallPanel({ view, onClose }: { view: IncidentView; onClose: () => void }) {
  const words = useWords();
  const { t: say } = useSupplierWords();
  const suppliers = (useQuery(suppliersQuery()).data?.data ?? []).filter(({ retired }) => !retired);
  const holding = suppliers.filter(({ services }) => view.service !== null && services.includes(view.service.id));
  const { draft, set, forget } = useKeptMine<Draft>(`supplier ${view.number}`, () => ({
    ...{ supplier: "", text: "", context: "", how: "" },
  }));
  const put = (part: Partial<Draft>) => set((old) => ({ ...old, ...part }));
  const chosen = suppliers.find(({ id }) => id === draft.supplier) ?? holding[0];
  const ways = chosen ? waysOf(chosen) : [];
  const how = ways.includes(draft.how) ? draft.how : (ways[0] ?? "none");
  const act = useCallOn(view);
  const [first] = chosen?.contacts ?? [];
  return (
    <FormPanel
      title={say("call.title")}
      note={say("call.note")}
      word={say("call.send")}
      act={act}
      body={() => (chosen ? bodyOf({ ...draft, supplier: chosen.id, how }) : null)}
      onClose={onClose}
      forget={forget}
      onDone={() => {
        toast({ text: say("call.done", { name: chosen?.name }), closeWord: words.t("ui.close"), seconds: 8 });
      }}
    >
      {suppliers.length === 0 && <p className="hint">{say("call.nobody")}</p>}
      <SelectField
        label={say("call.whom")}
        value={chosen?.id ?? ""}
        onChange={(supplier) => put({ supplier })}
        {...(chosen ? {} : { empty: "" })}
        options={[
          ...holding.map(({ id, name }) => ({
            ...{ value: id, label: name },
            group: say("call.suggested", { service: view.service?.name }),
          })),
          ...suppliers
            .filter((one) => !holding.includes(one))
            .map(({ id, name }) => ({ value: id, label: name, group: say("call.others") })),
        ]}
        required
        first
        error={errorAt(act.error, "/supplier")}
      />
      <What draft={draft} put={put} error={act.error} />
      {first && <How first={first} ways={ways} value={how} onChange={(value) => put({ how: value })} />}
    </FormPanel>
  );
}

type WhatProps = { draft: Draft; put: (part: Partial<Draft>) => void; error: unknown };

function What({ draft, put, error }: WhatProps) {
  const words = useWords();
  const { t: say } = useSupplierWords();
  return (
    <>
      <TextField
        label={say("call.text")}
        hint={say("call.text.hint")}
        value={draft.text}
        onChange={(text) => put({ text })}
        maxLength={1_000}
        error={errorAt(error, "/text")}
        lines
        required
      />
      <TextField
        label={say("call.context")}
        note={words.t("ui.optional")}
        value={draft.context}
        onChange={(context) => put({ context })}
        maxLength={2_000}
        error={errorAt(error, "/context")}
        lines
      />
    </>
  );
}

type HowProps = {
  first: SupplierView["contacts"][number];
  ways: readonly string[];
  value: string;
  onChange: (how: string) => void;
};

function How({ first: { name, phone }, ways, value, onChange }: HowProps) {
  const { t: say } = useSupplierWords();
  const wordOf = (way: string): string =>
    way === "none"
      ? say("call.how.none")
      : say(way === "letter" ? "call.how.letter" : "call.how.phone", { name, phone });
  return (
    <ChoiceField
      legend={say("call.how")}
      value={value}
      onChange={onChange}
      options={ways.map((way) => ({ value: way, label: wordOf(way) }))}
    />
  );
}
