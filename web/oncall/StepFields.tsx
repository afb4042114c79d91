/** The steps of a policy in its form: whom each calls, how long it waits, and when it counts. */
import { acknowledgementsMax, stepsMax, timeoutMinutesMax } from "#core/escalation/policy.ts";
import { errorAt } from "../directory/FormPanel.tsx";
import { nameIn, useNamed } from "../directory/names.ts";
import { useWords } from "../language/words.tsx";
import { CheckField, TextField } from "../ui/fields.tsx";
import { ConditionFields } from "./ConditionFields.tsx";
import { Moves, moved } from "./Moves.tsx";
import { newStep, type StepDraft } from "./policy-draft.ts";
import { usePolicyWebhooks } from "./policy-webhooks.ts";

type StepsProps = { steps: readonly StepDraft[]; onChange: (steps: readonly StepDraft[]) => void; error: unknown };

export function StepFields({ steps, onChange, error }: StepsProps) {
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
          <Waits step={step} onChange={(part) => change(index, part)} />
          <ConditionFields
            when={step.when}
            onChange={(part) => change(index, { when: { ...step.when, ...part } })}
            error={error}
            pointer={`/steps/${index}/when`}
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

/** How long, and for how many people. */
function Waits({ step, onChange }: { step: StepDraft; onChange: (part: Partial<StepDraft>) => void }) {
  const { t } = useWords();
  return (
    <>
      <TextField
        label={t("policy.wait")}
        type="number"
        min="1"
        max={String(timeoutMinutesMax)}
        value={step.minutes}
        onChange={(minutes) => onChange({ minutes })}
        required
      />
      <CheckField label={t("policy.in-turn")} value={step.inTurn} onChange={(inTurn) => onChange({ inTurn })} />
      <p className="hint">{t("policy.in-turn.hint")}</p>
      {!step.inTurn && (
        <TextField
          label={t("policy.acknowledgements")}
          hint={t("policy.acknowledgements.hint")}
          type="number"
          min="1"
          max={String(acknowledgementsMax)}
          value={step.acknowledgements}
          onChange={(acknowledgements) => onChange({ acknowledgements })}
          required
        />
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
  const { t, language } = useWords();
  const { people, teams, functions, schedules } = useNamed();
  const webhooks = usePolicyWebhooks();
  const options = (kind: string, list: readonly { id: string; name: string }[]) =>
    list.map(({ id, name }) => (
      <option key={id} value={`${kind}/${id}`}>
        {name}
      </option>
    ));
  const posts = value.startsWith("webhook/");
  return (
    <>
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
          <optgroup label={t("functions.title")}>
            {options(
              "function",
              functions.map((one) => ({ id: one.id, name: nameIn(language, one) })),
            )}
          </optgroup>
          <optgroup label={t("shell.people")}>
            {options(
              "person",
              people.filter((one) => one.active || value === `person/${one.id}`),
            )}
          </optgroup>
          {webhooks.length > 0 && (
            <optgroup label={t("policy-webhooks.title")}>{options("webhook", webhooks)}</optgroup>
          )}
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
      {posts && <p className="hint">{t("policy.target.webhook")}</p>}
    </>
  );
}
