import { useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { addPolicy } from "#contract/directory.ts";
import { changePolicy } from "#contract/organisation.ts";
import { repeatMax, stepsMax, type Target, timeoutMinutesMax } from "#core/escalation/policy.ts";
import { meQuery } from "../account/queries.ts";
import { call } from "../client.ts";
import { errorAt, FormPanel } from "../directory/FormPanel.tsx";
import { useNamed } from "../directory/names.ts";
import { type Policy, useChange } from "../directory/queries.ts";
import { useWords } from "../language/words.tsx";
import { CheckField, TextField } from "../ui/fields.tsx";
import { useKept } from "../ui/kept.ts";
import { Moves, moved } from "./Moves.tsx";
import { ReachCheck } from "./ReachCheck.tsx";
import { WhatIf } from "./WhatIf.tsx";
import type { Change } from "./what-if.ts";

/** `schedule/ID`, `person/ID`, `team/ID`, `administrators`, `administrators/first`; nothing is not chosen yet. */
type StepDraft = { readonly key: string; readonly targets: readonly string[]; readonly minutes: string };
type Draft = { name: string; steps: readonly StepDraft[]; repeat: string; default: boolean };

const newStep = (): StepDraft => ({ key: crypto.randomUUID(), targets: [""], minutes: "5" });

const spelledTarget = (target: Policy["steps"][number]["targets"][number]): string =>
  target.kind === "administrators" ? `administrators${target.first ? "/first" : ""}` : `${target.kind}/${target.id}`;

function targetOf(spelled: string): Target {
  const [kind = "", rest = ""] = spelled.split("/");
  if (kind === "administrators") return { kind, first: rest === "first" };
  return { kind: kind as "person" | "team" | "schedule", id: rest };
}

const bodyOf = (draft: Draft) => ({
  name: draft.name.trim(),
  steps: draft.steps.map(({ targets, minutes }) => ({
    targets: targets.filter(Boolean).map(targetOf),
    timeoutMinutes: Number(minutes),
  })),
  repeat: Number(draft.repeat),
  default: draft.default,
});

/** Null while a step calls nobody yet, or waits for no number of minutes. */
function changeOf({ id }: Policy, draft: Draft): Change | null {
  const { name: _, ...rest } = bodyOf(draft);
  const whole = rest.steps.every(
    ({ targets, timeoutMinutes }) => targets.length > 0 && Number.isInteger(timeoutMinutes) && timeoutMinutes >= 1,
  );
  return whole ? { policy: { id, ...rest } } : null;
}

export function PolicyForm({ policy, onClose }: { policy?: Policy; onClose: () => void }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const { data: me } = useSuspenseQuery(meQuery());
  const { draft, set, forget } = useKept<Draft>(`${me.id} policy ${policy?.id ?? ""}`, () => ({
    name: policy?.name ?? "",
    steps: policy
      ? policy.steps.map((step) => ({
          key: crypto.randomUUID(),
          targets: step.targets.map(spelledTarget),
          minutes: String(step.timeoutMinutes),
        }))
      : [newStep()],
    repeat: String(policy?.repeat ?? 2),
    default: policy?.default ?? false,
  }));
  const put = (part: Partial<Draft>) => set((old) => ({ ...old, ...part }));
  const act = useChange((body: ReturnType<typeof bodyOf>) =>
    policy ? call(changePolicy, { params: { id: policy.id }, body }) : call(addPolicy, { body }),
  );
  const change = policy ? changeOf(policy, draft) : null;
  return (
    <FormPanel
      title={t(policy ? "policy.change.title" : "policy.add.title")}
      {...(policy && { note: policy.name })}
      word={t(policy ? "frame.save" : "policy.add")}
      act={act}
      body={() => bodyOf(draft)}
      onClose={onClose}
      onCancel={forget}
      onDone={({ id }) => {
        forget();
        onClose();
        if (!policy) void navigate({ to: "/escalation-policies/$id", params: { id } });
      }}
    >
      <TextField
        label={t("policy.name")}
        value={draft.name}
        onChange={(name) => put({ name })}
        error={errorAt(act.error, "/name")}
        maxLength={200}
        required
        first
      />
      <Steps steps={draft.steps} onChange={(steps) => put({ steps })} error={act.error} />
      <TextField
        label={t("policy.repeat")}
        hint={t("policy.repeat.hint")}
        type="number"
        min="0"
        max={String(repeatMax)}
        value={draft.repeat}
        onChange={(repeat) => put({ repeat })}
        required
      />
      {change && <ReachCheck change={change} />}
      <CheckField
        label={t("policy.default.choose")}
        value={draft.default}
        onChange={(chosen) => put({ default: chosen })}
      />
      {policy && <WhatIf change={change} />}
    </FormPanel>
  );
}

type StepsProps = { steps: readonly StepDraft[]; onChange: (steps: readonly StepDraft[]) => void; error: unknown };

function Steps({ steps, onChange, error }: StepsProps) {
  const { t } = useWords();
  const change = (index: number, part: Partial<StepDraft>) =>
    onChange(steps.map((one, at) => (at === index ? { ...one, ...part } : one)));
  return (
    <>
      {steps.map((step, index) => (
        <fieldset key={step.key} className="step">
          <legend className="lab">{t("policy.step", { number: index + 1 })}</legend>
          <Moves
            name={t("policy.step", { number: index + 1 })}
            index={index}
            count={steps.length}
            onMove={(by) => onChange(moved(steps, index, by))}
            {...(steps.length > 1 && { onRemove: () => onChange(steps.filter((_, at) => at !== index)) })}
          />
          {step.targets.map((target, place) => (
            <TargetField
              // biome-ignore lint/suspicious/noArrayIndexKey: a target is its place
              key={place}
              label={t("policy.target", { number: place + 1 })}
              value={target}
              onChange={(chosen) => change(index, { targets: step.targets.with(place, chosen) })}
              error={errorAt(error, `/steps/${index}/targets/${place}`)}
              {...(step.targets.length > 1 && {
                onRemove: () => change(index, { targets: step.targets.filter((_, at) => at !== place) }),
              })}
            />
          ))}
          <p>
            <button className="link" type="button" onClick={() => change(index, { targets: [...step.targets, ""] })}>
              {t("policy.target.add")}
            </button>
          </p>
          <TextField
            label={t("policy.wait")}
            type="number"
            min="1"
            max={String(timeoutMinutesMax)}
            value={step.minutes}
            onChange={(minutes) => change(index, { minutes })}
            required
          />
        </fieldset>
      ))}
      {steps.length < stepsMax && (
        <p>
          <button className="btn s" type="button" onClick={() => onChange([...steps, newStep()])}>
            {t("policy.step.add")}
          </button>
        </p>
      )}
    </>
  );
}

type TargetFieldProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onRemove?: () => void;
  error: string | undefined;
};

