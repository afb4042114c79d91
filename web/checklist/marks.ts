/** The sign of each state: a word always stands beside it. */
export const checkMarks = { ok: "check", warning: "question", missing: "fault", limit: "fault" } as const;
