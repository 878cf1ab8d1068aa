import { sql, type SQL } from 'drizzle-orm'
import { trainingKeyPrefixes } from '../core/contracts/training-keys.ts'

/** Ids of the keys that an attempt writes, as a list in SQL; every other key is a client’s. */
export const trainingKeyIds: SQL = sql`
  SELECT id FROM metric_keys
  WHERE ${sql.join(
    trainingKeyPrefixes.map((prefix) => sql`key GLOB ${`${prefix}*`}`),
    sql` OR `,
  )}`
