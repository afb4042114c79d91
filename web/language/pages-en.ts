/** What pages besides the first say in English. */
import contacts from "#languages/en/contacts.json" with { type: "json" };
import organisation from "#languages/en/organisation.json" with { type: "json" };
import organisationCa from "#languages/en-CA/organisation.json" with { type: "json" };

export const pagesEn = { ...contacts, ...organisation };
export const pagesEnCa = organisationCa;
