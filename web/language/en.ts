/** Everything the app says in English: a file of its own, since a browser is read in one language. */

import board from "#languages/en/board.json" with { type: "json" };
import clocks from "#languages/en/clocks.json" with { type: "json" };
import finding from "#languages/en/finding.json" with { type: "json" };
import labels from "#languages/en/labels.json" with { type: "json" };
import problems from "#languages/en/problems.json" with { type: "json" };
import web from "#languages/en/web.json" with { type: "json" };
import boardCa from "#languages/en-CA/board.json" with { type: "json" };
import labelsCa from "#languages/en-CA/labels.json" with { type: "json" };

export const en = { ...board, ...clocks, ...finding, ...labels, ...problems, ...web };
export const enCa = { ...boardCa, ...labelsCa };
