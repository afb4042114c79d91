/** An act by keyboard: the button that opens its form, what is filled in, and the key that sends it. */
import type { Locator } from "playwright-core";
import type { IncidentCommandName } from "../../core/directory/responsibility.ts";
import type { Visitor } from "./browser.ts";
import { begins } from "./words.ts";

export async function send(
  { page, words: { t } }: Visitor,
  within: Locator,
  button: string,
  command: IncidentCommandName,
  fill: (form: Locator) => Promise<void>,
): Promise<void> {
  await within
    .getByRole("button", { name: begins(button) })
    .first()
    .focus();
  await page.keyboard.press("Enter");
  const form = page.getByRole("dialog", { name: t(`command.${command}.title`) });
  await form.waitFor();
  await fill(form);
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
}
