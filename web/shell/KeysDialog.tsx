import { useState } from "react";
import { type MessageId, useWords } from "../language/words.tsx";
import { CheckField } from "../ui/fields.tsx";
import { Modal } from "../ui/Modal.tsx";
import { readKeysOn, writeKeysOn } from "../ui/preferences.ts";

const keys: readonly { keys: readonly string[]; word: MessageId }[] = [
  { keys: ["J", "↓"], word: "keys.down" },
  { keys: ["K", "↑"], word: "keys.up" },
  { keys: ["↵"], word: "keys.enter" },
  { keys: ["A"], word: "keys.accept" },
  { keys: ["X"], word: "keys.choose" },
  { keys: ["Z"], word: "keys.undo" },
  { keys: ["L", "B", "T"], word: "keys.looks" },
  { keys: ["C"], word: "keys.record" },
  { keys: ["/"], word: "keys.filter" },
  { keys: ["O"], word: "keys.observe" },
  { keys: ["D"], word: "keys.decide" },
  { keys: ["G"], word: "keys.acts" },
  { keys: ["?"], word: "keys.list" },
  { keys: ["Ctrl ↵"], word: "keys.send" },
];

export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const [on, setOn] = useState(readKeysOn);
  return (
    <Modal title={t("keys.title")} closeWord={t("ui.close")} onClose={onClose}>
      <div className="body">
        <dl className="facts">
          {keys.map((one) => (
            <div key={one.word} className="pair">
              <dt>
                {one.keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{t(one.word)}</dd>
            </div>
          ))}
        </dl>
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
