/** A category's names and the words that speak for it. What it asks is published apart, in versions. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { addCategory, type Category, changeCategory } from "#contract/categories.ts";
import { meQuery } from "../account/queries.ts";
import { call } from "../client.ts";
import { useWords } from "../language/words.tsx";
import { CheckField, TextField } from "../ui/fields.tsx";
import { useKept } from "../ui/kept.ts";
import { errorAt, FormPanel } from "./FormPanel.tsx";
import { NamesFields } from "./NamesFields.tsx";
import { listOf, nameIn } from "./names.ts";
import { idFor } from "./process-draft.ts";
import { useChange } from "./queries.ts";

type Draft = Record<"id" | "nameFr" | "nameEn" | "keywordsFr" | "keywordsEn", string> & { retired: boolean };

export function CategoryForm({ category, onClose }: { category?: Category; onClose: () => void }) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const { data: me } = useSuspenseQuery(meQuery());
  const { draft, set, forget } = useKept<Draft>(`${me.id} category ${category?.id ?? ""}`, () => ({
    id: category?.id ?? "",
    nameFr: category?.nameFr ?? "",
    nameEn: category?.nameEn ?? "",
    keywordsFr: category?.keywords.fr.join(", ") ?? "",
    keywordsEn: category?.keywords.en.join(", ") ?? "",
    retired: category?.retired ?? false,
  }));
  const put = (part: Partial<Draft>) => set((old) => ({ ...old, ...part }));
  const act = useChange((body: Draft) => {
    const names = { nameFr: body.nameFr.trim(), nameEn: body.nameEn.trim() };
    const said = { ...names, keywords: { fr: listOf(body.keywordsFr), en: listOf(body.keywordsEn) } };
    return category
      ? call(changeCategory, { params: { id: category.id }, body: { ...said, retired: body.retired } })
      : call(addCategory, { body: { ...said, id: body.id || idFor(body.nameEn, new Set()) } });
  });
  return (
    <FormPanel
      title={t(category ? "category.change.title" : "category.add.title")}
      {...(category && { note: nameIn(language, category) })}
      word={t(category ? "frame.save" : "category.add")}
      act={act}
      body={() => draft}
      onClose={onClose}
      forget={forget}
      onDone={({ id }) => {
        if (!category) void navigate({ to: "/categories/$id", params: { id } });
      }}
    >
      <NamesFields draft={draft} set={put} error={act.error} />
      {!category && (
        <TextField
          label={t("category.id")}
          note={t("ui.optional")}
          hint={t("category.id.hint")}
          value={draft.id}
          onChange={(id) => put({ id })}
          error={errorAt(act.error, "/id")}
          maxLength={64}
        />
      )}
      <Keywords draft={draft} put={put} error={act.error} />
      {category && (
        <CheckField
          label={t("category.retired.choose")}
          value={draft.retired}
          onChange={(retired) => put({ retired })}
        />
      )}
    </FormPanel>
  );
}

type KeywordsProps = { draft: Draft; put: (part: Partial<Draft>) => void; error: unknown };

function Keywords({ draft, put, error }: KeywordsProps) {
  const { t } = useWords();
  return (
    <>
      <TextField
        label={t("category.keywords.fr")}
        note={t("ui.optional")}
        hint={t("category.keywords.hint")}
        value={draft.keywordsFr}
        onChange={(keywordsFr) => put({ keywordsFr })}
        error={errorAt(error, "/keywords/fr")}
      />
      <TextField
        label={t("category.keywords.en")}
        note={t("ui.optional")}
        value={draft.keywordsEn}
        onChange={(keywordsEn) => put({ keywordsEn })}
        error={errorAt(error, "/keywords/en")}
      />
    </>
  );
}
