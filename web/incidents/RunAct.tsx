/** An act chosen elsewhere than on a button: done at once when there is nothing to fill in, else its form. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import { meQuery } from "../account/queries.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";
import { Modal } from "../ui/Modal.tsx";
import { Fault } from "../ui/marks.tsx";
import { immediate } from "./CommandButton.tsx";
import { CommandDialog } from "./CommandDialog.tsx";
import { takesOver } from "./command-forms.ts";
import { incidentQuery, useCommand } from "./queries.ts";

type Props = { number: string; command: IncidentCommandName; onClose: () => void };

export function RunAct({ number, command, onClose }: Props) {
  const { data: view } = useQuery(incidentQuery(number));
  const { data: me } = useSuspenseQuery(meQuery());
  if (!view) return null;
  if (immediate.has(command) && !takesOver(view, command, me.id))
    return <AtOnce view={view} command={command} onClose={onClose} />;
  return <CommandDialog view={view} command={command} onClose={onClose} />;
}

function AtOnce({ view, command, onClose }: Omit<Props, "number"> & { view: IncidentView }) {
  const words = useWords();
  const { t } = words;
  const { mutateAsync, error } = useCommand(view);
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    mutateAsync({ name: command, body: {} }).then(
      () => {
        announce(t("command.done", { command: t(`command.${command}.do`) }));
        onClose();
      },
      () => undefined /* said below, by error */,
    );
  }, [mutateAsync, command, onClose, t]);
  if (!error) return null;
  return (
    <Modal title={t(`command.${command}.title`)} note={view.number} closeWord={t("ui.close")} onClose={onClose}>
      <div className="body">
        <Fault>{failureSentence(words, error)}</Fault>
      </div>
    </Modal>
  );
}
