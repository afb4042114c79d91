/** What a rule of each kind needs to be told. */
import { useIntegrationNames } from "../intake/queries.ts";
import { CheckField, SelectField, TextField } from "../ui/fields.tsx";
import { NumberField } from "./NumberField.tsx";
import type { RuleDraft } from "./rule-draft.ts";
import { MatchersField } from "./ScopeFields.tsx";
import { useNoiseWords } from "./words.ts";

type Props = { draft: RuleDraft; onChange: (change: Partial<RuleDraft>) => void };

export function RuleFields(props: Props) {
  switch (props.draft.kind) {
    case "wait":
      return <Wait {...props} />;
    case "threshold":
      return <Threshold {...props} />;
    case "grouping":
      return <Grouping {...props} />;
    case "inhibition":
      return <Inhibition {...props} />;
  }
}

function Wait({ draft, onChange }: Props) {
  const { t: say } = useNoiseWords();
  return (
    <NumberField
      label={say("rule.minutes")}
      min={1}
      max={1440}
      value={draft.minutes}
      onChange={(minutes) => onChange({ minutes })}
      required
    />
  );
}

function Threshold({ draft, onChange }: Props) {
  const { t: say } = useNoiseWords();
  return (
    <>
      <div className="pair">
        <NumberField
          label={say("rule.count")}
          min={2}
          max={1000}
          value={draft.count}
          onChange={(count) => onChange({ count })}
          required
        />
        <NumberField
          label={say("rule.within")}
          min={1}
          max={1440}
          value={draft.minutes}
          onChange={(minutes) => onChange({ minutes })}
          required
        />
      </div>
      <NumberField
        label={say("rule.at-latest")}
        hint={say("rule.at-latest.hint")}
        min={1}
        max={1440}
        value={draft.atLatest}
        onChange={(atLatest) => onChange({ atLatest })}
      />
      <Across draft={draft} onChange={onChange} />
    </>
  );
}

function Grouping({ draft, onChange }: Props) {
  const { t: say } = useNoiseWords();
  return (
    <>
      <TextField
        label={say("rule.labels")}
        hint={say("rule.labels.hint")}
        value={draft.labels}
        onChange={(labels) => onChange({ labels })}
      />
      <TextField
        label={say("rule.expression")}
        hint={say("rule.expression.hint")}
        value={draft.expression}
        onChange={(expression) => onChange({ expression })}
        maxLength={2_000}
        lines
      />
      <NumberField
        label={say("rule.window")}
        hint={say("rule.window.hint")}
        min={1}
        max={10080}
        value={draft.within}
        onChange={(within) => onChange({ within })}
      />
      <SelectField
        label={say("rule.new-kind")}
        value={draft.onNewKind}
        onChange={(onNewKind) => onChange({ onNewKind: onNewKind as RuleDraft["onNewKind"] })}
        options={(["page", "nothing"] as const).map((value) => ({ value, label: say(`rule.new-kind.${value}`) }))}
      />
      <TextField
        label={say("rule.kind-by")}
        hint={say("rule.kind-by.hint")}
        value={draft.kindBy}
        onChange={(kindBy) => onChange({ kindBy })}
      />
      <Across draft={draft} onChange={onChange} />
    </>
  );
}

function Inhibition({ draft, onChange }: Props) {
  const { t: say } = useNoiseWords();
  return (
    <>
      <MatchersField
        label={say("rule.source")}
        value={draft.source}
        onChange={(source) => onChange({ source })}
        required
      />
      <MatchersField
        label={say("rule.target")}
        value={draft.target}
        onChange={(target) => onChange({ target })}
        required
      />
      <TextField
        label={say("rule.equal")}
        hint={say("rule.labels.hint")}
        value={draft.equal}
        onChange={(equal) => onChange({ equal })}
      />
      <NumberField
        label={say("rule.grace")}
        hint={say("rule.grace.hint")}
        min={0}
        max={600}
        value={draft.grace}
        onChange={(grace) => onChange({ grace })}
        required
      />
      <Across draft={draft} onChange={onChange} />
      {draft.across && <MutingSource draft={draft} onChange={onChange} />}
    </>
  );
}

/** Never unless somebody says so. */
function Across({ draft, onChange }: Props) {
  const { t: say } = useNoiseWords();
  return (
    <div>
      <CheckField label={say("rule.across")} value={draft.across} onChange={(across) => onChange({ across })} />
      {draft.across && draft.kind !== "wait" && <p className="hint">{say(`rule.across.${draft.kind}`)}</p>}
    </div>
  );
}

function MutingSource({ draft, onChange }: Props) {
  const { t: say } = useNoiseWords();
  const sources = useIntegrationNames([]);
  return (
    <SelectField
      label={say("rule.source-integration")}
      value={draft.sourceIntegration}
      onChange={(sourceIntegration) => onChange({ sourceIntegration })}
      empty={say("scope.source.all")}
      options={sources.map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
}
