/** What is chosen of an incident to leave it: tasks and alerts, several at once. */
import { useQuery } from "@tanstack/react-query";
import type { IncidentView } from "#contract/shapes.ts";
import { useWords } from "../language/words.tsx";
import { CheckField } from "../ui/fields.tsx";
import type { Draft, Field } from "./command-forms.ts";
import { alertsQuery } from "./queries.ts";

type Props = { view: IncidentView; field: Field; label: string; draft: Draft; set: (part: Draft) => void };
type Option = { readonly id: string; readonly word: string };

export function LeavingField(props: Props) {
  return props.field.kind === "leaving-tasks" ? <TasksLeaving {...props} /> : <AlertsLeaving {...props} />;
}

/** Those of a workstream that leaves go with it. */
function TasksLeaving(props: Props) {
  const { view, draft } = props;
  const open = view.tasks.filter(({ status }) => status === "open");
  const others = open.filter((one) => String(one.workstream ?? "") !== draft.workstream || !draft.workstream);
  return (
    <Several
      {...props}
      options={others.map(({ number, text }) => ({ id: String(number), word: `${number}. ${text}` }))}
    />
  );
}

function AlertsLeaving(props: Props) {
  const { data } = useQuery({ ...alertsQuery(props.view.number), enabled: props.view.alerts.open > 0 });
  const live = (data?.data ?? []).filter(({ status }) => status === "open" || status === "quiet");
  return <Several {...props} options={live.map(({ id, title }) => ({ id, word: title }))} />;
}

function Several({ field, label, draft, set, options }: Props & { options: readonly Option[] }) {
  const { t } = useWords();
  const value = draft[field.name];
  const chosen = Array.isArray(value) ? (value as readonly string[]) : [];
  if (options.length === 0) return null;
  return (
    <fieldset className="many">
      <legend className="lab">
        {label}
        <small>{t("ui.optional")}</small>
      </legend>
      {options.map(({ id, word }) => (
        <CheckField
          key={id}
          label={word}
          value={chosen.includes(id)}
          onChange={(on) => set({ [field.name]: on ? [...chosen, id] : chosen.filter((one) => one !== id) })}
        />
      ))}
    </fieldset>
  );
}
