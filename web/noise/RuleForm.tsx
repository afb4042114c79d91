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
import { useAddRule } from "./queries.ts";
import { RuleFields } from "./RuleFields.tsx";
import { definitionOf, emptyRule, type RuleDraft, type RuleKind, ruleKinds } from "./rule-draft.ts";
import { ScopeFields } from "./ScopeFields.tsx";
import { askedOf, matchersOf } from "./scope.ts";
import { useNoiseWords } from "./words.ts";

const isReadable = ({ scope, source, target }: RuleDraft): boolean =>
  [scope.labels, source, target].every((labels) => matchersOf(labels).wrong === null);

export function RuleForm() {
  const words = useWords();
  const { t: say } = useNoiseWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const make = useAddRule();
  const [draft, setDraft] = useState(emptyRule);
  const set = (change: Partial<RuleDraft>) => setDraft((old) => ({ ...old, ...change }));
  const refusal = mayHoldBack("rule", me);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (make.isPending || refusal !== null || !isReadable(draft)) return;
    make.mutate(
      { name: draft.name.trim(), ...askedOf(draft.scope), definition: definitionOf(draft) },
      {
        onSuccess: (made) => {
          toast({ text: say("rule.made", { name: made.name }), closeWord: words.t("ui.close"), seconds: 6 });
          setDraft({ ...emptyRule, kind: draft.kind });
        },
      },
    );
  };
  return (
    <form className="fields" onSubmit={submit}>
      <SelectField
        label={say("rule.kind")}
        hint={say(`rule.kind.${draft.kind}.what`)}
        value={draft.kind}
        onChange={(kind) => set({ kind: kind as RuleKind })}
        options={ruleKinds.map((value) => ({ value, label: say(`rule.kind.${value}`) }))}
      />
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
      {make.error && <Fault>{failureSentence(words, make.error)}</Fault>}
      {refusal && <p className="hint">{refusalSentence(words, refusal)}</p>}
      <p>
        <button className="btn primary" type="submit" aria-disabled={make.isPending || refusal !== null}>
          {say("rule.make")}
        </button>
      </p>
    </form>
  );
}
