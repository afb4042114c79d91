/** What a category asks, written whole and published as its next version: incidents that have pinned an earlier one keep it. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { type Category, publishCategory } from "#contract/categories.ts";
import { answerKinds, type ConfirmedBy, confirmers, itemsMax, targetKinds } from "#core/directory/category-process.ts";
import { type IncidentCommandName, incidentCommands, sfia8 } from "#core/directory/responsibility.ts";
import { majorCategory } from "#core/kernel/vocabulary.ts";
import { meQuery } from "../account/queries.ts";
import { call } from "../client.ts";
import { useWords } from "../language/words.tsx";
import { TeamsFields } from "../teams/TeamsFields.tsx";
import { CheckField, SelectField, TextField } from "../ui/fields.tsx";
import { useKept } from "../ui/kept.ts";
import { CalendarField, MinutesField, NoticesFields, PausesFields } from "./ClockFields.tsx";
import { FormPanel } from "./FormPanel.tsx";
import { ListFields, WordsFields } from "./ItemFields.tsx";
import { FlagFields, MajorFields } from "./MajorFields.tsx";
import { nameIn } from "./names.ts";
import { PrioritiesField } from "./PrioritiesField.tsx";
import {
  definitionOf,
  draftOf,
  newItem,
  newLevel,
  newQuestion,
  newRole,
  newTarget,
  type ProcessDraft,
} from "./process-draft.ts";
import { functionsQuery, useChange } from "./queries.ts";

type Part = { draft: ProcessDraft; put: (part: Partial<ProcessDraft>) => void };

export function ProcessForm({ category, onClose }: { category: Category; onClose: () => void }) {
  const { t, language } = useWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const { draft, set, forget } = useKept<ProcessDraft>(`${me.id} process ${category.id} ${category.version}`, () =>
    draftOf(category.process),
  );
  const major = category.id === majorCategory;
  const put = (part: Partial<ProcessDraft>) => set((old) => ({ ...old, ...part }));
  const act = useChange((body: { after: number; process: Category["process"] }) =>
    call(publishCategory, { params: { id: category.id }, body }),
  );
  return (
    <FormPanel
      title={t("process.publish.title", { version: category.version + 1 })}
      note={nameIn(language, category)}
      word={t("process.publish")}
      act={act}
      body={() => ({ after: category.version, process: definitionOf(draft) })}
      onClose={onClose}
      forget={forget}
    >
      <p className="hint">{t("process.publish.hint")}</p>
      <CheckField
        label={t("process.restricted")}
        value={draft.restricted ?? false}
        onChange={(restricted) => put({ restricted })}
      />
      <CheckField
        label={t("process.closure-check")}
        value={draft.closureCheck ?? false}
        onChange={(closureCheck) => put({ closureCheck })}
      />
      <SelectField
        label={t("process.confirmed-by")}
        value={draft.confirmedBy ?? "nobody"}
        onChange={(one) => put({ confirmedBy: one as ConfirmedBy | "nobody" })}
        options={(["nobody", ...confirmers] as const).map((one) => ({
          value: one,
          label: t(`process.confirmed-by.${one}`),
        }))}
      />
      <TeamsFields value={draft.teams ?? []} onChange={(teams) => put({ teams })} />
      {major && <MajorFields draft={draft} put={put} />}
      <FlagFields draft={draft} put={put} />
      <Questions draft={draft} put={put} />
      <Items draft={draft} put={put} list="criteria" />
      <Items draft={draft} put={put} list="recovery" />
      <Targets draft={draft} put={put} />
      <PausesFields pauses={draft.pauses ?? null} onChange={(pauses) => put({ pauses })} />
      <NoticesFields notices={draft.notices ?? []} onChange={(notices) => put({ notices })} />
      <Roles draft={draft} put={put} major={major} />
      <Levels draft={draft} put={put} />
    </FormPanel>
  );
}

function Questions({ draft, put }: Part) {
  const { t } = useWords();
  return (
    <ListFields
      legend={t("process.questions")}
      hint={t("process.questions.hint")}
      one={(number) => t("process.question", { number })}
      add={t("process.question.add")}
      list={draft.questions}
      max={itemsMax}
      make={newQuestion}
      onChange={(questions) => put({ questions })}
    >
      {(one, change) => (
        <>
          <WordsFields value={one} onChange={change} />
          <SelectField
            label={t("process.question.kind")}
            value={one.kind}
            onChange={(kind) => change({ kind: kind as typeof one.kind })}
            options={answerKinds.map((kind) => ({ value: kind, label: t(`process.kind.${kind}`) }))}
          />
          {one.kind === "choice" && (
            <TextField
              label={t("process.choices")}
              hint={t("process.choices.hint")}
              value={one.choices}
              onChange={(choices) => change({ choices })}
              lines
              required
            />
          )}
          <CheckField
            label={t("process.question.required")}
            value={one.required}
            onChange={(required) => change({ required })}
          />
        </>
      )}
    </ListFields>
  );
}

function Items({ draft, put, list }: Part & { list: "criteria" | "recovery" }) {
  const { t } = useWords();
  return (
    <ListFields
      legend={t(`process.${list}`)}
      hint={t(`process.${list}.hint`)}
      one={(number) => t(`process.${list}.one`, { number })}
      add={t(`process.${list}.add`)}
      list={draft[list]}
      max={itemsMax}
      make={newItem}
      onChange={(items) => put({ [list]: items })}
    >
      {(one, change) => <WordsFields value={one} onChange={change} />}
    </ListFields>
  );
}

function Targets({ draft, put }: Part) {
  const { t } = useWords();
  return (
    <ListFields
      legend={t("process.targets")}
      hint={t("process.targets.hint")}
      one={(number) => t("process.target", { number })}
      add={t("process.target.add")}
      list={draft.targets}
      max={itemsMax}
      make={newTarget}
      onChange={(targets) => put({ targets })}
    >
      {(one, change) => (
        <>
          <div className="two">
            <SelectField
              label={t("process.target.kind")}
              value={one.kind}
              onChange={(kind) => change({ kind: kind as typeof one.kind })}
              options={targetKinds.map((kind) => ({ value: kind, label: t(`clock.name.${kind}`) }))}
            />
            <MinutesField value={one.minutes} onChange={change} />
          </div>
          <PrioritiesField legend={t("process.target.priorities")} value={one.priorities} onChange={change} />
          <CheckField
            label={t("process.target.open-hours")}
            value={one.openHours}
            onChange={(openHours) => change({ openHours })}
          />
          {one.openHours && <CalendarField value={one.calendar ?? ""} onChange={(calendar) => change({ calendar })} />}
        </>
      )}
    </ListFields>
  );
}

const grantable = ["2", "3", "4", "5"] as const;

function Roles({ draft, put, major }: Part & { major: boolean }) {
  const { t, language } = useWords();
  const functions = useQuery({ ...functionsQuery(), enabled: major }).data?.data ?? [];
  return (
    <ListFields
      legend={t("process.roles")}
      hint={t("process.roles.hint")}
      one={(number) => t("process.role", { number })}
      add={t("process.role.add")}
      list={draft.roles}
      max={itemsMax}
      make={newRole}
      onChange={(roles) => put({ roles })}
    >
      {(one, change) => (
        <>
          <WordsFields value={one} onChange={change} />
          <p className="lab">{t("process.role.duty")}</p>
          <WordsFields
            value={{ fr: one.dutyFr, en: one.dutyEn }}
            onChange={({ fr, en }) =>
              change({ ...(fr !== undefined && { dutyFr: fr }), ...(en !== undefined && { dutyEn: en }) })
            }
          />
          <SelectField
            label={t("process.role.level")}
            value={one.level}
            onChange={(level) => change({ level })}
            empty={t("process.role.anybody")}
            options={grantable.map((value) => ({ value, label: t(`level.${value}`) }))}
          />
          <CheckField
            label={t("process.role.required")}
            value={one.required}
            onChange={(required) => change({ required })}
          />
          {major && (
            <SelectField
              label={t("process.role.function")}
              value={one.function}
              onChange={(id) => change({ function: id })}
              empty={t("process.role.nobody")}
              options={functions.map((duty) => ({ value: duty.id, label: nameIn(language, duty) }))}
            />
          )}
        </>
      )}
    </ListFields>
  );
}

/** Those that a level decides, and not whether somebody was asked. */
const byLevel: readonly IncidentCommandName[] = incidentCommands.filter(
  (name) => sfia8.commands[name].kind === "level",
);

function Levels({ draft, put }: Part) {
  const { t } = useWords();
  return (
    <ListFields
      legend={t("process.levels")}
      hint={t("process.levels.hint")}
      one={(number) => t("process.level", { number })}
      add={t("process.level.add")}
      list={draft.levels}
      max={itemsMax}
      make={newLevel}
      onChange={(levels) => put({ levels })}
    >
      {(one, change) => (
        <div className="two">
          <SelectField
            label={t("process.level.command")}
            value={one.command}
            onChange={(command) => change({ command: command as IncidentCommandName })}
            options={byLevel.map((value) => ({ value, label: t(`command.${value}.do`) }))}
          />
          <SelectField
            label={t("process.level.level")}
            value={one.level}
            onChange={(level) => change({ level })}
            options={grantable.map((value) => ({ value, label: t(`level.${value}`) }))}
          />
        </div>
      )}
    </ListFields>
  );
}
