/** Everything the app says in French: a file of its own, since a browser is read in one language. */

import board from "#languages/fr/board.json" with { type: "json" };
import clocks from "#languages/fr/clocks.json" with { type: "json" };
import finding from "#languages/fr/finding.json" with { type: "json" };
import labels from "#languages/fr/labels.json" with { type: "json" };
import problems from "#languages/fr/problems.json" with { type: "json" };
import web from "#languages/fr/web.json" with { type: "json" };
import labelsFr from "#languages/fr-FR/labels.json" with { type: "json" };
import problemsFr from "#languages/fr-FR/problems.json" with { type: "json" };
import webFr from "#languages/fr-FR/web.json" with { type: "json" };

export const fr = { ...board, ...clocks, ...finding, ...labels, ...problems, ...web };
export const frFr = { ...labelsFr, ...problemsFr, ...webFr };
