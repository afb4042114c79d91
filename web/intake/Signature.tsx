/** The secret that a signing sender shares with this desk: set, changed, no longer asked for, and never shown again. */
import { useState } from "react";
import { errorAt, FormPanel } from "../directory/FormPanel.tsx";
import { Section } from "../directory/frame.tsx";
import { useWords } from "../language/words.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { TextField } from "../ui/fields.tsx";
import { Confirm } from "./Confirm.tsx";
import { type Integration, useChangeIntegration } from "./queries.ts";
import { useIntakeWords } from "./words.ts";

export function SignatureSection({ one }: { one: Integration }) {
  const { t: say } = useIntakeWords();
  const [doing, setDoing] = useState<"set" | "stop" | null>(null);
  const { signature } = one;
  const close = () => setDoing(null);
  return (
    <Section title={say("sign.title")}>
      <p className="muted">
        {signature === null
          ? say("sign.off")
          : signature.timestampHeader === null
            ? say("sign.on", { header: signature.header })
            : say("sign.on.timed", { header: signature.header, time: signature.timestampHeader })}
      </p>
      {signature !== null && <p className="hint">{say("sign.others")}</p>}
      <p className="acts">
        <button className="btn s" type="button" onClick={() => setDoing("set")}>
          {say(signature === null ? "sign.set" : "sign.change")}
        </button>
        {signature !== null && (
          <button className="btn s" type="button" onClick={() => setDoing("stop")}>
            {say("sign.stop")}
          </button>
        )}
      </p>
      {doing === "set" && <Setting one={one} onClose={close} />}
      {doing === "stop" && <Stopping id={one.id} onClose={close} />}
    </Section>
  );
}

function Stopping({ id, onClose }: { id: string; onClose: () => void }) {
  const { t: say } = useIntakeWords();
  return (
    <Confirm
      title={say("sign.stop.title")}
      word={say("sign.stop")}
      act={useChangeIntegration(id)}
      input={{ signature: null }}
      onClose={onClose}
    >
      <p>{say("sign.stop.text")}</p>
    </Confirm>
  );
}

const grafanaHeader = "X-Grafana-Alerting-Signature";
const proposedBytes = 24;

/** Letters and digits: it is pasted into files and variables. */
function proposeSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(proposedBytes));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function Setting({ one, onClose }: { one: Integration; onClose: () => void }) {
  const { t } = useWords();
  const { t: say } = useIntakeWords();
  const act = useChangeIntegration(one.id);
  const [secret, setSecret] = useState("");
  const [header, setHeader] = useState(one.signature?.header ?? grafanaHeader);
  const [time, setTime] = useState(one.signature?.timestampHeader ?? "");
  return (
    <FormPanel
      title={say(one.signature === null ? "sign.set" : "sign.change")}
      note={one.name}
      word={say("sign.save")}
      act={act}
      body={() => ({ signature: { secret, header: header.trim(), timestampHeader: time.trim() || null } })}
      onClose={onClose}
    >
      <p className="muted">{say("sign.others")}</p>
      <div>
        <TextField
          label={say("sign.secret")}
          hint={say("sign.secret.hint")}
          value={secret}
          onChange={setSecret}
          error={errorAt(act.error, "/signature/secret")}
          className="mono"
          maxLength={500}
          required
          first
        />
        <p className="acts">
          <button className="btn s" type="button" onClick={() => setSecret(proposeSecret())}>
            {say("sign.propose")}
          </button>
          {secret !== "" && <CopyButton value={secret} what={say("sign.secret")} />}
        </p>
      </div>
      <TextField
        label={say("sign.header")}
        value={header}
        onChange={setHeader}
        error={errorAt(act.error, "/signature/header")}
        className="mono"
        maxLength={100}
        required
      />
      <TextField
        label={say("sign.time")}
        note={t("ui.optional")}
        hint={say("sign.time.hint")}
        value={time}
        onChange={setTime}
        error={errorAt(act.error, "/signature/timestampHeader")}
        className="mono"
        maxLength={100}
      />
    </FormPanel>
  );
}
