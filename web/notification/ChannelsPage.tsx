/** By whom text messages and calls are carried, in the order in which they are asked; for administrators. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { failureSentence } from "../language/sentences.ts";
import { useWords, type Words } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/marks.tsx";
import { AddProvider } from "./AddProvider.tsx";
import {
  type ProviderView,
  providersQuery,
  useChangeProvider,
  useRemoveProvider,
  useTryProvider,
} from "./provider-queries.ts";
import { useChannelWords } from "./words.ts";
import "../account/account.css";
import "./notification.css";

export function ChannelsPage() {
  const { t } = useWords();
  const { t: say } = useChannelWords();
  const { data } = useSuspenseQuery(providersQuery());
  return (
    <>
      <title>{`${t("shell.channels")} · Tocsin`}</title>
      <div className="bar">
        <h1>{t("shell.channels")}</h1>
      </div>
      <div className="page beside">
        <section className="sec" aria-labelledby="providers">
          <header>
            <h2 id="providers">{say("providers.title")}</h2>
          </header>
          <p className="muted">{say("providers.what")}</p>
          {data.data.length === 0 ? (
            <p className="empty">{say("providers.none")}</p>
          ) : (
            <ol className="contacts">
              {data.data.map((one, place) => (
                <Provider key={one.id} one={one} first={place === 0} />
              ))}
            </ol>
          )}
        </section>
        <div>
          <section className="sec" aria-labelledby="add-provider">
            <h2 id="add-provider">{say("providers.add")}</h2>
            <p className="muted">{say("providers.add.what")}</p>
            <AddProvider />
          </section>
        </div>
      </div>
    </>
  );
}

type Say = ReturnType<typeof useChannelWords>["t"];

const marks = { usable: "check", off: "small", paused: "fault" } as const;

function Provider({ one, first }: { one: ProviderView; first: boolean }) {
  const words = useWords();
  const { t } = words;
  const { t: say } = useChannelWords();
  const change = useChangeProvider(one.id);
  const remove = useRemoveProvider(one.id);
  const trying = useTryProvider(one.id);
  const name = one.name ?? say(`providers.kind.${one.kind}`);
  const failed = change.error ?? remove.error ?? trying.error;
  const said = (sentence: string) => ({ onSuccess: () => announce(sentence) });
  const act = (label: string, pending: boolean, run: () => void) => (
    <button className="btn s" type="button" aria-disabled={pending} onClick={run}>
      {label}
      <span className="vh"> {name}</span>
    </button>
  );
  return (
    <li className={`contact ${one.state}`}>
      <h3>{name}</h3>
      <p className="muted where">
        {[one.name !== null && say(`providers.kind.${one.kind}`), one.from, one.account].filter(Boolean).join(" · ")}
      </p>
      <p className="how">
        <Icon name={marks[one.state]} size={14} />
        <span>
          {say(`providers.state.${one.state}`)}
          <span className="muted"> {triedOf(words, say, one)}</span>
        </span>
      </p>
      {one.returnUrl !== null && one.kind !== "telegram" && (
        <p className="hint where">
          {say(`providers.return.${one.kind}`)} <code>{one.returnUrl}</code>
        </p>
      )}
      <p className="acts">
        {act(say("providers.try"), trying.isPending, () => trying.mutate(undefined, said(say("providers.tried"))))}
        {!first &&
          act(say("providers.first"), change.isPending, () =>
            change.mutate({ first: true }, said(say("providers.moved"))),
          )}
        {act(t(one.state === "off" ? "contact.switch-on" : "contact.switch-off"), change.isPending, () =>
          change.mutate(
            { enabled: one.state === "off" },
            said(t(one.state === "off" ? "contact.switched-on" : "contact.switched-off", { name })),
          ),
        )}
        {act(t("contact.remove"), remove.isPending, () =>
          remove.mutate(undefined, said(t("contact.removed", { name }))),
        )}
      </p>
      {failed && <Fault>{failureSentence(words, failed)}</Fault>}
    </li>
  );
}

function triedOf(words: Words, say: Say, { triedAt, lastError }: ProviderView): string {
  if (triedAt === null) return say("providers.never-tried");
  const at = words.moment(triedAt);
  return lastError === null ? say("providers.answered", { at }) : say("providers.refused", { at, error: lastError });
}
