/** Says of this desk that its data is made up, to whoever looks at it. */
import * as contract from "../../contract/demonstration.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Serve } from "../platform/http.ts";
import type { Demonstration } from "./store.ts";

export function demonstrationRoutes(serve: Serve, demonstration: Demonstration | null): void {
  serve(contract.readDemonstration, async () => ({
    demonstration: demonstration && { from: toIso(demonstration.from), loadedAt: toIso(demonstration.loadedAt) },
  }));
}
