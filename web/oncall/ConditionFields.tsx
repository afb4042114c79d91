/** When a step counts, in its form: conditions are added one by one, each with its own fields. */
import { useQuery } from "@tanstack/react-query";
import { type ConditionKind, conditionKinds } from "#core/kernel/vocabulary.ts";
import { errorAt } from "../directory/FormPanel.tsx";
import { nameIn, useNamed } from "../directory/names.ts";
import { categoriesQuery } from "../directory/queries.ts";
import { useWords } from "../language/words.tsx";
import { CheckField, TextField } from "../ui/fields.tsx";
import { newOpening, type OpeningDraft } from "./layer-draft.ts";
import { Days } from "./OpeningFields.tsx";
import { type ConditionsDraft, type HoursDraft, newCondition } from "./policy-draft.ts";

type Props = {
  when: ConditionsDraft;
  onChange: (part: Partial<ConditionsDraft>) => void;
  error: unknown;
  pointer: string;
};

export function ConditionFields({ when, onChange, error, pointer }: Props) {
  const { t } = useWords();
  const said = conditionKinds.filter((kind) => when[kind] !== null);
  const left = conditionKinds.filter((kind) => when[kind] === null);
  return (
    <fieldset className="choosing conditions">
      <legend className="lab">{t("policy.when")}</legend>
      {said.map((kind) => (
        <Condition key={kind} kind={kind} when={when} onChange={onChange} error={error} pointer={pointer} />
      ))}
      {said.length > 0 && <p className="hint">{t("policy.when.hint")}</p>}
      {left.length > 0 && (
        <p className="add-one">
          <span className="muted">{t("policy.when.add")}</span>{" "}
          {left.map((kind) => (
            <button key={kind} className="btn s" type="button" onClick={() => onChange(newCondition(kind))}>
              {t(`policy.when.kind.${kind}`)}
            </button>
          ))}
        </p>
      )}
    </fieldset>
  );
}

function Condition({ kind, when, onChange, error, pointer }: Props & { kind: ConditionKind }) {
  const { t } = useWords();
  const name = t(`policy.when.kind.${kind}`);
  const hint = kind === "priority" || kind === "category" ? t(`policy.when.${kind}.hint`) : undefined;
  const { hours } = when;
  const fault =
    errorAt(
      error,
      `${pointer}/${kind === "category" ? "categories" : kind === "priority" ? "priorities" : `${kind}s`}`,
    ) ?? (kind === "category" ? errorAt(error, "/steps") : undefined);
  return (
    <fieldset className="condition">
      <legend>{name}</legend>
      {kind === "hours" ? (
        hours && (
          <Hours
            hours={hours}
            onChange={(part) => onChange({ hours: { ...hours, ...part } })}
            error={error}
            pointer={`${pointer}/hours`}
          />
        )
      ) : (
        <Checks kind={kind} chosen={when[kind] ?? []} onChange={(chosen) => onChange({ [kind]: chosen })} />
      )}
      {hint && <p className="hint">{hint}</p>}
      {fault && <p className="hint fault">{fault}</p>}
      <button className="link" type="button" onClick={() => onChange({ [kind]: null })}>
        {t("policy.when.remove", { name })}
      </button>
    </fieldset>
  );
}

type ChecksProps = {
  kind: Exclude<ConditionKind, "hours">;
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
};

function Checks({ kind, chosen, onChange }: ChecksProps) {
  const { t, language } = useWords();
  const { services } = useNamed();
  const categories = useQuery({ ...categoriesQuery(), enabled: kind === "category" });
  const options = {
    priority: () =>
      ([1, 2, 3, 4, 5] as const).map((one) => ({
        id: String(one),
        label: t("priority.badge", { priority: one, word: t(`priority.${one}`) }),
      })),
    category: () => (categories.data?.data ?? []).map((one) => ({ id: one.id, label: nameIn(language, one) })),
    service: () => services.map((one) => ({ id: one.id, label: nameIn(language, one) })),
  }[kind]();
  /* In the order of the list, whatever the order of the hand. */
  const toggle = (id: string, on: boolean) =>
    onChange(options.map((one) => one.id).filter((one) => (one === id ? on : chosen.includes(one))));
  return (
    <div className="checks">
      {options.map(({ id, label }) => (
        <CheckField key={id} label={label} value={chosen.includes(id)} onChange={(on) => toggle(id, on)} />
      ))}
    </div>
  );
}

type HoursProps = {
  hours: HoursDraft;
  onChange: (part: Partial<HoursDraft>) => void;
  error: unknown;
  pointer: string;
};

function Hours({ hours, onChange, error, pointer }: HoursProps) {
  const { t } = useWords();
  const { openings } = hours;
  const change = (index: number, part: Partial<OpeningDraft>) =>
    onChange({ openings: openings.map((one, at) => (at === index ? { ...one, ...part } : one)) });
  const closed = hours.closedOn.split(/\s+/).filter(Boolean);
  const wrong = closed.map((_, index) => errorAt(error, `${pointer}/closedOn/${index}`)).find(Boolean);
  return (
    <>
      {openings.map((one, index) => (
        <div key={one.key} className="opening">
          <Days days={one.days} onChange={(days) => change(index, { days })} />
          <div className="two">
            <TextField
              label={t("layer.hours.from")}
              type="time"
              value={one.from}
              onChange={(from) => change(index, { from })}
              required
            />
            <TextField
              label={t("layer.hours.until")}
              type="time"
              value={one.until === "24:00" ? "00:00" : one.until}
              onChange={(until) => change(index, { until: until === "00:00" ? "24:00" : until })}
              required
            />
          </div>
          {openings.length > 1 && (
            <button
              className="btn s"
              type="button"
              onClick={() => onChange({ openings: openings.filter((_, at) => at !== index) })}
            >
              {t("frame.remove")}
            </button>
          )}
        </div>
      ))}
      <p>
        <button className="btn s" type="button" onClick={() => onChange({ openings: [...openings, newOpening()] })}>
          {t("layer.hours.add")}
        </button>
      </p>
      <TextField
        label={t("policy.when.closed-on")}
        note={t("ui.optional")}
        hint={t("policy.when.closed-on.hint")}
        lines
        value={hours.closedOn}
        onChange={(closedOn) => onChange({ closedOn })}
        error={wrong}
      />
      <CheckField
        label={t("policy.when.hours.outside")}
        value={hours.outside}
        onChange={(outside) => onChange({ outside })}
      />
    </>
  );
}
