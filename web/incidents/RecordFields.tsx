/** What one may say besides the title. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { type DetectionReason, detectionReasons, usualDetection } from "#core/kernel/vocabulary.ts";
import { meQuery } from "../account/queries.ts";
import { offered } from "../directory/names.ts";
import { categoriesQuery, servicesQuery } from "../directory/queries.ts";
import { useWords } from "../language/words.tsx";
import { CheckField, ChoiceField, type Option, SelectField, TextField } from "../ui/fields.tsx";
import { Icon } from "../ui/Icon.tsx";
import { readRecentServices } from "../ui/preferences.ts";
import type { Draft } from "./record-draft.ts";
import { useStreamWords } from "./workstream-words.ts";

/** Three plain words for four levels: "a department" is shown once a proposal of it was accepted. */
const impacts = ["4", "3", "1"] as const;
const allImpacts = ["4", "3", "2", "1"] as const;
const urgencies = ["1", "2", "3", "4"] as const;

type Props = { draft: Draft; set: (part: Partial<Draft>) => void };

export function Weight({ draft, set }: Props) {
  const { t } = useWords();
  return (
    <>
      <div className="two">
        <SelectField
          label={t("record.service")}
          note={t("ui.optional")}
          value={draft.service}
          onChange={(service) => set({ service })}
          options={useServices()}
          empty={t("record.service.unknown")}
        />
        <SelectField
          label={t("record.urgency")}
          note={t("ui.optional")}
          value={draft.urgency}
          onChange={(urgency) => set({ urgency: urgency as Draft["urgency"] })}
          options={urgencies.map((value) => ({ value, label: t(`urgency.${value}.hint`) }))}
          empty={t("record.unsure")}
        />
      </div>
      <ChoiceField
        legend={t("record.who")}
        value={draft.impact}
        onChange={(impact) => set({ impact: impact as Draft["impact"] })}
        options={[
          ...(draft.impact === "2" ? allImpacts : impacts).map((value) => ({
            value,
            label: t(`record.impact.${value}`),
          })),
          { value: "", label: t("record.unsure") },
        ]}
      />
    </>
  );
}

/** Those reported last stand first. */
function useServices(): Option[] {
  const { t, language } = useWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const { data } = useQuery(servicesQuery());
  const all = offered(data?.data ?? [])
    .map((one): Option => ({ value: one.id, label: language === "fr" ? one.nameFr : one.nameEn }))
    .sort((a, b) => a.label.localeCompare(b.label, language));
  const recent = readRecentServices(me.id).flatMap((id) => all.filter(({ value }) => value === id));
  if (recent.length === 0) return all;
  return [
    ...recent.map((one) => ({ ...one, group: t("record.service.recent") })),
    ...all.filter((one) => !recent.includes(one)).map((one) => ({ ...one, group: t("record.service.others") })),
  ];
}

export function Details({ draft, set }: Props) {
  const { t } = useWords();
  return (
    <>
      <TextField
        label={t("record.more")}
        note={t("ui.optional")}
        value={draft.description}
        onChange={(description) => set({ description })}
        lines
      />
      <Categories draft={draft} set={set} />
      <Detection draft={draft} set={set} />
      <CheckField label={t("record.exercise")} value={draft.exercise} onChange={(exercise) => set({ exercise })} />
    </>
  );
}

/** Asked of those alone whose record registers it. */
function Detection({ draft: { detectedAs }, set }: Props) {
  const { t } = useStreamWords();
  const { data: me } = useSuspenseQuery(meQuery());
  if ((me.level ?? 0) < 2) return null;
  return (
    <SelectField
      label={t("detection.title")}
      value={detectedAs || usualDetection}
      onChange={(value) => set({ detectedAs: value as DetectionReason })}
      options={detectionReasons.map((value) => ({ value, label: t(`detection.${value}`) }))}
    />
  );
}

function Categories({ draft: { categories }, set }: Props) {
  const { t, language } = useWords();
  const { data } = useQuery(categoriesQuery());
  const change = (id: string, on: boolean) =>
    set({ categories: on ? [...categories, id] : categories.filter((one) => one !== id) });
  return (
    <details className="disclose">
      <summary>
        <Icon name="chevron" size={12} />
        {t("record.categories", { count: categories.length })}
      </summary>
      <fieldset className="many">
        <legend className="vh">{t("facts.category")}</legend>
        {data?.data.map((one) => (
          <CheckField
            key={one.id}
            label={language === "fr" ? one.nameFr : one.nameEn}
            value={categories.includes(one.id)}
            onChange={(on) => change(one.id, on)}
          />
        ))}
      </fieldset>
    </details>
  );
}
