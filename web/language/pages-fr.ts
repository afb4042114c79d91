/** What pages besides the first say in French. */
import contacts from "#languages/fr/contacts.json" with { type: "json" };
import organisation from "#languages/fr/organisation.json" with { type: "json" };
import contactsFr from "#languages/fr-FR/contacts.json" with { type: "json" };
import organisationFr from "#languages/fr-FR/organisation.json" with { type: "json" };

export const pagesFr = { ...contacts, ...organisation };
export const pagesFrFr = { ...contactsFr, ...organisationFr };
