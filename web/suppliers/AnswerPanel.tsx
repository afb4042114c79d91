/** What a supplier says by telephone or by their own mail, written down by somebody of the desk. */
import type { IncidentView } from "#contract/shapes.ts";
import type { SupplierTelling } from "#core/kernel/supplier-words.ts";
import { useKeptMine } from "../account/kept-mine.ts";
import { errorAt, FormPanel } from "../directory/FormPanel.tsx";
import { useWords } from "../language/words.tsx";
import { ChoiceField, TextField } from "../ui/fields.tsx";
import { type EngagementView, useAnswered } from "./queries.ts";
import { useSupplierWords } from "./words.ts";

type Draft = { readonly became: string; readonly ticket: string; readonly text: string };

const possible: Readonly<Record<string, readonly SupplierTelling[]>> = {
  asked: ["acknowledged", "working", "restored", "declined"],
  acknowledged: ["working", "restored", "declined"],
  working: ["restored", "declined"],
  restored: ["working"],
};

export function AnswerPanel({ view, one, onClose }: { view: IncidentView; one: EngagementView; onClose: () => void }) {
  const { t } = useWords();
  const { t: say } = useSupplierWords();
  const tellings = possible[one.status] ?? [];
  const { draft, set, forget } = useKeptMine<Draft>(`supplier ${view.number} ${one.number} ${one.status}`, () => ({
    became: "",
    ticket: one.ticket ?? "",
    text: "",
  }));
  const put = (part: Partial<Draft>) => set((old) => ({ ...old, ...part }));
  const became = tellings.find((telling) => telling === draft.became) ?? tellings[0] ?? "acknowledged";
  const act = useAnswered(view);
  return (
    <FormPanel
      title={say("answer.title", { name: one.name })}
      note={say("answer.note")}
      word={say("answer.send")}
      act={act}
      body={() => ({
        ...{ engagement: one.number, became },
        ticket: draft.ticket.trim() || null,
        text: draft.text.trim() || null,
      })}
      onClose={onClose}
      forget={forget}
    >
      <ChoiceField
        legend={say("answer.became")}
        value={became}
        onChange={(value) => put({ became: value })}
        options={tellings.map((value) => ({ value, label: say(`became.${value}`) }))}
      />
      <TextField
        label={say("ticket")}
        note={t("ui.optional")}
        value={draft.ticket}
        onChange={(ticket) => put({ ticket })}
        maxLength={80}
        error={errorAt(act.error, "/ticket")}
      />
      <TextField
        label={say("answer.text")}
        note={t("ui.optional")}
        value={draft.text}
        onChange={(text) => put({ text })}
        maxLength={2_000}
        error={errorAt(act.error, "/text")}
        lines
      />
    </FormPanel>
  );
}
