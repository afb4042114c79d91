/** Something that incidents may touch: its names, and whether it is still chosen. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { addDomain, changeDomain } from "#contract/categories.ts";
import { meQuery } from "../account/queries.ts";
import { call } from "../client.ts";
import { useWords } from "../language/words.tsx";
import { CheckField } from "../ui/fields.tsx";
import { useKept } from "../ui/kept.ts";
import { FormPanel } from "./FormPanel.tsx";
import { NamesFields } from "./NamesFields.tsx";
import { nameIn } from "./names.ts";
import { idFor } from "./process-draft.ts";
import { type Domain, useChange } from "./queries.ts";

type Props = { domain?: Domain; taken: ReadonlySet<string>; onClose: () => void };

export function DomainForm({ domain, taken, onClose }: Props) {
  const { t, language } = useWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const { draft, set, forget } = useKept(`${me.id} domain ${domain?.id ?? ""}`, () => ({
    nameFr: domain?.nameFr ?? "",
    nameEn: domain?.nameEn ?? "",
    retired: domain?.retired ?? false,
  }));
  const act = useChange(({ nameFr, nameEn, retired }: typeof draft) => {
    const names = { nameFr: nameFr.trim(), nameEn: nameEn.trim() };
    return domain
      ? call(changeDomain, { params: { id: domain.id }, body: { ...names, retired } })
      : call(addDomain, { body: { ...names, id: idFor(names.nameEn, taken) } });
  });
  return (
    <FormPanel
      title={t(domain ? "domain.change.title" : "domain.add.title")}
      {...(domain && { note: nameIn(language, domain) })}
      word={t(domain ? "frame.save" : "domain.add")}
      act={act}
      body={() => draft}
      onClose={onClose}
      forget={forget}
    >
      <NamesFields draft={draft} set={(part) => set((old) => ({ ...old, ...part }))} error={act.error} />
      {domain && (
        <CheckField
          label={t("domain.retired.choose")}
          value={draft.retired}
          onChange={(retired) => set((old) => ({ ...old, retired }))}
        />
      )}
    </FormPanel>
  );
}
