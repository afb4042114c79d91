import { useSuspenseQuery } from "@tanstack/react-query";
import { addVitalFunction, changeVitalFunction } from "#contract/directory.ts";
import { type Criticality, criticalities } from "#core/kernel/impact-words.ts";
import { meQuery } from "../account/queries.ts";
import { call } from "../client.ts";
import { useImpactWords } from "../impact/words.ts";
import { useWords } from "../language/words.tsx";
import { CheckField, ChoiceField, SelectField, TextField } from "../ui/fields.tsx";
import { useKept } from "../ui/kept.ts";
import { errorAt, FormPanel } from "./FormPanel.tsx";
import { NamesFields } from "./NamesFields.tsx";
import { nameIn, useNamed } from "./names.ts";
import { useChange, type VitalFunction } from "./queries.ts";

type Props = { vital?: VitalFunction; onClose: () => void };
type Draft = {
  nameFr: string;
  nameEn: string;
  owner: string;
  criticality: Criticality;
  minutes: string;
  retired: boolean;
};

const bodyOf = ({ nameFr, nameEn, owner, criticality, minutes }: Draft) => ({
  ...{ nameFr: nameFr.trim(), nameEn: nameEn.trim(), owner: owner || null, criticality },
  tolerableMinutes: minutes.trim() === "" ? null : Number(minutes),
});

export function VitalFunctionForm({ vital, onClose }: Props) {
  const { t, language } = useWords();
  const { t: say } = useImpactWords();
  const { people } = useNamed();
  const { data: me } = useSuspenseQuery(meQuery());
  const { draft, set, forget } = useKept<Draft>(`${me.id} vital ${vital?.id ?? ""}`, () => ({
    nameFr: vital?.nameFr ?? "",
    nameEn: vital?.nameEn ?? "",
    owner: vital?.owner ?? "",
    criticality: vital?.criticality ?? "high",
    minutes: vital?.tolerableMinutes?.toString() ?? "",
    retired: vital?.retired ?? false,
  }));
  const put = (part: Partial<Draft>) => set((old) => ({ ...old, ...part }));
  const act = useChange((given: Draft) =>
    vital
      ? call(changeVitalFunction, { params: { id: vital.id }, body: { ...bodyOf(given), retired: given.retired } })
      : call(addVitalFunction, { body: bodyOf(given) }),
  );
  const { error } = act;
  return (
    <FormPanel
      title={say(vital ? "vital.change.title" : "vital.add")}
      {...(vital && { note: nameIn(language, vital) })}
      word={vital ? t("frame.save") : say("vital.add")}
      act={act}
      body={() => draft}
      onClose={onClose}
      forget={forget}
    >
      <NamesFields draft={draft} set={put} error={error} />
      <SelectField
        label={say("vital.owner")}
        note={t("ui.optional")}
        value={draft.owner}
        onChange={(owner) => put({ owner })}
        empty={t("ui.nobody")}
        options={people
          .filter((one) => one.active || one.id === draft.owner)
          .map((one) => ({ value: one.id, label: one.name }))}
        error={errorAt(error, "/owner")}
      />
      <ChoiceField
        legend={say("vital.criticality")}
        value={draft.criticality}
        onChange={(criticality) => put({ criticality: criticality as Criticality })}
        options={criticalities.map((value) => ({ value, label: say(`criticality.${value}`) }))}
      />
      <TextField
        label={say("vital.tolerable")}
        note={t("ui.optional")}
        hint={say("vital.tolerable.hint")}
        type="number"
        min="1"
        value={draft.minutes}
        onChange={(minutes) => put({ minutes })}
        error={errorAt(error, "/tolerableMinutes")}
      />
      {vital && (
        <CheckField label={say("vital.retire")} value={draft.retired} onChange={(retired) => put({ retired })} />
      )}
    </FormPanel>
  );
}
