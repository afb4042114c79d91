/** The acts of the panel: record, with the assignment one accepted and the files one chose; or add what is written to an
 *  incident that is already known. */
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { recordIncident } from "#contract/incidents.ts";
import type { IncidentView } from "#contract/shapes.ts";
import { meQuery } from "../account/queries.ts";
import { call } from "../client.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { whyNotSend } from "../upload.ts";
import { shortNumber } from "./arrangement.ts";
import { command } from "./queries.ts";
import { FilesOf, WayToRecorded } from "./Recorded.tsx";
import { bodyOf, type Draft } from "./record-draft.ts";
import { rememberService } from "./recording-queries.ts";
import { settle } from "./settling.ts";
import { useOfferUndo } from "./undo.ts";
import { attach, forgetAll } from "./uploads.ts";

type Done = { readonly view: IncidentView; readonly fault: unknown };

export function useRecording(onDone: () => void) {
  const client = useQueryClient();
  const words = useWords();
  const offerUndo = useOfferUndo();
  const { data: me } = useSuspenseQuery(meQuery());
  return useMutation({
    mutationFn: async (draft: Draft): Promise<Done> => {
      const view = await call(recordIncident, { body: bodyOf(draft, words.language) });
      const { assignee } = draft;
      if (!assignee) return { view, fault: null };
      /* Recorded is recorded: a refused assignment is said beside. */
      return command(view, "assign", { [assignee.kind]: assignee.id }).then(
        (after) => ({ view: after, fault: null }),
        (fault: unknown) => ({ view, fault }),
      );
    },
    onSuccess: ({ view, fault }, { service, files }) => {
      if (service) rememberService(me.id, service);
      settle(client, view);
      const sendable = files.filter(isSendable);
      attach(client, view, sendable);
      onDone();
      const number = shortNumber(view.number, words.year());
      offerUndo([{ act: "record", before: null, after: view }], {
        text: view.assigned
          ? words.t("record.done.assigned", { number, name: view.assigned.name })
          : words.t("record.done", { number }),
        link: <WayToRecorded view={view} />,
        lines: [
          ...(fault ? [words.t("record.done.unassigned", { why: failureSentence(words, fault) })] : []),
          ...(sendable.length > 0 ? [<FilesOf key="files" view={view} />] : []),
        ],
        always: true,
        onUndo: () => forgetAll(view.id),
      });
    },
  });
}

/** The panel said why of the others. */
const isSendable = (file: File): boolean => whyNotSend(file) === null;

type Onto = { readonly id: string; readonly draft: Draft };

export function useAddingTo(onDone: (view: IncidentView) => void) {
  const client = useQueryClient();
  const { t } = useWords();
  return useMutation({
    mutationFn: ({ id, draft }: Onto) => {
      const text = [t("record.attach.text", { title: draft.title.trim() }), draft.description.trim()];
      return command({ id }, "add-observation", { text: text.filter(Boolean).join("\n\n") });
    },
    onSuccess: (view, { draft }) => {
      settle(client, view);
      attach(client, view, draft.files.filter(isSendable));
      onDone(view);
    },
  });
}
