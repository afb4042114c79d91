import assert from "node:assert/strict";
import { test } from "node:test";
import { allPlaces, holidaysOf, isPlace } from "./public-holidays.ts";

const in2027 = { from: 2027, until: 2027 };
const told = async (place: string, years = in2027) => {
  const [found] = await holidaysOf([place], years);
  return new Map(found?.days.map((one) => [one.date, one]));
};

test("movable days are those of each year: Easter Monday in France, the Patriots' Day in Québec", async () => {
  const years = { from: 2026, until: 2028 };
  const france = await told("FR", years);
  for (const date of ["2026-04-06", "2027-03-29", "2028-04-17"])
    assert.deepEqual(
      [france.get(date)?.nameFr, france.get(date)?.nameEn, france.get(date)?.optional],
      ["Lundi de Pâques", "Easter Monday", false],
    );
  const quebec = await told("CA-QC", years);
  for (const date of ["2026-05-18", "2027-05-24", "2028-05-22"])
    assert.equal(quebec.get(date)?.nameFr, "Journée nationale des patriotes");
  for (const year of [2026, 2027, 2028]) assert.match(quebec.get(`${year}-06-24`)?.nameFr ?? "", /^Fête nationale/);
  assert.equal(quebec.get("2027-03-29")?.optional, true, "Easter Monday is kept by some in Québec");
  assert.equal((await told("FR", years)).has("2027-06-24"), false);
});

test("a part of a country adds its own days", async () => {
  assert.equal((await told("FR-57")).has("2027-03-26"), true, "Good Friday in Moselle");
  assert.equal((await told("FR")).has("2027-03-26"), false);
});

test("only whole days count, and a feast of several days is all of them", async () => {
  const emirates = await told("AE");
  assert.deepEqual(
    ["2027-03-09", "2027-03-10", "2027-03-11"].map((date) => emirates.has(date)),
    [true, true, true],
  );
  assert.equal((await told("CH-VS")).has("2027-12-24"), false, "from noon only");
});

test("a place is known or not; its parts are listed with it", async () => {
  for (const place of ["FR", "CA-QC", "FR-57", "DE-BY", "NZ-CAN-Timaru"])
    assert.equal(await isPlace(place), true, place);
  for (const place of ["", "ZZ", "CA-ZZ", "FR-QC", "CA-QC-X", "__proto__", "CA-toString"])
    assert.equal(await isPlace(place), false, place);
  const places = await allPlaces();
  assert.deepEqual(
    places.find((one) => one.place === "DE-BY"),
    { place: "DE-BY", nameFr: "Allemagne, Bayern", nameEn: "Germany, Bayern" },
  );
  assert.equal(new Set(places.map((one) => one.place)).size, places.length);
});
