/** What axe finds on a page as it stands, in one line each. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

export async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ["violations"], rules: { "target-size": { enabled: true } } })
    .analyze();
  return found.map(({ id, help, nodes }) => {
    const first = nodes.slice(0, 3).map(({ target, any }) => `${target} ${any.map((one) => one.message).join("; ")}`);
    return `${id} (${help}) at ${nodes.length} places: ${first.join(" | ")}`;
  });
}
