/** Fields about who coordinates, holds a role or has a task, and about which hypothesis. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import type { IncidentView } from "#contract/shapes.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import { coordinationLevel, coordinatorRole } from "#core/incidents/coordination.ts";
import { meQuery } from "../account/queries.ts";
import { nameIn } from "../directory/names.ts";
import { knownErrorsQuery, peopleQuery, teamsQuery } from "../directory/queries.ts";
import { useWords, type Words } from "../language/words.tsx";
import { SelectField, TextField } from "../ui/fields.tsx";
import { useAway } from "./away.ts";
import type { Draft, Field } from "./command-forms.ts";
import { knownErrorsOfQuery } from "./queries.ts";
import { stateFromView } from "./state-from-view.ts";
import { useStreamWords } from "./workstream-words.ts";

type Props = {
  view: IncidentView;
  command: IncidentCommandName;
  field: Field;
  label: string;
  draft: Draft;
  set: (part: Draft) => void;
  first: boolean;
};

const kinds = [
  "person",
  "role",
  "task",
  "hypothesis",
  "derogation",
  "instant",
  "workstream",
  "waits-on",
  "team",
  "known-error",
  "help",
] as const;
type Kind = (typeof kinds)[number];

export const isOfWork = (kind: Field["kind"]): kind is Kind => kinds.some((one) => one === kind);

export function WorkField({ kind, ...props }: Props & { kind: Kind }) {
  const words = useWords();
  switch (kind) {
    case "person":
      return <PersonField {...props} />;
    case "role":
      return <RoleField {...props} />;
    case "task":
      return <OpenOneField {...props} open={props.view.tasks} />;
    case "hypothesis":
      return <OpenOneField {...props} open={props.view.hypotheses} />;
    case "derogation":
      return <OpenOneField {...props} open={unreviewed(words, props.view)} />;
    case "help":
      return <OpenOneField {...props} open={unanswered(props.view)} />;
    case "workstream":
      return <StreamField {...props} />;
    case "waits-on":
      return <OpenOneField {...props} open={streamsOf(props.view, props.draft.workstream)} none />;
    case "team":
      return <TeamField {...props} />;
    case "known-error":
      return <KnownErrorField {...props} />;
    case "instant":
      return <InstantField {...props} />;
  }
}

/** Those who have the level for it stand first; the others may by derogation, or are refused with why. */
function PersonField({ view, command, field, label, draft, set, first }: Props) {
  const { t } = useWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const people = (useQuery(peopleQuery()).data?.data ?? []).filter(({ active }) => active);
  const away = useAway();
  const needed = neededFor(view, command, draft);
  const others = command === "offer-coordination" ? people.filter(({ id }) => id !== view.coordinator?.id) : people;
  const offered = command === "offer-coordination" ? others.filter(({ level }) => (level ?? 0) >= 3) : others;
  const able = offered.filter(({ level }) => (level ?? 0) >= needed);
  const rest = offered.filter((one) => !able.includes(one));
  const chosen = people.find(({ id }) => id === draft[field.name]);
  const option = (group: string) => (one: (typeof people)[number]) => ({
    value: one.id,
    label: `${one.name}${one.level === null ? "" : ` · ${t(`level.${one.level as 2 | 3 | 4 | 5}`)}`}${one.id === me.id ? ` · ${t("ui.you")}` : ""}${away.after(one)}`,
    ...(rest.length > 0 && needed > 0 && { group }),
  });
  return (
    <SelectField
      label={label}
      note={field.optional ? t("ui.optional") : undefined}
      hint={chosen && away.sentence(chosen)}
      value={String(draft[field.name] ?? "")}
      onChange={(value) => set({ [field.name]: value })}
      empty={t("form.choose")}
      options={[
        ...able.map(option(t("form.person.able", { level: needed }))),
        ...rest.map(option(t("form.person.below", { level: needed }))),
      ]}
      first={first}
      required={!field.optional}
    />
  );
}

function neededFor(view: IncidentView, command: IncidentCommandName, draft: Draft): number {
  if (command === "offer-coordination") return coordinationLevel(stateFromView(view));
  if (command !== "fill-role") return 0;
  return view.asks.roles.find(({ id }) => id === draft.role)?.level ?? 0;
}

