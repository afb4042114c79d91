/** Fields of forms: a label tied to its control, a hint, and an error in words. */
import { type ReactNode, useId } from "react";

type Framed = { label: string; note?: string | undefined; hint?: string | undefined; error?: string | undefined };

function Frame({ id, label, note, hint, error, children }: Framed & { id: string; children: ReactNode }) {
  return (
    <div>
      <label className="lab" htmlFor={id}>
        {label}
        {note && <small>{note}</small>}
      </label>
      {children}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="hint fault" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

const described = (id: string, { hint, error }: Framed) =>
  [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;

type TextProps = Framed & {
  value: string;
  onChange: (value: string) => void;
  required?: boolean;
  first?: boolean;
  lines?: boolean;
  type?: "text" | "email" | "password" | "datetime-local" | "date" | "time" | "number" | "tel";
  autoComplete?: string;
  maxLength?: number;
  min?: string;
  max?: string;
  className?: string;
  list?: string;
};

export function TextField(props: TextProps) {
  const id = useId();
  const {
    value,
    onChange,
    required,
    first,
    lines,
    type = "text",
    autoComplete,
    maxLength,
    min,
    max,
    className,
    list,
  } = props;
  const shared = {
    id,
    value,
    required,
    maxLength,
    "data-first": first || undefined,
    "aria-invalid": props.error ? (true as const) : undefined,
    "aria-describedby": described(id, props),
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  return (
    <Frame id={id} {...props}>
      {lines ? (
        <textarea className="input" rows={3} {...shared} />
      ) : (
        <input
          className={className ? `input ${className}` : "input"}
          type={type}
          autoComplete={autoComplete ?? "off"}
          min={min}
          max={max}
          list={list}
          {...shared}
        />
      )}
    </Frame>
  );
}

/** Options that follow one another and have a group in common stand under its name. */
export type Option = { value: string; label: string; group?: string | undefined };

type SelectProps = Framed & {
  value: string;
  onChange: (value: string) => void;
  options: readonly Option[];
  empty?: string;
  required?: boolean;
  first?: boolean;
};

export function SelectField(props: SelectProps) {
  const id = useId();
  return (
    <Frame id={id} {...props}>
      <select
        className="input"
        id={id}
        value={props.value}
        required={props.required}
        data-first={props.first || undefined}
        aria-invalid={props.error ? true : undefined}
        aria-describedby={described(id, props)}
        onChange={(event) => props.onChange(event.target.value)}
      >
        {props.empty !== undefined && <option value="">{props.empty}</option>}
        {grouped(props.options).map(({ group, options }) =>
          group === undefined ? (
            options.map(optionOf)
          ) : (
            <optgroup key={group} label={group}>
              {options.map(optionOf)}
            </optgroup>
          ),
        )}
      </select>
    </Frame>
  );
}

const optionOf = ({ value, label }: Option) => (
  <option key={value} value={value}>
    {label}
  </option>
);

function grouped(options: readonly Option[]): { group: string | undefined; options: Option[] }[] {
  const runs: { group: string | undefined; options: Option[] }[] = [];
  for (const one of options) {
    const last = runs.at(-1);
    if (last && last.group === one.group) last.options.push(one);
    else runs.push({ group: one.group, options: [one] });
  }
  return runs;
}

type ChoiceProps = {
  legend: string;
  note?: string | undefined;
  value: string;
  onChange: (value: string) => void;
  options: readonly Option[];
  required?: boolean;
};

export function ChoiceField({ legend, note, value, onChange, options, required }: ChoiceProps) {
  const name = useId();
  return (
    <fieldset className="choices">
      <legend className="lab">
        {legend}
        {note && <small>{note}</small>}
      </legend>
      {options.map((one) => (
        <label key={one.value}>
          <input
            type="radio"
            name={name}
            value={one.value}
            checked={value === one.value}
            required={required}
            onChange={() => onChange(one.value)}
          />
          {one.label}
        </label>
      ))}
    </fieldset>
  );
}

export function CheckField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: boolean;
  onChange: (on: boolean) => void;
}) {
  return (
    <label className="check">
      <input type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}
