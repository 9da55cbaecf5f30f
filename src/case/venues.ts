import { readFileSync } from 'node:fs';
import { UserError } from '../base/errors.ts';
import { defaultVenues, parseVenueList, type VenueList } from '../domain/venue-tiers.ts';
import type { Case } from './case.ts';

/** The list of venues in force in the case, and whether it is the case's own. */
export async function caseVenues(spilloverCase: Case): Promise<{ venues: VenueList; own: boolean }> {
  const row = await spilloverCase.database.first<{ value: string }>(`select value from setting where name = 'venues'`);
  return row
    ? { venues: parseVenueList(JSON.parse(row.value), 'the stored list'), own: true }
    : { venues: defaultVenues, own: false };
}

/** Makes a file the list of venues of the case, or goes back to the list that comes with the software. */
export async function replaceVenues(spilloverCase: Case, file: string | null): Promise<VenueList> {
  const venues = file === null ? null : parseVenueList(readJson(file), file);
  await spilloverCase.database.transaction(async () => {
    await spilloverCase.database.run(`delete from setting where name = 'venues'`);
    if (venues) {
      await spilloverCase.database.run(`insert into setting values ('venues', $value)`, {
        value: JSON.stringify(venues),
      });
    }
  });
  return venues ?? defaultVenues;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UserError(
      `${file} cannot be read as JSON: ${error instanceof Error ? error.message : error}`,
      undefined,
      { cause: error },
    );
  }
}
