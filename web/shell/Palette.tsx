/** One field from which everything is reached by key: an act on the incident at hand, an incident, a person, a page, a
 *  preference. A combobox with its list, as ARIA describes it: the focus stays in the field. */

import { useParams } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { shortNumber } from "../incidents/arrangement.ts";
import { useWords } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";
import { Icon } from "../ui/Icon.tsx";
import { type Choice, choiceGroups, choose, currentOf, type Held } from "./choices.ts";
import { type Asked, useChoices } from "./use-choices.ts";
import "./palette.css";

type Props = Asked & { onClose: () => void };

export function Palette({ onClose, ...asked }: Props) {
  const { t, year } = useWords();
  const { number } = useParams({ strict: false });
  const about = number === undefined ? null : shortNumber(number, year());
  const box = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState("");
  const id = useId();
  const shown = choose(useChoices(text, asked), text);
  const { current, at, point, release } = useCurrent(shown, text);
  /* Closed before it leaves the page: only then does the browser give the focus back. */
  useLayoutEffect(() => {
    const dialog = box.current;
    if (!dialog || dialog.open) return;
    dialog.showModal();
    return () => dialog.close();
  }, []);
  const run = (one: Choice | undefined) => {
    if (!one) return;
    if (one.refused) return announce(one.refused);
    onClose();
    one.run();
  };
  const onKey = (event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      return onClose();
    }
    const to = moves[event.key]?.(at, shown.length);
    if (to !== undefined) {
      event.preventDefault();
      point(shown[to]?.id);
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(current);
    }
  };
  return (
    <dialog
      ref={box}
      className="palette"
      aria-label={t("palette.title")}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => event.target === event.currentTarget && onClose()}
    >
      <Ask
        id={id}
        current={current?.id}
        text={text}
        onText={(typed) => {
          setText(typed);
          release();
        }}
        onKey={onKey}
        onClose={onClose}
      />
      <Choices id={id} about={about} shown={shown} current={current?.id} onPoint={point} onRun={run} />
      <p className="vh" role="status">
        {t("palette.count", { count: shown.length })}
      </p>
    </dialog>
  );
}

/** Once drawn, what is current is held while results arrive. */
function useCurrent(shown: readonly Choice[], text: string) {
  const [held, setHeld] = useState<Held | null>(null);
  const current = currentOf(shown, text, held);
  useLayoutEffect(() => {
    setHeld((old) => (current === undefined || old?.id === current.id ? old : { id: current.id, chosen: false }));
  }, [current]);
  return {
    current,
    at: current ? shown.indexOf(current) : 0,
    point: (id: string | undefined) => setHeld(id === undefined ? null : { id, chosen: true }),
    release: () => setHeld(null),
  };
}

const moves: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => (at + 1) % Math.max(1, count),
  ArrowUp: (at, count) => (at - 1 + count) % Math.max(1, count),
  PageDown: (at, count) => Math.min(count - 1, at + 8),
  PageUp: (at) => Math.max(0, at - 8),
};

type AskProps = {
  id: string;
  current: string | undefined;
  text: string;
  onText: (typed: string) => void;
  onKey: (event: KeyboardEvent) => void;
  onClose: () => void;
};

function Ask({ id, current, text, onText, onKey, onClose }: AskProps) {
  const { t } = useWords();
  return (
    <div className="ask">
      <Icon name="search" />
      <input
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={current === undefined ? undefined : `${id}-${current}`}
        aria-autocomplete="list"
        aria-label={t("palette.title")}
        placeholder={t("palette.hint")}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={onKey}
      />
      <button className="btn s" type="button" tabIndex={-1} onClick={onClose}>
        {t("ui.close")}
      </button>
    </div>
  );
}

type ChoicesProps = {
  id: string;
  /** The incident that the acts are about. */
  about: string | null;
  shown: readonly Choice[];
  current: string | undefined;
  onPoint: (id: string) => void;
  onRun: (one: Choice) => void;
};

function Choices({ id, about, shown, current, onPoint, onRun }: ChoicesProps) {
  const { t } = useWords();
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is scrolled when another choice is current
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [current]);
  return (
    <div ref={list} className="choices-list" role="listbox" id={`${id}-list`} aria-label={t("palette.choices")}>
      {choiceGroups.map((group) => {
        const own = shown.filter((one) => one.group === group);
        if (own.length === 0) return null;
        return (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields, these are choices of one list
          <div key={group} role="group" data-group={group} aria-labelledby={`${id}-${group}`}>
            <div className="choices-of" role="presentation" id={`${id}-${group}`}>
              {group === "acts" && about !== null
                ? t("palette.group.acts.of", { number: about })
                : t(`palette.group.${group}`)}
            </div>
            {own.map((one) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the keys are the field's, where the focus stays
              <div
                key={one.id}
                id={`${id}-${one.id}`}
                role="option"
                aria-selected={one.id === current}
                aria-disabled={one.refused !== undefined}
                onMouseMove={() => one.id !== current && onPoint(one.id)}
                onClick={() => onRun(one)}
              >
                <span lang={one.lang}>{one.word}</span>
                {(one.refused ?? one.note) && <small>{one.refused ?? one.note}</small>}
              </div>
            ))}
          </div>
        );
      })}
    </div>
  );
}
