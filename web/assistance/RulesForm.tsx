/** All the rules in one form, published at once after the version that was read. */
import { useKeptMine } from "../account/kept-mine.ts";
import { FormPanel } from "../directory/FormPanel.tsx";
import { ListFields, WordsFields } from "../directory/ItemFields.tsx";
import { nameIn, useNamed } from "../directory/names.ts";
import { useWords } from "../language/words.tsx";
import { CheckField, SelectField, TextField } from "../ui/fields.tsx";
import { PartyField } from "./PartyField.tsx";
import { type AssistanceRules, usePublish } from "./queries.ts";
import { RuleFields } from "./RuleFields.tsx";
import { draftOf, newKind, newRule, newTerms, type RulesDraft, settingsOf } from "./rules-draft.ts";
import { useAssistanceWords } from "./words.ts";

type Part = { draft: RulesDraft; put: (part: Partial<RulesDraft>) => void };

export function RulesForm({ rules, onClose }: { rules: AssistanceRules; onClose: () => void }) {
  const { t: say } = useAssistanceWords();
  const { draft, set, forget } = useKeptMine<RulesDraft>(`assistance rules ${rules.version}`, () => draftOf(rules));
  const act = usePublish();
  const part = { draft, put: (change: Partial<RulesDraft>) => set((old) => ({ ...old, ...change })) };
  return (
    <FormPanel
      title={say("rules.publish.title", { version: rules.version + 1 })}
      word={say("rules.publish")}
      act={act}
      body={() => {
        const settings = settingsOf(draft);
        return settings && { after: rules.version, ...settings };
      }}
      onClose={onClose}
      forget={forget}
    >
      <p className="hint">{say("rules.publish.hint")}</p>
      <Rules {...part} />
      <PartyField
        label={say("rules.fallback")}
        value={draft.fallback}
        onChange={(fallback) => part.put({ fallback })}
        empty={say("rules.fallback.none")}
      />
      <Terms {...part} />
      <Kinds {...part} />
    </FormPanel>
  );
}

const listMax = 200;
const kindsMax = 50;

function Rules({ draft, put }: Part) {
  const { t: say } = useAssistanceWords();
  const kinds = draft.kinds.filter(({ id }) => id !== "");
  return (
    <ListFields
      legend={say("rules.list")}
      hint={say("rules.list.hint")}
      one={(number) => say("rules.one", { number })}
      add={say("rules.add")}
      list={draft.rules}
      max={listMax}
      make={newRule}
      onChange={(rules) => put({ rules })}
    >
      {(one, change) => <RuleFields draft={one} kinds={kinds} change={change} />}
    </ListFields>
  );
}

type TimesProps = {
  value: { readonly answer: string; readonly urgent: string };
  change: (part: { answer?: string; urgent?: string }) => void;
};

function Times({ value, change }: TimesProps) {
  const { t } = useWords();
  const { t: say } = useAssistanceWords();
  const minutes = { type: "number", min: "1", max: "43200", note: t("ui.optional") } as const;
  return (
    <div className="two">
      <TextField
        {...minutes}
        label={say("rules.minutes")}
        value={value.answer}
        onChange={(answer) => change({ answer })}
      />
      <TextField
        {...minutes}
        label={say("rules.urgent-minutes")}
        value={value.urgent}
        onChange={(urgent) => change({ urgent })}
      />
    </div>
  );
}

function Terms({ draft, put }: Part) {
  const { t: say } = useAssistanceWords();
  const { policies } = useNamed();
  return (
    <ListFields
      legend={say("rules.times")}
      hint={say("rules.times.hint")}
      one={(number) => say("rules.times.one", { number })}
      add={say("rules.times.add")}
      list={draft.terms}
      max={listMax}
      make={newTerms}
      onChange={(terms) => put({ terms })}
    >
      {(one, change) => (
        <>
          <PartyField label={say("field.to")} value={one.party} onChange={(party) => change({ party })} required />
          <Times value={one} change={change} />
          <SelectField
            label={say("rules.policy")}
            value={one.policy}
            onChange={(policy) => change({ policy })}
            empty={say("rules.policy.all")}
            options={policies.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </>
      )}
    </ListFields>
  );
}

function Kinds({ draft, put }: Part) {
  const { t: say } = useAssistanceWords();
  return (
    <ListFields
      legend={say("rules.kinds.list")}
      one={(number) => say("rules.kinds.one", { number })}
      add={say("rules.kinds.add")}
      list={draft.kinds}
      max={kindsMax}
      make={newKind}
      onChange={(kinds) => put({ kinds })}
    >
      {(one, change) => (
        <>
          <WordsFields value={one} onChange={change} />
          <Times value={one} change={change} />
          <CheckField
            label={say("rules.kinds.retired")}
            value={one.retired}
            onChange={(retired) => change({ retired })}
          />
        </>
      )}
    </ListFields>
  );
}

export const useKindNames = (rules: AssistanceRules): ((id: string) => string) => {
  const { language } = useWords();
  return (id) => {
    const kind = rules.kinds.find((one) => one.id === id);
    return kind ? nameIn(language, kind) : id;
  };
};
