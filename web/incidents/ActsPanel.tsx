/** Every act this incident knows. Those the rules refuse now stay in sight, with why. */
import { useSuspenseQuery } from "@tanstack/react-query";
import type { IncidentView } from "#contract/shapes.ts";
import { derogable } from "#core/access/can.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import type { Refusal } from "#core/kernel/refusal.ts";
import { meQuery } from "../account/queries.ts";
import { refusalSentence } from "../language/sentences.ts";
import { useWords, type Words } from "../language/words.tsx";
import { Modal } from "../ui/Modal.tsx";
import { Reason } from "../ui/marks.tsx";
import { commandGroups } from "./command-forms.ts";
import { actorFromMe } from "./state-from-view.ts";
import { whyNotIn } from "./unsettled.ts";

type Props = { view: IncidentView; onAsk: (command: IncidentCommandName) => void; onClose: () => void };

export function ActsPanel({ view, onAsk, onClose }: Props) {
  const { t } = useWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const refusals = commandGroups.flatMap(({ commands }) =>
    commands.map((command) => whyNotIn(view, command, actorFromMe(me))),
  );
  const levelOf = (level: number | null) => t(level === null ? "level.none" : `level.${level as 2 | 3 | 4 | 5}`);
  const limited = refusals.some((one) => one !== null && ofLevel.has(one.refused));
  return (
    <Modal
      title={t("acts.title")}
      note={limited ? `${view.number} · ${levelOf(me.level)}` : view.number}
      closeWord={t("ui.close")}
      onClose={onClose}
      panel
    >
      <div className="body acts-list">
        {limited && (
          <p className="muted">{me.level === null ? t("acts.no-level") : t("acts.level", { level: me.level })}</p>
        )}
        {commandGroups.map(({ group, commands }) => (
          <section key={group} className="sec" aria-labelledby={`acts-${group}`}>
            <h3 id={`acts-${group}`}>{t(`acts.${group}`)}</h3>
            <ul>
              {commands.map((command) => (
                <Act key={command} view={view} command={command} onAsk={onAsk} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Modal>
  );
}

const ofLevel: ReadonlySet<string> = new Set(["level-too-low", "level-missing"]);

/** What is one's level is said once, above; here, only which is asked for. */
function whySentence(words: Words, refusal: Refusal): string {
  const needed = refusal.values?.needed;
  return ofLevel.has(refusal.refused) && typeof needed === "number"
    ? words.t("acts.needs-level", { needed })
    : refusalSentence(words, refusal);
}

function Act({ view, command, onAsk }: { view: IncidentView; command: IncidentCommandName; onAsk: Props["onAsk"] }) {
  const words = useWords();
  const { t } = words;
  const { data: me } = useSuspenseQuery(meQuery());
  const refusal = whyNotIn(view, command, actorFromMe(me));
  const derogates = refusal?.refused === "level-too-low" && derogable(command, actorFromMe(me).level);
  const id = `why-${command}`;
  return (
    <li>
      <button
        className="btn"
        type="button"
        aria-disabled={refusal !== null}
        data-first={refusal === null || undefined}
        aria-describedby={refusal ? id : undefined}
        onClick={() => !refusal && onAsk(command)}
      >
        {t(`command.${command}.do`)}
      </button>
      {refusal && (
        <div id={id}>
          <Reason label={t("ui.reason")}>{whySentence(words, refusal)}</Reason>
          {derogates && (
            <button className="link" type="button" onClick={() => onAsk(command)}>
              {t("acts.derogate")}
            </button>
          )}
        </div>
      )}
    </li>
  );
}