/** Of those its categories ask for; the coordinator's is offered and accepted. */
function RoleField({ view, command, label, draft, set, first }: Props) {
  const { t } = useWords();
  const held = command === "release-role";
  const roles = view.asks.roles.filter(({ id, holder }) => id !== coordinatorRole && (!held || holder !== null));
  return (
    <SelectField
      label={label}
      value={String(draft.role ?? "")}
      onChange={(role) => set({ role })}
      empty={t("form.choose")}
      options={roles.map(({ id, name, holder }) => ({ value: id, label: holder ? `${name} · ${holder.name}` : name }))}
      first={first}
      required
    />
  );
}

const unreviewed = ({ t, find }: Words, { derogations }: IncidentView): Numbered[] =>
  derogations.map(({ number, command, needed, review }) => ({
    number,
    text: t("derogations.one", { command: find(`command.${command}.do`) ?? command, needed }),
    status: review ? "reviewed" : "open",
  }));

const unanswered = ({ help }: IncidentView): Numbered[] =>
  help.map(({ number, text, answered }) => ({ number, text, status: answered ? "answered" : "open" }));

/** Those that are open, but for the one that it is about. */
const streamsOf = ({ workstreams }: IncidentView, but?: Draft[string]): Numbered[] =>
  workstreams
    .filter(({ status, number }) => (status === "under-way" || status === "blocked") && String(number) !== but)
    .map(({ number, title }) => ({ number, text: title, status: "open" }));

/** To whoever takes the lead, who has it is said. */
function StreamField(props: Props) {
  const { t } = useStreamWords();
  const { view, command, draft, field } = props;
  const led = view.workstreams.find(({ number }) => String(number) === draft.workstream)?.lead;
  const hint = command === "accept-workstream" && led ? t("workstreams.led", { name: led.name }) : undefined;
  return <OpenOneField {...props} open={streamsOf(view)} none={field.optional} hint={hint} />;
}

function TeamField({ field, label, draft, set }: Props) {
  const { t } = useWords();
  const teams = useQuery(teamsQuery()).data?.data ?? [];
  return (
    <SelectField
      label={label}
      note={field.optional ? t("ui.optional") : undefined}
      value={String(draft[field.name] ?? "")}
      onChange={(value) => set({ [field.name]: value })}
      empty={t("form.choose")}
      options={teams.map(({ id, name }) => ({ value: id, label: name }))}
      required={!field.optional}
    />
  );
}

/** Those that its page shows are there at once: what was pressed is chosen before the others have come. */
function KnownErrorField({ field, label, draft, set, first, view }: Props) {
  const { t, language } = useWords();
  const shown = useQuery(knownErrorsOfQuery(view)).data?.data ?? [];
  const all = useQuery(knownErrorsQuery()).data?.data;
  const chosen = String(draft[field.name] ?? "");
  return (
    <SelectField
      label={label}
      value={chosen}
      onChange={(value) => set({ [field.name]: value })}
      empty={t("form.choose")}
      options={(all ?? shown)
        .filter(({ id, retired }) => !retired || id === chosen)
        .map((one) => ({ value: one.id, label: "name" in one ? one.name : nameIn(language, one) }))}
      first={first}
      required
    />
  );
}

type Numbered = { readonly number: number; readonly text: string; readonly status: string };

function OpenOneField({
  open,
  none,
  field,
  label,
  draft,
  set,
  first,
  hint,
}: Props & { open: readonly Numbered[]; none?: boolean | undefined; hint?: string | undefined }) {
  const { t } = useWords();
  if (none && open.length === 0) return null;
  return (
    <SelectField
      label={label}
      value={String(draft[field.name] ?? "")}
      onChange={(number) => set({ [field.name]: number })}
      empty={t("form.choose")}
      options={open
        .filter(({ status, number }) => status === "open" || String(number) === draft[field.name])
        .map(({ number, text }) => ({ value: String(number), label: `${number}. ${text}` }))}
      note={none ? t("ui.optional") : undefined}
      hint={hint}
      first={first}
      required={!none}
    />
  );
}

/** A wall clock, where the reader is. */
function InstantField({ field, label, draft, set }: Props) {
  const { t, zone } = useWords();
  return (
    <TextField
      label={label}
      note={field.optional ? t("ui.optional") : undefined}
      hint={t("form.zone", { zone })}
      type="datetime-local"
      value={String(draft[field.name] ?? "")}
      onChange={(value) => set({ [field.name]: value })}
      required={!field.optional}
    />
  );
}
