/** A standing rule: what it does, and for which alerts. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { mayHoldBack } from "#core/noise/permission.ts";
import { meQuery } from "../account/queries.ts";
import { failureSentence, refusalSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { SelectField, TextField } from "../ui/fields.tsx";
import { Fault } from "../ui/marks.tsx";
import { toast } from "../ui/toast.tsx";
import { type NoiseRule, useChangeRule } from "./queries.ts";
import { RuleFields } from "./RuleFields.tsx";
import { RulePreview } from "./RulePreview.tsx";
import { RuleWhatIf } from "./RuleWhatIf.tsx";
import { definitionOf, draftOf, emptyRule, type RuleDraft, type RuleKind, ruleKinds } from "./rule-draft.ts";
import { ScopeFields } from "./ScopeFields.tsx";
import { askedOf, matchersOf } from "./scope.ts";
import { useNoiseWords } from "./words.ts";

const isReadable = ({ scope, source, target }: RuleDraft): boolean =>
  [scope.labels, source, target].every((labels) => matchersOf(labels).wrong === null);

/** As much is said as its kind needs. */
function isComplete(draft: RuleDraft): boolean {
  if (!isReadable(draft)) return false;
  const filled = (...texts: readonly string[]): boolean => texts.every((text) => text.trim() !== "");
  switch (draft.kind) {
    case "wait":
      return filled(draft.minutes);
    case "threshold":
      return filled(draft.count, draft.minutes);
    case "grouping":
      return [draft.labels, draft.expression, draft.within].some((text) => filled(text));
    case "inhibition":
      return filled(draft.source, draft.target, draft.grace);
  }
}

/** Adds one, or changes the one given: its kind stays. */
export function RuleForm({ rule = null, onDone }: { rule?: NoiseRule | null; onDone?: () => void }) {
  const words = useWords();
  const { t: say } = useNoiseWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const act = useChangeRule(rule);
  const [draft, setDraft] = useState(() => (rule === null ? emptyRule : draftOf(rule)));
  const set = (change: Partial<RuleDraft>) => setDraft((old) => ({ ...old, ...change }));
  const refusal = mayHoldBack("rule", me);
  const asked = isComplete(draft) ? { ...askedOf(draft.scope), definition: definitionOf(draft) } : null;
  const standing = rule === null ? {} : { id: rule.id, enabled: rule.enabled };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (act.isPending || refusal !== null || !isReadable(draft)) return;
    act.mutate(
      {
        name: draft.name.trim(),
        enabled: rule?.enabled ?? true,
        ...askedOf(draft.scope),
        definition: definitionOf(draft),
      },
      {
        onSuccess: ({ name }) => {
          const text = say(rule === null ? "rule.made" : "rule.changed", { name });
          toast({ text, closeWord: words.t("ui.close"), seconds: 6 });
          setDraft({ ...emptyRule, kind: draft.kind });
          onDone?.();
        },
      },
    );
  };
  return (
    <form className="fields" onSubmit={submit}>
      {rule === null ? (
        <SelectField
          label={say("rule.kind")}
          hint={say(`rule.kind.${draft.kind}.what`)}
          value={draft.kind}
          onChange={(kind) => set({ kind: kind as RuleKind })}
          options={ruleKinds.map((value) => ({ value, label: say(`rule.kind.${value}`) }))}
        />
      ) : (
        <p className="hint">{say(`rule.kind.${draft.kind}.what`)}</p>
      )}
      <TextField
        label={say("rule.name")}
        value={draft.name}
        onChange={(name) => set({ name })}
        maxLength={200}
        required
      />
      <RuleFields draft={draft} onChange={set} />
      <fieldset className="about">
        <legend className="lab">{say("rule.about")}</legend>
        <ScopeFields draft={draft.scope} onChange={(change) => set({ scope: { ...draft.scope, ...change } })} />
      </fieldset>
      <RulePreview asked={asked} />
      <RuleWhatIf change={asked && { rule: { ...asked, ...standing } }} what="replay.what" />
      {act.error && <Fault>{failureSentence(words, act.error)}</Fault>}
      {refusal && <p className="hint">{refusalSentence(words, refusal)}</p>}
      <p>
        <button className="btn primary" type="submit" aria-disabled={act.isPending || refusal !== null}>
          {say(rule === null ? "rule.make" : "rule.save")}
        </button>
      </p>
    </form>
  );
}
