/** Which alerts: by their source, their service, words of their title, their labels. */
import { nameIn, useNamed } from "../directory/names.ts";
import { useIntegrationNames } from "../intake/queries.ts";
import { useWords } from "../language/words.tsx";
import { SelectField, TextField } from "../ui/fields.tsx";
import { matchersOf, type ScopeDraft } from "./scope.ts";
import { useNoiseWords } from "./words.ts";

const example = `alertname="Disk", instance=~"db.*", severity!=critical`;

type Props = {
  draft: ScopeDraft;
  onChange: (change: Partial<ScopeDraft>) => void;
  /** Sources met elsewhere: their list is for administrators. */
  met?: readonly { readonly id: string; readonly name: string }[];
};

export function ScopeFields({ draft, onChange, met = [] }: Props) {
  const { t, language } = useWords();
  const { t: say } = useNoiseWords();
  const { services } = useNamed();
  const sources = useIntegrationNames(met);
  return (
    <>
      <div className="pair">
        <SelectField
          label={say("scope.source")}
          value={draft.integration}
          onChange={(integration) => onChange({ integration })}
          empty={say("scope.source.all")}
          options={sources.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <SelectField
          label={say("scope.service")}
          value={draft.service}
          onChange={(service) => onChange({ service })}
          empty={say("scope.service.all")}
          options={services.map((one) => ({ value: one.id, label: nameIn(language, one) }))}
        />
      </div>
      <TextField
        label={say("scope.text")}
        note={t("ui.optional")}
        value={draft.text}
        onChange={(text) => onChange({ text })}
        maxLength={200}
      />
      <MatchersField
        label={say("scope.matchers")}
        note={t("ui.optional")}
        value={draft.labels}
        onChange={(labels) => onChange({ labels })}
      />
    </>
  );
}

type MatchersProps = {
  label: string;
  note?: string;
  value: string;
  onChange: (labels: string) => void;
  required?: boolean;
};

/** One matcher a line. */
export function MatchersField({ label, note, value, onChange, required = false }: MatchersProps) {
  const { t: say } = useNoiseWords();
  const { wrong } = matchersOf(value);
  return (
    <TextField
      label={label}
      note={note}
      hint={say("scope.matchers.hint", { example })}
      value={value}
      onChange={onChange}
      error={wrong === null ? undefined : say("scope.matchers.wrong", { line: wrong })}
      required={required}
      lines
    />
  );
}
