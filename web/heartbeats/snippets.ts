/** What a job is given to paste: it asks for its address only when all went well. */
export const snippets = [
  ["curl", (address: string) => `curl -fsS -m 10 --retry 3 ${address}`],
  ["cron", (address: string) => `0 2 * * *  /usr/local/bin/backup && curl -fsS -m 10 --retry 3 ${address}`],
  [
    "systemd",
    (address: string) =>
      `[Service]\nType=oneshot\nExecStart=/usr/local/bin/backup\nExecStartPost=/usr/bin/curl -fsS -m 10 --retry 3 ${address}`,
  ],
  ["powershell", (address: string) => `Invoke-RestMethod -TimeoutSec 10 ${address} | Out-Null`],
] as const;
