/** Links in mails must lead here: the address that this browser has open is compared with the one that they will carry. */
import { Good, ToPaste } from "./parts.tsx";
import type { StepProps } from "./steps.ts";
import { useSetupWords } from "./words.ts";

const variables = `TOCSIN_URL=https://tocsin.example.org
TOCSIN_TLS_CERT=/etc/tocsin/fullchain.pem
TOCSIN_TLS_KEY=/etc/tocsin/privkey.pem`;

export function AddressStep({ checks }: StepProps) {
  const t = useSetupWords();
  const row = checks.find((one) => one.id === "address");
  const links = row?.detail ?? "";
  const same = links === location.origin;
  const proved = row?.state === "ok";
  const why = !same
    ? "address.other"
    : row?.because === "only-here"
      ? "address.only-here"
      : row?.because === "plain"
        ? "address.same-plain"
        : null;
  return (
    <>
      <dl className="facts">
        <div className="pair">
          <dt>{t("address.links")}</dt>
          <dd>
            <code>{links}</code>
          </dd>
        </div>
        <div className="pair">
          <dt>{t("address.here")}</dt>
          <dd>
            <code>{location.origin}</code>
          </dd>
        </div>
      </dl>
      {proved ? (
        <Good>{t("address.same")}</Good>
      ) : (
        <>
          {why && <p>{t(why)}</p>}
          <p className="muted">{t("address.how")}</p>
          <ToPaste label={t("address.sample")} code={variables} />
        </>
      )}
    </>
  );
}
