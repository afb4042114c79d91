/** Of the category of major incidents: what proposes one, and who hears of it. Of each: what proposes that it be serious. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { itemsMax, targetMinutesMax } from "#core/directory/category-process.ts";
import { type Flag, flags } from "#core/kernel/vocabulary.ts";
import { useWords } from "../language/words.tsx";
import { CheckField, ChoiceField, TextField } from "../ui/fields.tsx";
import { ListFields, WordsFields } from "./ItemFields.tsx";
import { nameIn } from "./names.ts";
import { PrioritiesField } from "./PrioritiesField.tsx";
import { type EntryDraft, newEntry, newFlagRule, type ProcessDraft } from "./process-draft.ts";
import { functionsQuery } from "./queries.ts";

type Part = { draft: ProcessDraft; put: (part: Partial<ProcessDraft>) => void };

export function MajorFields({ draft, put }: Part) {
  const { t } = useWords();
  return (
    <>
      <ListFields
        legend={t("process.entry")}
        hint={t("process.entry.hint")}
        one={(number) => t("process.entry.one", { number })}
        add={t("process.entry.add")}
        list={draft.entry}
        max={itemsMax}
        make={newEntry}
        onChange={(entry) => put({ entry })}
      >
        {(one, change) => <CriterionFields one={one} change={change} />}
      </ListFields>
      <Informed draft={draft} put={put} />
    </>
  );
}

/** What is serious, or not routine. */
export function FlagFields({ draft, put }: Part) {
  const { t } = useWords();
  return (
    <ListFields
      legend={t("process.flags")}
      hint={t("process.flags.hint")}
      one={(number) => t("process.entry.one", { number })}
      add={t("process.entry.add")}
      list={draft.flags ?? []}
      max={itemsMax}
      make={newFlagRule}
      onChange={(list) => put({ flags: list })}
    >
      {(one, change) => (
        <>
          <ChoiceField
            legend={t("process.flags.which")}
            value={one.flag}
            onChange={(flag) => change({ flag: flag as Flag })}
            options={flags.map((flag) => ({ value: flag, label: t(`flag.${flag}`) }))}
            required
          />
          <CriterionFields one={one} change={change} />
        </>
      )}
    </ListFields>
  );
}

type Criterion = { one: EntryDraft; change: (part: Partial<EntryDraft>) => void };

function CriterionFields({ one, change }: Criterion) {
  const { t } = useWords();
  return (
    <>
      <WordsFields value={one} onChange={change} />
      <PrioritiesField legend={t("process.entry.priorities")} value={one.priorities} onChange={change} />
      <CheckField label={t("process.entry.vital")} value={one.vital} onChange={(vital) => change({ vital })} />
      <Numbers one={one} change={change} />
      <Rest one={one} />
    </>
  );
}

const numbers = [
  ["downMinutes", targetMinutesMax],
  ["domainsMin", 20],
  ["alertsMin", 10_000],
] as const;

function Numbers({ one, change }: Criterion) {
  const { t } = useWords();
  return numbers.map(([name, max]) => (
    <TextField
      key={name}
      label={t(`process.entry.${name}`)}
      type="number"
      min="1"
      max={String(max)}
      value={one[name]}
      onChange={(value) => change({ [name]: value })}
    />
  ));
}

/** What was said by the API and has no field here is kept, and said to be. */
function Rest({ one: { rest } }: { one: EntryDraft }) {
  const { t, list } = useWords();
  const said = (["categories", "services", "domains"] as const).filter((name) => rest[name] !== undefined);
  if (said.length === 0) return null;
  return (
    <p className="hint">{t("process.entry.rest", { what: list(said.map((name) => t(`process.entry.${name}`))) })}</p>
  );
}

function Informed({ draft, put }: Part) {
  const { t, language } = useWords();
  const { data } = useSuspenseQuery(functionsQuery());
  const { informed } = draft;
  return (
    <fieldset className="many">
      <legend className="lab">{t("process.informed")}</legend>
      <p className="hint">{t("process.informed.hint")}</p>
      {data.data.map((one) => (
        <CheckField
          key={one.id}
          label={nameIn(language, one)}
          value={informed.includes(one.id)}
          onChange={(on) => put({ informed: on ? [...informed, one.id] : informed.filter((id) => id !== one.id) })}
        />
      ))}
    </fieldset>
  );
}
