/** Titles as people write them, in both languages, and the rows that find them. A quarter are one title over and over, which
 *  is what a desk sees in a long outage and the worst that words can do to an index. */
import type pg from "pg";

export const services = [
  "Réservation en ligne",
  "Paiement par carte",
  "Portail des ressources humaines",
  "Payroll export",
  "Messagerie",
  "Réseau des étages",
  "VPN gateway",
  "Backup of databases",
  "Imprimantes",
  "Permis en ligne",
  "Téléphonie",
  "Badges et accès",
  "Customer portal",
  "Facturation",
  "Search index",
  "Document archive",
  "Courriel entrant",
  "Video meetings",
  "Stock ledger",
  "Tableaux de bord",
] as const;

const faults = [
  "répond 502",
  "est lent depuis ce matin",
  "refuse le mot de passe",
  "answers slowly",
  "loses messages",
  "certificat expiré",
  "disk almost full",
  "jeton refusé",
  "times out",
  "affiche une page blanche",
  "double les écritures",
  "cannot be reached",
  "perd les pièces jointes",
  "ne s’ouvre plus",
  "prints twice",
  "rejette les fichiers",
  "shows old figures",
  "coupe les appels",
  "is out of memory",
  "demande deux fois le code",
] as const;

const places = [
  "Montréal",
  "Lyon",
  "Toronto",
  "Québec",
  "Nantes",
  "Halifax",
  "Lille",
  "Ottawa",
  "Rennes",
  "Gatineau",
  "Vancouver",
  "Bordeaux",
  "Calgary",
  "Strasbourg",
  "Winnipeg",
  "Grenoble",
  "Moncton",
] as const;

const listed = (texts: readonly string[]): string => `array['${texts.join("','")}']`;

/** Of the row `n`: its service is `n` modulo their number. */
export const titleSql = `case when n % 4 = 0 then 'The booking page answers slowly, call ' || n
  else (${listed(services)})[n % ${services.length} + 1] || ': ' || (${listed(faults)})[(n / 7) % ${faults.length} + 1]
    || ', ' || (${listed(places)})[(n / 131) % ${places.length} + 1] || ', appel ' || n end`;

/** What the desk that runs has searched for already stays as it wrote it. As the desk folds: these titles hold nothing that the two would fold otherwise. */
const foldedSql = `lower(unaccent(regexp_replace(title, '[^[:alnum:]]+', ' ', 'g')))`;
const insertSql = `insert into incident_search (incident_id, service_id, title, fingerprint, is_open, reported_at, ended_at, document)
select id, service_id, folded, left(md5(folded), 16), is_open, reported_at, case when is_open then null else reported_at + interval '2 hours' end, search_document(folded)
from (select id, service_id, is_open, reported_at, ${foldedSql} as folded from incidents) as made
on conflict do nothing`;

export async function seedSearch(client: pg.Client): Promise<void> {
  const { rows: indexes } = await client.query<{ indexname: string; indexdef: string }>(
    "select indexname, indexdef from pg_indexes where schemaname = 'public' and tablename = 'incident_search' and indexname <> 'incident_search_pkey'",
  );
  for (const { indexname } of indexes) await client.query(`drop index ${client.escapeIdentifier(indexname)}`);
  await client.query(insertSql);
  await client.query("set maintenance_work_mem = '256MB'");
  for (const { indexdef } of indexes) await client.query(indexdef);
  await client.query("vacuum analyze incident_search");
}

const whole = [
  "The booking page answers slowly",
  "La messagerie perd les pièces jointes à Rennes",
  "Facturation: double les écritures depuis minuit",
  "VPN gateway cannot be reached from Halifax",
  "Le code est demandé deux fois à la téléphonie",
  "Permis en ligne répond 502 à la confirmation",
  "Kubernetes scheduler evicts everything",
  "Appel 731233 rejette les fichiers",
  "Ascenseur bloqué au troisième étage avec deux personnes",
];

/** After a word, half way, a letter short of the end, whole. */
export const typedTitles: readonly string[] = whole.flatMap((title) => [
  title.slice(0, 8),
  title.slice(0, Math.ceil(title.length / 2)),
  title.slice(0, -1),
  title,
]);
