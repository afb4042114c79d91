/** Fields about what the categories of an incident ask: which question, item or criterion, and the answer in its own form. */
import { useQuery } from "@tanstack/react-query";
import type { IncidentView } from "#contract/shapes.ts";
import { useWords } from "../language/words.tsx";
import { ChoiceField, SelectField, TextField } from "../ui/fields.tsx";
import type { Draft } from "./command-forms.ts";
import { processQuery } from "./queries.ts";
import { zonedInstant } from "./zoned-instant.ts";

type Props = {
  view: IncidentView;
  label: string;
  draft: Draft;
  set: (part: Draft) => void;
  first?: boolean;
};

const listOf = { question: "questions", item: "recovery", criterion: "criteria" } as const;

/** What is open stands first; what is settled may be settled anew. */
export function AskedField({ kind, view, label, draft, set, first = false }: Props & { kind: keyof typeof listOf }) {
  const { t } = useWords();
  const process = useQuery(processQuery(view.number)).data;
  const all = process?.[listOf[kind]] ?? [];
  const isOpen = (one: (typeof all)[number]) => ("settled" in one ? one.settled : one.answered) === null;
  const group = (open: boolean) =>
    all
      .filter((one) => isOpen(one) === open)
      .map(({ id, name }) => ({ value: id, label: name, group: t(open ? "asks.open" : "asks.settled") }));
  return (
    <SelectField
      label={label}
      value={String(draft[kind] ?? "")}
      onChange={(value) => set({ [kind]: value, answer: "", wall: "" })}
      empty={t("form.choose")}
      options={[...group(true), ...group(false)]}
      first={first}
      required
    />
  );
}

export function AnswerField({ view, label, draft, set }: Props) {
  const { t, zone } = useWords();
  const process = useQuery(processQuery(view.number)).data;
  const question = process?.questions.find(({ id }) => id === draft.question);
  if (!question || draft.unknown === true) return null;
  const answer = String(draft.answer ?? "");
  switch (question.kind) {
    case "time":
      return (
        <TextField
          label={label}
          hint={t("form.late.hint", { zone })}
          type="datetime-local"
          value={String(draft.wall ?? "")}
          onChange={(wall) => set({ wall, answer: zonedInstant(wall, zone) ?? "" })}
          required
        />
      );
    case "text":
      return <TextField label={label} value={answer} onChange={(text) => set({ answer: text })} lines required />;
    default: {
      const options =
        question.kind === "choice"
          ? question.choices.map(({ id, name }) => ({ value: id, label: name }))
          : (["yes", "no"] as const).map((value) => ({ value, label: t(`answer.${value}`) }));
      return (
        <ChoiceField legend={label} value={answer} onChange={(value) => set({ answer: value })} options={options} />
      );
    }
  }
}
