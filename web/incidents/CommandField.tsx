import { useQuery } from "@tanstack/react-query";
import type { IncidentView } from "#contract/shapes.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import { exceedings } from "#core/incidents/diagnosis.ts";
import { toOwner } from "#core/incidents/escalations.ts";
import { priorityOf } from "#core/incidents/priority.ts";
import {
  derogationVerdicts,
  detectionReasons,
  evidenceSides,
  findingSources,
  flags,
  type Impact,
  linkKinds,
  type Urgency,
  workstreamOutcomes,
} from "#core/kernel/vocabulary.ts";
import {
  categoriesQuery,
  domainsQuery,
  functionsQuery,
  peopleQuery,
  policiesQuery,
  teamsQuery,
} from "../directory/queries.ts";
import { type MessageId, useWords } from "../language/words.tsx";
import { CheckField, ChoiceField, SelectField, TextField } from "../ui/fields.tsx";
import { useWide } from "../ui/wide.ts";
import { AnswerField, AskedField } from "./AskedField.tsx";
import { useAway } from "./away.ts";
import type { Draft, Field } from "./command-forms.ts";
import { PauseField, UntilField } from "./PauseFields.tsx";
import { Priority } from "./Priority.tsx";
import { boardQuery } from "./queries.ts";
import { LeavingField } from "./SplitFields.tsx";
import { TlpField } from "./TlpField.tsx";
import { isOfWork, WorkField } from "./WorkFields.tsx";
import { useStreamWords } from "./workstream-words.ts";

type Props = {
  command: IncidentCommandName;
  field: Field;
  draft: Draft;
  set: (part: Draft) => void;
  view: IncidentView;
  first: boolean;
};

function useLabel({ command, field: { name } }: Props): string {
  const { find } = useWords();
  const own = useStreamWords();
  const named = (id: string) => find(id) ?? own.find(id);
  return named(`form.${command}.${name}`) ?? named(`form.${name}`) ?? name;
}

export function CommandField(props: Props) {
  const { t } = useWords();
  const { field, draft, set } = props;
  const own = useStreamWords();
  const label = useLabel(props);
  const value = draft[field.name];
  const text = typeof value === "string" ? value : "";
  const change = (given: string) => set({ [field.name]: given });
  if (isOfWork(field.kind)) return <WorkField {...props} kind={field.kind} label={label} />;
  if (isChoice(field.kind)) {
    const options = choices[field.kind](t, own.t);
    return <ChoiceField legend={label} value={text} onChange={change} options={options} required={!field.optional} />;
  }
  switch (field.kind) {
    case "kept":
      return null;
    case "check":
      return <CheckField label={label} value={value === true} onChange={(on) => set({ [field.name]: on })} />;
    case "impact":
    case "urgency":
      return <WeightField {...props} label={label} text={text} change={change} />;
    case "priority":
      return <ChoiceField legend={label} value={text} onChange={change} options={priorities(t)} />;
    case "tlp":
      return <TlpField text={text} change={change} first={props.first} />;
    case "language":
      return <ChoiceField legend={label} value={text} onChange={change} options={writtenIn} />;
    case "question":
    case "item":
    case "criterion":
      return <AskedField {...props} kind={field.kind} label={label} />;
    case "pause":
      return <PauseField {...props} label={label} />;
    case "until":
      return <UntilField {...props} label={label} />;
    case "answer":
      return <AnswerField {...props} label={label} />;
    case "persons":
    case "categories":
    case "domains":
      return <ManyField {...props} label={label} />;
    case "assignee":
      return <AssigneeField {...props} label={label} text={text} change={change} />;
    case "leaving-tasks":
    case "leaving-alerts":
      return <LeavingField {...props} label={label} />;
    case "addressee":
      return <AddresseeField {...props} label={label} text={text} change={change} />;
    case "incident":
      return <OtherIncidentField {...props} label={label} text={text} change={change} />;
    default:
      if (isBarred(props)) return null;
      return (
        <TextField
          label={label}
          note={field.optional ? t("ui.optional") : undefined}
          hint={field.kind === "options" ? t("form.options.hint") : undefined}
          value={text}
          onChange={change}
          required={!field.optional}
          first={props.first}
          lines={field.kind !== "line"}
        />
      );
  }
}

