/** What an incident hurts, with something of everything: a vital function that is out, services that were said and others that are
 *  proposed, two domains over time with a late entry and one taken back. */
import type { TestDesk } from "./desk.ts";

export async function hurtIncident(api: TestDesk["api"], number: string, service: string): Promise<void> {
  const { id: vital } = await api("POST", "/api/v1/vital-functions", {
    ...{ nameFr: "Payer le personnel", nameEn: "Paying the staff" },
    ...{ criticality: "critical", tolerableMinutes: 240 },
  });
  const before = (await api("GET", `/api/v1/services/${service}`)).vital;
  await api("PATCH", `/api/v1/services/${service}`, { vital: [...before, vital] });
  const depending = async (nameFr: string, nameEn: string, on: string, kind = "needs"): Promise<string> =>
    (await api("POST", "/api/v1/services", { nameFr, nameEn, dependsOn: [{ on, kind }] })).id;
  const slips = await depending("Bulletins en ligne", "Online pay slips", service);
  const portal = await depending("Portail du personnel", "Staff portal", slips, "degraded-without");
  await depending("Notes de frais", "Expense claims", portal);
  const tell = (command: string, body: object) => api("POST", `/api/v1/incidents/${number}/impact/${command}`, body);
  await tell("state-affected", { service, status: "down", note: "Aucun bulletin ne sort." });
  await tell("state-affected", { service: slips, status: "degraded" });
  await tell("rule-out-affected", { service: portal, note: "Vérifié à 9 h." });
  await tell("measure-impact", { domain: "employees", magnitude: "high", people: 1_240, note: "Paie en retard." });
  await tell("measure-impact", { domain: "services", magnitude: "moderate" });
  await tell("measure-impact", { domain: "customers", magnitude: "low" });
  await tell("withdraw-impact", { number: 3, reason: "Autre incident." });
}
