import { useSuspenseQuery } from "@tanstack/react-query";
import { addKnownError, changeKnownError, type KnownErrorView } from "#contract/known-errors.ts";
import { meQuery } from "../account/queries.ts";
import { call } from "../client.ts";
import { useWords } from "../language/words.tsx";
import { CheckField, TextField } from "../ui/fields.tsx";
import { useKept } from "../ui/kept.ts";
import { errorAt, FormPanel } from "./FormPanel.tsx";
import { NamesFields } from "./NamesFields.tsx";
import { nameIn } from "./names.ts";
import { useChange } from "./queries.ts";
import { ServicesField } from "./ServicesField.tsx";

type Props = { known?: KnownErrorView; onClose: () => void };
type Draft = {
  nameFr: string;
  nameEn: string;
  workaroundFr: string;
  workaroundEn: string;
  services: readonly string[];
  retired: boolean;
};

const bodyOf = ({ nameFr, nameEn, workaroundFr, workaroundEn, services }: Draft) => ({
  ...{ nameFr: nameFr.trim(), nameEn: nameEn.trim(), services: [...services] },
  ...{ workaroundFr: workaroundFr.trim() || null, workaroundEn: workaroundEn.trim() || null },
});

export function KnownErrorForm({ known, onClose }: Props) {
  const { t, language } = useWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const { draft, set, forget } = useKept<Draft>(`${me.id} known-error ${known?.id ?? ""}`, () => ({
    nameFr: known?.nameFr ?? "",
    nameEn: known?.nameEn ?? "",
    workaroundFr: known?.workaroundFr ?? "",
    workaroundEn: known?.workaroundEn ?? "",
    services: known?.services ?? [],
    retired: known?.retired ?? false,
  }));
  const put = (part: Partial<Draft>) => set((old) => ({ ...old, ...part }));
  const act = useChange((given: Draft) =>
    known
      ? call(changeKnownError, { params: { id: known.id }, body: { ...bodyOf(given), retired: given.retired } })
      : call(addKnownError, { body: bodyOf(given) }),
  );
  const { error } = act;
  return (
    <FormPanel
      title={t(known ? "known-errors.change.title" : "known-errors.add")}
      {...(known && { note: nameIn(language, known) })}
      word={known ? t("frame.save") : t("known-errors.add")}
      act={act}
      body={() => draft}
      onClose={onClose}
      forget={forget}
    >
      <NamesFields draft={draft} set={put} error={error} />
      {(["fr", "en"] as const).map((one) => {
        const field = one === "fr" ? "workaroundFr" : "workaroundEn";
        return (
          <TextField
            key={one}
            label={t(`known-errors.workaround-${one}`)}
            hint={t("known-errors.workaround.hint")}
            value={draft[field]}
            onChange={(value) => put({ [field]: value })}
            error={errorAt(error, `/${field}`)}
            maxLength={5_000}
            lines
          />
        );
      })}
      <ServicesField
        legend={t("known-errors.services")}
        hint={t("known-errors.services.hint")}
        value={draft.services}
        onChange={(services) => put({ services })}
      />
      {known && (
        <CheckField label={t("known-errors.retire")} value={draft.retired} onChange={(retired) => put({ retired })} />
      )}
    </FormPanel>
  );
}
