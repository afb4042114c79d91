/** For administrators, above the board: what keeps a real page from arriving. One quiet line, gone once it is put right. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { now, useMinutes } from "../ui/now.ts";
import { checksQuery, outboxQuery } from "./queries.ts";
import { useDoctorWords } from "./use-check-words.ts";

/** What was given up longer ago is on the checklist; here it would stand for ever. */
const recentMs = 24 * 3_600_000;

/** A code or a test that did not leave is said to whoever asked for it. */
const calls = ["page", "notice"];

export function Trouble() {
  const words = useWords();
  const { t } = words;
  const { t: say, find } = useDoctorWords();
  useMinutes();
  const checks = useQuery(checksQuery()).data?.checks ?? [];
  const missing = checks.filter((one) => one.state === "missing");
  const anyDead = checks.some((one) => one.id === "dead-letters" && one.state !== "ok");
  const outbox = useQuery({ ...outboxQuery(), enabled: anyDead }).data?.data ?? [];
  const dead = outbox.filter(
    (one) => calls.includes(one.kind) && one.status === "dead" && now() - Date.parse(one.dueAt) < recentMs,
  ).length;
  if (missing.length === 0 && dead === 0) return null;
  const said = [
    missing.length > 0 &&
      say("trouble.missing", {
        what: words.list(missing.map(({ id }) => find(`trouble.${id}`) ?? find(`doctor.check.${id}`) ?? id)),
      }),
    dead > 0 && say("trouble.dead", { count: dead }),
  ].filter(Boolean);
  return (
    <aside className="trouble" aria-label={t("shell.checklist")}>
      <Icon name="fault" size={14} />
      <p>{said.join(" ")}</p>
      <Link to="/checklist">{say("trouble.see")}</Link>
    </aside>
  );
}
