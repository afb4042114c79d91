/** What is kept as evidence: what it is, who has it, how it came to them, and whether its bytes are those that arrived. */
import { readAttachment } from "#contract/attachments.ts";
import type { SecurityCommandName } from "#core/kernel/security-words.ts";
import { addressOf } from "../client.ts";
import { fileSize } from "../incidents/file-size.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { TlpMark } from "../restriction/TlpMark.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/marks.tsx";
import { toast } from "../ui/toast.tsx";
import type { Asked } from "./ActPanel.tsx";
import { Custody } from "./Custody.tsx";
import { type Evidence, type SecurityView, useSecure } from "./queries.ts";
import { useSecurityWords } from "./words.ts";

type Props = { view: SecurityView; language: string; onAsk: (asked: Asked) => void };

export function EvidenceRegister({ view, language, onAsk }: Props) {
  const { t: say } = useSecurityWords();
  const { evidence } = view;
  return (
    <section className="sec" aria-labelledby="evidence">
      <header>
        <h2 id="evidence">{say("evidence")}</h2>
        {evidence.length > 0 && <small className="muted">{evidence.length}</small>}
        {view.may.includes("register-evidence") && (
          <button className="btn s push" type="button" onClick={() => onAsk({ command: "register-evidence" })}>
            {say("act.register-evidence")} <kbd>E</kbd>
          </button>
        )}
      </header>
      {evidence.length === 0 ? (
        <div className="empty">
          <b>{say("evidence.none")}</b>
          <p>{say("evidence.none.text")}</p>
        </div>
      ) : (
        <ol className="kept-evidence">
          {evidence.map((one) => (
            <Piece key={one.number} {...{ view, language, onAsk, one }} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Piece({ view, language, onAsk, one }: Props & { one: Evidence }) {
  const words = useWords();
  const { t: say } = useSecurityWords();
  const waits = one.handOvers.at(-1);
  return (
    <li>
      <h3>
        <span className="id">{say("evidence.id", { number: one.number })}</span>{" "}
        <span lang={language}>{one.description}</span>
        {one.tlp && <TlpMark tlp={one.tlp} />}
        {one.hold && (
          <span
            className="chip solid"
            title={say("evidence.held.by", { name: one.hold.by, at: words.moment(one.hold.at) })}
          >
            <Icon name="key" size={12} />
            {say("evidence.held")}
          </span>
        )}
      </h3>
      <p className="keeper">
        <b>{say("evidence.with", { name: one.keeper.name })}</b>
        {one.place && <span lang={language}>, {one.place}</span>}
      </p>
      {waits?.status === "waiting" && <p className="waits">{say("evidence.waiting", { name: waits.to.name })}</p>}
      {one.hold?.reason && <blockquote lang={language}>{one.hold.reason}</blockquote>}
      <Facts one={one} number={view.incident.number} language={language} />
      <Custody one={one} language={language} />
      <Acts {...{ view, onAsk, one }} />
    </li>
  );
}

function Facts({ one, number, language }: { one: Evidence; number: string; language: string }) {
  const words = useWords();
  const { t: say } = useSecurityWords();
  const { file } = one;
  return (
    <dl className="facts">
      {file && (
        <>
          <dt>{say("evidence.file")}</dt>
          <dd>
            <a
              href={addressOf(readAttachment.path, { params: { id: number, attachment: file.attachmentId } })}
              download={file.name}
            >
              {file.name}
            </a>{" "}
            <span className="muted">{fileSize(words, file.bytes)}</span>
          </dd>
          <dt>{say("evidence.hash")}</dt>
          <dd className="hashed">
            <code title={file.sha256}>{file.sha256}</code> <CopyButton value={file.sha256} what={file.name} />
            <Checked one={one} />
          </dd>
        </>
      )}
      <dt>{say("evidence.collected")}</dt>
      <dd title={words.exact(one.collectedAt)}>
        {say("evidence.collected.by", { name: one.collectedBy, at: words.moment(one.collectedAt) })}
      </dd>
      {one.source && (
        <>
          <dt>{say("evidence.source")}</dt>
          <dd lang={language}>{one.source}</dd>
        </>
      )}
      {one.how && (
        <>
          <dt>{say("evidence.how")}</dt>
          <dd lang={language}>{one.how}</dd>
        </>
      )}
    </dl>
  );
}

function Checked({ one }: { one: Evidence }) {
  const words = useWords();
  const { t: say } = useSecurityWords();
  const last = one.checks.at(-1);
  if (!last) return <p className="muted">{say("evidence.unchecked")}</p>;
  const said = { at: words.moment(last.at), name: last.by };
  if (!last.matches) return <Fault>{say("evidence.altered", said)}</Fault>;
  return (
    <p className="unchanged">
      <Icon name="check" size={12} />
      {say("evidence.checked", said)}
    </p>
  );
}

const order: readonly SecurityCommandName[] = [
  "receive-evidence",
  "keep-evidence",
  "verify-evidence",
  "hand-over-evidence",
  "mark-evidence",
  "hold-evidence",
  "release-evidence",
];

function Acts({ view, onAsk, one }: Omit<Props, "language"> & { one: Evidence }) {
  const words = useWords();
  const { t: say } = useSecurityWords();
  const act = useSecure(view);
  const { number } = one;
  const verify = () =>
    act.mutate(
      { command: "verify-evidence", body: { evidence: number } },
      {
        onSuccess: (after) => {
          const last = after.evidence.find((each) => each.number === number)?.checks.at(-1);
          toast({ text: say(last?.matches ? "verified" : "altered"), closeWord: words.t("ui.close"), seconds: 6 });
        },
      },
    );
  const possible = order.filter((command) => one.may.includes(command));
  if (possible.length === 0) return null;
  const about = say("evidence.id", { number });
  return (
    <>
      <p className="acts">
        {possible.map((command) => (
          <button
            key={command}
            className={command === "receive-evidence" ? "btn primary" : "btn s"}
            type="button"
            aria-disabled={act.isPending}
            onClick={() => {
              if (act.isPending) return;
              if (command === "verify-evidence") verify();
              else onAsk({ command, number });
            }}
          >
            {say(`act.${command}`)} <span className="vh">{about}</span>
          </button>
        ))}
      </p>
      {act.error && <Fault>{failureSentence(words, act.error)}</Fault>}
    </>
  );
}