const isChoice = (kind: Field["kind"]): kind is keyof typeof choices => kind in choices;
const standings = ["under-way", "blocked"] as const;

/** A role that has a level is held by somebody who has one, and not by a bare name. */
const isBarred = ({ command, field, view, draft }: Props): boolean =>
  command === "fill-role" &&
  field.name === "name" &&
  view.asks.roles.find(({ id }) => id === draft.role)?.level !== null;

type T = ReturnType<typeof useWords>["t"];
type Own = ReturnType<typeof useStreamWords>["t"];

const choices = {
  escalation: (t: T) =>
    (["functional", "hierarchical"] as const).map((kind) => ({ value: kind, label: t(`form.escalation.${kind}`) })),
  flag: (t: T) => flags.map((flag) => ({ value: flag, label: t(`flag.${flag}`) })),
  verdict: (t: T) => derogationVerdicts.map((verdict) => ({ value: verdict, label: t(`form.verdict.${verdict}`) })),
  "link-kind": (_: T, own: Own) => linkKinds.map((one) => ({ value: one, label: own(`form.link.as.${one}`) })),
  standing: (_: T, own: Own) => standings.map((one) => ({ value: one, label: own(`workstreams.status.${one}`) })),
  outcome: (_: T, own: Own) =>
    workstreamOutcomes.map((one) => ({ value: one, label: own(`workstreams.status.${one}`) })),
  working: (t: T) => (["yes", "no"] as const).map((one) => ({ value: one, label: t(`form.working.${one}`) })),
  detection: (_: T, own: Own) => detectionReasons.map((one) => ({ value: one, label: own(`detection.${one}`) })),
  source: (_: T, own: Own) =>
    (["none", ...findingSources] as const).map((one) => ({
      value: one === "none" ? "" : one,
      label: own(`source.${one}`),
    })),
  exceeds: (_: T, own: Own) =>
    (["no", ...exceedings] as const).map((one) => ({ value: one, label: own(`form.exceeds.${one}`) })),
  side: (t: T) => evidenceSides.map((side) => ({ value: side, label: t(`form.side.${side}`) })),
};

const writtenIn = [
  { value: "fr", label: "Français" },
  { value: "en", label: "English" },
];

type Texted = Props & { label: string; text: string; change: (text: string) => void };

const priorities = (t: ReturnType<typeof useWords>["t"]) =>
  ([1, 2, 3, 4, 5] as const).map((priority) => ({
    value: String(priority),
    label: t("priority.badge", { priority, word: t(`priority.${priority}`) }),
  }));

/** Impact and urgency in plain words; the second shows the priority that both give. */
function WeightField({ field, draft, label, text, change, first }: Texted) {
  const { t, find } = useWords();
  /* A phone cuts what a closed list shows: what is chosen is said whole below it. */
  const wide = useWide();
  const kind = field.kind as "impact" | "urgency";
  const priority = priorityOf(Number(draft.impact) as Impact, Number(draft.urgency) as Urgency);
  return (
    <>
      <SelectField
        label={label}
        value={text}
        onChange={change}
        first={first}
        required
        hint={wide ? undefined : find(`${kind}.${text}.hint`)}
        options={([1, 2, 3, 4] as const).map((level) => ({
          value: String(level),
          label: t("form.weight", { word: t(`${kind}.${level}`), hint: t(`${kind}.${level}.hint`) }),
        }))}
      />
      {kind === "urgency" && (
        <p className="gives">
          <span className="muted">{t("form.gives")}</span> <Priority view={{ priority }} />
        </p>
      )}
    </>
  );
}

