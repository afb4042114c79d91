/** Templates to begin from: by `>` in the title, or from a list. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { foldText } from "#core/kernel/words.ts";
import { useWords } from "../language/words.tsx";
import { SelectField } from "../ui/fields.tsx";
import { applyTemplate, type Draft, isLookingForTemplate, type Template, templateMark } from "./record-draft.ts";
import { templatesQuery } from "./recording-queries.ts";

type Named = { readonly template: Template; readonly name: string };
export type Templates = ReturnType<typeof useTemplates>;

export function useTemplates(draft: Draft, setDraft: (draft: Draft) => void) {
  const { language } = useWords();
  const { data } = useQuery(templatesQuery());
  const [chosen, setChosen] = useState<Template | null>(null);
  const all = (data?.data ?? [])
    .map((template): Named => ({ template, name: language === "fr" ? template.nameFr : template.nameEn }))
    .sort((a, b) => a.name.localeCompare(b.name, language));
  const take = (template: Template | null) => {
    setDraft(applyTemplate(draft, template, chosen));
    setChosen(template);
  };
  const matching = isLookingForTemplate(draft.title) ? all.filter((one) => matches(one, draft.title)) : [];
  return {
    all,
    matching,
    chosen,
    take,
    takeFirst: () => {
      const [first] = matching;
      if (first) take(first.template);
    },
  };
}

function matches({ template, name }: Named, typed: string): boolean {
  const hay = foldText(`${name} ${template.title}`);
  return foldText(typed.replace(templateMark, ""))
    .split(/\s+/)
    .every((word) => hay.includes(word));
}

export function TemplateList({ draft, templates: { matching, take } }: { draft: Draft; templates: Templates }) {
  const { t } = useWords();
  if (!isLookingForTemplate(draft.title)) return null;
  return (
    <section className="dups" aria-labelledby="templates">
      <h3 id="templates">
        {t("record.templates")}{" "}
        <span aria-hidden="true">
          <kbd>↵</kbd>
        </span>
      </h3>
      <p className="vh" role="status">
        {t("record.templates.found", { count: matching.length, first: matching[0]?.name ?? "" })}
      </p>
      {matching.length === 0 && <p className="dup">{t("record.templates.none")}</p>}
      {matching.map(({ template, name }) => (
        <button key={template.id} className="dup" type="button" data-offer onClick={() => take(template)}>
          <strong>{name}</strong>
          <span className="muted">{template.title}</span>
        </button>
      ))}
    </section>
  );
}

export function TemplateChoice({ templates: { all, chosen, take } }: { templates: Templates }) {
  const { t } = useWords();
  if (all.length === 0) return null;
  return (
    <SelectField
      label={t("record.template")}
      note={t("record.templates.hint")}
      value={chosen?.id ?? ""}
      onChange={(id) => take(all.find(({ template }) => template.id === id)?.template ?? null)}
      options={all.map(({ template, name }) => ({ value: template.id, label: name }))}
      empty={t("record.template.none")}
    />
  );
}
