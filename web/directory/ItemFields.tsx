/** A list in a form whose members have words in both languages, an order, and perhaps fields of their own. */
import { type ReactNode, useLayoutEffect, useRef } from "react";
import { useWords } from "../language/words.tsx";
import { Moves, moved } from "../oncall/Moves.tsx";
import { TextField } from "../ui/fields.tsx";

type Keyed = { readonly key: string };

type ListProps<T extends Keyed> = {
  legend: string;
  hint?: string;
  /** What one of them is called, with its place. */
  one: (number: number) => string;
  add: string;
  list: readonly T[];
  max: number;
  make: () => T;
  onChange: (list: readonly T[]) => void;
  children: (one: T, change: (part: Partial<T>) => void) => ReactNode;
};

export function ListFields<T extends Keyed>(props: ListProps<T>) {
  const { legend, hint, one: named, add, list, max, make, onChange, children } = props;
  const { box, goTo } = useGoOn(list.length);
  return (
    <fieldset className="items" ref={box}>
      <legend className="lab">{legend}</legend>
      {hint && <p className="hint">{hint}</p>}
      {list.map((one, index) => (
        <fieldset key={one.key} className="step">
          <legend className="lab">{named(index + 1)}</legend>
          <Moves
            name={named(index + 1)}
            index={index}
            count={list.length}
            onMove={(by) => onChange(moved(list, index, by))}
            onRemove={() => {
              goTo("add");
              onChange(list.filter((_, at) => at !== index));
            }}
          />
          {children(one, (part) => onChange(list.map((other, at) => (at === index ? { ...other, ...part } : other))))}
        </fieldset>
      ))}
      {list.length < max && (
        <p>
          <button
            className="btn s"
            type="button"
            data-add
            onClick={() => {
              goTo("new");
              onChange([...list, make()]);
            }}
          >
            {add}
          </button>
        </p>
      )}
    </fieldset>
  );
}

/** The keyboard goes on in what was added; from what was taken away, to the button that adds. */
function useGoOn(count: number) {
  const box = useRef<HTMLFieldSetElement>(null);
  const to = useRef<keyof typeof places | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the list is longer, or shorter
  useLayoutEffect(() => {
    if (to.current === null) return;
    box.current?.querySelector<HTMLElement>(places[to.current])?.focus();
    to.current = null;
  }, [count]);
  return {
    box,
    goTo: (place: keyof typeof places) => {
      to.current = place;
    },
  };
}

const places = {
  new: ":scope > .step:last-of-type :is(input, select, textarea)",
  add: ":scope > p > [data-add]",
} as const;

type Words = { readonly fr: string; readonly en: string };

/** The reader's own language first. */
export function WordsFields({ value, onChange }: { value: Words; onChange: (part: Partial<Words>) => void }) {
  const { t, language } = useWords();
  const order = language === "fr" ? (["fr", "en"] as const) : (["en", "fr"] as const);
  return (
    <>
      {order.map((one) => (
        <TextField
          key={one}
          label={t(`process.words.${one}`)}
          value={value[one]}
          onChange={(text) => onChange({ [one]: text })}
          maxLength={300}
          required
        />
      ))}
    </>
  );
}
