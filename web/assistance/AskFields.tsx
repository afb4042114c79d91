/** What asking for help takes: little, and in one's own words. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { errorAt } from "../directory/FormPanel.tsx";
import { nameIn, useNamed } from "../directory/names.ts";
import { domainsQuery } from "../directory/queries.ts";
import { useWords } from "../language/words.tsx";
import { CheckField, SelectField, TextField } from "../ui/fields.tsx";
import { type AssistanceRules, type AssistanceView, assistanceRulesQuery, type Wanted } from "./queries.ts";
import { type Say, useAssistanceWords } from "./words.ts";

export type AskDraft = {
  readonly title: string;
  readonly details: string;
  readonly kind: string;
  readonly service: string;
  readonly site: string;
  readonly domains: readonly string[];
  readonly urgent: boolean;
};

/** The last kind is for whoever knows none of them. */
export const emptyAsk = ({ kinds }: AssistanceRules): AskDraft => ({
  title: "",
  details: "",
  kind: kinds.findLast(({ retired }) => !retired)?.id ?? "",
  service: "",
  site: "",
  domains: [],
  urgent: false,
});

export const wantedOf = (draft: AskDraft): Omit<Wanted, "draft"> => ({
  title: draft.title.trim(),
  details: draft.details.trim() || null,
  kind: draft.kind,
  service: draft.service || null,
  site: draft.site.trim() || null,
  domains: [...draft.domains],
  urgent: draft.urgent,
});

export const sentWords = ({ number, to }: AssistanceView, say: Say): string =>
  to === null ? say("help.sent.nobody", { number }) : say("help.sent", { number, to: to.name });

type Props = { draft: AskDraft; set: (part: Partial<AskDraft>) => void; error: unknown };

export function AskFields({ draft, set, error }: Props) {
  const { t, language } = useWords();
  const { t: say } = useAssistanceWords();
  const { data: rules } = useSuspenseQuery(assistanceRulesQuery());
  const { services } = useNamed();
  return (
    <>
      <TextField
        label={say("field.title")}
        hint={say("field.title.hint")}
        value={draft.title}
        onChange={(title) => set({ title })}
        error={errorAt(error, "/title")}
        maxLength={200}
        required
        first
      />
      <TextField
        label={say("field.details")}
        note={t("ui.optional")}
        hint={say("field.details.hint")}
        value={draft.details}
        onChange={(details) => set({ details })}
        error={errorAt(error, "/details")}
        lines
      />
      <SelectField
        label={say("field.kind")}
        value={draft.kind}
        onChange={(kind) => set({ kind })}
        options={rules.kinds
          .filter(({ retired }) => !retired)
          .map((one) => ({ value: one.id, label: nameIn(language, one) }))}
        error={errorAt(error, "/kind")}
        required
      />
      <div className="two">
        <SelectField
          label={say("field.service")}
          value={draft.service}
          onChange={(service) => set({ service })}
          empty={say("field.none")}
          options={services.map((one) => ({ value: one.id, label: nameIn(language, one) }))}
        />
        <TextField
          label={say("field.site")}
          note={t("ui.optional")}
          hint={say("field.site.hint")}
          value={draft.site}
          onChange={(site) => set({ site })}
          maxLength={200}
        />
      </div>
      <Domains draft={draft} set={set} />
      <CheckField label={say("field.urgent")} value={draft.urgent} onChange={(urgent) => set({ urgent })} />
    </>
  );
}

function Domains({ draft, set }: Omit<Props, "error">) {
  const { t, language } = useWords();
  const { t: say } = useAssistanceWords();
  const domains = (useQuery(domainsQuery()).data?.data ?? []).filter(({ retired }) => !retired);
  return (
    <fieldset className="choosing">
      <legend className="lab">
        {say("field.domains")} <small>{t("ui.optional")}</small>
      </legend>
      <div className="many">
        {domains.map((one) => (
          <CheckField
            key={one.id}
            label={nameIn(language, one)}
            value={draft.domains.includes(one.id)}
            onChange={(on) =>
              set({ domains: on ? [...draft.domains, one.id] : draft.domains.filter((id) => id !== one.id) })
            }
          />
        ))}
      </div>
    </fieldset>
  );
}