function ManyField({ field, label, draft, set }: Props & { label: string }) {
  const { t, find, language } = useWords();
  const people = useQuery({ ...peopleQuery(), enabled: field.kind === "persons" });
  const categories = useQuery({ ...categoriesQuery(), enabled: field.kind === "categories" });
  const domains = useQuery({ ...domainsQuery(), enabled: field.kind === "domains" });
  const value = draft[field.name];
  const chosen = Array.isArray(value) ? (value as readonly string[]) : [];
  const listed = field.kind === "domains" ? domains.data : categories.data;
  const options =
    field.kind === "persons"
      ? (people.data?.data ?? []).filter((one) => one.active).map((one) => ({ id: one.id, word: one.name }))
      : (listed?.data ?? [])
          .filter((one) => !one.retired || chosen.includes(one.id))
          .map((one) => ({
            id: one.id,
            word: find(`category.${one.id}`) ?? (language === "fr" ? one.nameFr : one.nameEn),
          }));
  return (
    <fieldset className="many">
      <legend className="lab">
        {label}
        {field.optional && <small>{t("ui.optional")}</small>}
      </legend>
      {options.map((one) => (
        <CheckField
          key={one.id}
          label={one.word}
          value={chosen.includes(one.id)}
          onChange={(on) => set({ [field.name]: on ? [...chosen, one.id] : chosen.filter((id) => id !== one.id) })}
        />
      ))}
    </fieldset>
  );
}

function AssigneeField(props: Texted) {
  return <OneOfGroups {...props} groups={useAssignees()} />;
}

/** Whoever keeps the service, or anybody who may be asked; or a policy, which says whom and in which order. */
function AddresseeField(props: Texted) {
  const { t } = useWords();
  const policies = useQuery(policiesQuery()).data?.data ?? [];
  const bare = useAssignees().map(({ word, options }) => ({
    word,
    options: options.map(({ value, label }) => ({ value: value.slice(value.indexOf("/") + 1), label })),
  }));
  const owner = {
    word: "form.addressee.kept",
    options: [{ value: toOwner, label: t("form.addressee.owner") }],
  } as const;
  const called = policies.map(({ id, name }) => ({ value: id, label: name }));
  const groups = [owner, ...bare.toReversed(), { word: "policies.title", options: called } as const];
  return <OneOfGroups {...props} groups={groups} />;
}

type Group = { readonly word: MessageId; readonly options: readonly { value: string; label: string }[] };

function useAssignees(): readonly Group[] {
  const away = useAway();
  const { language } = useWords();
  const people = useQuery(peopleQuery()).data?.data ?? [];
  const teams = useQuery(teamsQuery()).data?.data ?? [];
  const functions = useQuery(functionsQuery()).data?.data ?? [];
  return [
    {
      word: "form.assignee.people",
      options: people
        .filter((one) => one.active)
        .map((one) => ({ value: `person/${one.id}`, label: `${one.name}${away.after(one)}` })),
    },
    { word: "form.assignee.teams", options: teams.map((one) => ({ value: `team/${one.id}`, label: one.name })) },
    {
      word: "form.assignee.functions",
      options: functions.map((one) => ({
        value: `function/${one.id}`,
        label: language === "fr" ? one.nameFr : one.nameEn,
      })),
    },
  ];
}

function OneOfGroups({ label, text, change, first, groups }: Texted & { groups: readonly Group[] }) {
  const { t } = useWords();
  return (
    <label>
      <span className="lab">{label}</span>
      <select
        className="input"
        required
        value={text}
        data-first={first || undefined}
        onChange={(event) => change(event.target.value)}
      >
        <option value="">{t("form.choose")}</option>
        {groups
          .filter((group) => group.options.length > 0)
          .map((group) => (
            <optgroup key={group.word} label={t(group.word)}>
              {group.options.map((one) => (
                <option key={one.value} value={one.value}>
                  {one.label}
                </option>
              ))}
            </optgroup>
          ))}
      </select>
    </label>
  );
}

/** Open incidents of the same nature, or any number typed by hand. */
function OtherIncidentField({ command, view, label, text, change, first }: Texted) {
  const { t } = useWords();
  const { data: board } = useQuery(boardQuery());
  const others = (board?.data ?? []).filter((one) => one.id !== view.id && one.exercise === view.exercise);
  return (
    <>
      <TextField
        label={label}
        hint={command === "merge" ? t("form.merge.hint") : undefined}
        value={text}
        onChange={change}
        list="others"
        first={first}
        required
      />
      <datalist id="others">
        {others.map((one) => (
          <option key={one.id} value={one.number}>
            {one.title}
          </option>
        ))}
      </datalist>
    </>
  );
}