function TargetField({ label, value, onChange, onRemove, error }: TargetFieldProps) {
  const { t } = useWords();
  const { people, teams, schedules } = useNamed();
  const options = (kind: string, list: readonly { id: string; name: string }[]) =>
    list.map(({ id, name }) => (
      <option key={id} value={`${kind}/${id}`}>
        {name}
      </option>
    ));
  return (
    <div className="one-of">
      <select
        className="input"
        aria-label={label}
        required
        value={value}
        aria-invalid={error ? true : undefined}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{t("policy.target.choose")}</option>
        <optgroup label={t("schedules.title")}>{options("schedule", schedules)}</optgroup>
        <optgroup label={t("teams.title")}>{options("team", teams)}</optgroup>
        <optgroup label={t("shell.people")}>
          {options(
            "person",
            people.filter((one) => one.active || value === `person/${one.id}`),
          )}
        </optgroup>
        <optgroup label={t("policy.target.last")}>
          <option value="administrators/first">{t("target.administrators.first")}</option>
          <option value="administrators">{t("target.administrators")}</option>
        </optgroup>
      </select>
      {onRemove && (
        <button className="btn s" type="button" onClick={onRemove}>
          {t("frame.remove")}
          <span className="vh"> {label}</span>
        </button>
      )}
      {error && <p className="hint fault">{error}</p>}
    </div>
  );
}
