import type { KyselyPlugin, PluginTransformResultArgs, QueryResult, UnknownRow } from 'kysely';

const dateColumns = /^(createdAt|updatedAt|expiresAt|accessTokenExpiresAt|refreshTokenExpiresAt|lockedUntil)$/;

/** The sign-in library compares instants as `Date`, while our connections give ISO texts: turns its columns back. */
export const datesAsDates: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  transformResult: async ({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> => ({
    ...result,
    rows: result.rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, typeof value === 'string' && dateColumns.test(name) ? new Date(value) : value]),
      ),
    ),
  }),
};
