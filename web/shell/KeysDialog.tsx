/** The keys that do something on this page, and those that work everywhere. */
import { useState } from "react";
import { useWords } from "../language/words.tsx";
import { CheckField } from "../ui/fields.tsx";
import { Modal } from "../ui/Modal.tsx";
import { readKeysOn, writeKeysOn } from "../ui/preferences.ts";
import { keysNow, type ListedKey } from "../ui/shortcuts.ts";

/** Keys that mean the same wherever they work, so that pages need not say it. */
const knownWords: Readonly<Record<string, string>> = {
  j: "keys.down",
  ArrowDown: "keys.down",
  k: "keys.up",
  ArrowUp: "keys.up",
  Enter: "keys.enter",
  a: "keys.accept",
  x: "keys.choose",
  z: "keys.undo",
  l: "keys.looks",
  b: "keys.looks",
  t: "keys.looks",
  c: "keys.record",
  "/": "keys.filter",
  o: "keys.observe",
  d: "keys.decide",
  g: "keys.acts",
  "?": "keys.list",
};

const drawn: Readonly<Record<string, string>> = { ArrowDown: "↓", ArrowUp: "↑", Enter: "↵", " ": "␣" };
const show = (key: string): string => drawn[key] ?? (key.length === 1 ? key.toUpperCase() : key);

type Line = { readonly word: string; readonly keys: readonly string[] };

export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t, find } = useWords();
  const [on, setOn] = useState(readKeysOn);
  const [listed] = useState(keysNow);
  const linesOf = (keys: readonly ListedKey[]): Line[] => {
    const lines = new Map<string, string[]>();
    for (const { key, word } of keys) {
      const known = knownWords[key];
      const said = word ?? (known && find(known));
      if (said) lines.set(said, [...(lines.get(said) ?? []), show(key)]);
    }
    return [...lines].map(([word, own]) => ({ word, keys: own }));
  };
  const here = linesOf(listed.filter((one) => !one.everywhere));
  const opens = listed.some(({ key }) => key === "j") ? [{ word: t("keys.enter"), keys: ["↵"] }] : [];
  const everywhere = linesOf(listed.filter((one) => one.everywhere));
  const always = [
    { word: t("palette.title"), keys: ["Ctrl K"] },
    { word: t("keys.send"), keys: ["Ctrl ↵"] },
    { word: t("keys.proposal"), keys: ["Alt 1", "Alt 2", "Alt 3", "Alt 4"] },
  ];
  return (
    <Modal title={t("keys.title")} closeWord={t("ui.close")} onClose={onClose}>
      <div className="body">
        {here.length > 0 && <Lines title={t("keys.here")} lines={[...here, ...opens]} off={!on} />}
        <Lines title={t("keys.everywhere")} lines={everywhere} off={!on} />
        <Lines title={t("keys.always")} lines={always} off={false} />
        <CheckField
          label={t("keys.on")}
          value={on}
          onChange={(chosen) => {
            writeKeysOn(chosen);
            setOn(chosen);
          }}
        />
      </div>
    </Modal>
  );
}

function Lines({ title, lines, off }: { title: string; lines: readonly Line[]; off: boolean }) {
  return (
    <section className={off ? "keys off" : "keys"}>
      <h3>{title}</h3>
      <dl className="facts">
        {lines.map((one) => (
          <div key={one.word} className="pair">
            <dt>
              {one.keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{one.word}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
