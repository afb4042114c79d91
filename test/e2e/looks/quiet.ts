/** No page breaks the policy it is sent with, and none has an error to report: neither as it opens, nor while it is looked
 *  at. The last to look. */
import { everywhere, type Look } from "../walk.ts";

export const quiet: Look = {
  name: "every page is quiet",
  sees: everywhere,
  look: async ({ faults }) => faults.splice(0),
};
