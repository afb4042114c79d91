/** What one rule asks, and to whom it sends. */
import { useQuery } from "@tanstack/react-query";
import { nameIn, useNamed } from "../directory/names.ts";
import { domainsQuery } from "../directory/queries.ts";
import { useWords } from "../language/words.tsx";
import { CheckField, TextField } from "../ui/fields.tsx";
import { Icon } from "../ui/Icon.tsx";
import { PartyField } from "./PartyField.tsx";
import type { KindDraft, RuleDraft } from "./rules-draft.ts";
import { useAssistanceWords } from "./words.ts";

type Props = {
  draft: RuleDraft;
  kinds: readonly KindDraft[];
  change: (part: Partial<RuleDraft>) => void;
};

export function RuleFields({ draft, kinds, change }: Props) {
  const { t, language } = useWords();
  const { t: say } = useAssistanceWords();
  const { services } = useNamed();
  const domains = useQuery(domainsQuery()).data?.data ?? [];
  return (
    <>
      <Several
        legend={say("rules.kinds")}
        options={kinds.map((one) => ({ id: one.id, name: language === "fr" ? one.fr : one.en }))}
        value={draft.kinds}
        onChange={(chosen) => change({ kinds: chosen })}
      />
      <TextField
        label={say("rules.words")}
        note={t("ui.optional")}
        hint={say("rules.words.hint")}
        value={draft.words}
        onChange={(words) => change({ words })}
        lines
      />
      <Several
        legend={say("rules.domains")}
        options={domains.map((one) => ({ id: one.id, name: nameIn(language, one) }))}
        value={draft.domains}
        onChange={(chosen) => change({ domains: chosen })}
      />
      <Several
        legend={say("rules.services")}
        options={services.map((one) => ({ id: one.id, name: nameIn(language, one) }))}
        value={draft.services}
        onChange={(chosen) => change({ services: chosen })}
      />
      <TextField
        label={say("rules.sites")}
        note={t("ui.optional")}
        hint={say("rules.sites.hint")}
        value={draft.sites}
        onChange={(sites) => change({ sites })}
        lines
      />
      <PartyField label={say("rules.to")} value={draft.to} onChange={(to) => change({ to })} required />
    </>
  );
}

type SeveralProps = {
  legend: string;
  options: readonly { readonly id: string; readonly name: string }[];
  value: readonly string[];
  onChange: (ids: readonly string[]) => void;
};

/** Open while something of it is chosen: a rule seldom asks all that it could. */
function Several({ legend, options, value, onChange }: SeveralProps) {
  const { t } = useWords();
  if (options.length === 0) return null;
  return (
    <details className="disclose" open={value.length > 0}>
      <summary>
        <Icon name="chevron" size={12} />
        {legend} <small className="muted">{value.length > 0 ? value.length : t("ui.optional")}</small>
      </summary>
      <fieldset className="many">
        <legend className="vh">{legend}</legend>
        {options.map(({ id, name }) => (
          <CheckField
            key={id}
            label={name}
            value={value.includes(id)}
            onChange={(on) => onChange(on ? [...value, id] : value.filter((one) => one !== id))}
          />
        ))}
      </fieldset>
    </details>
  );
}
