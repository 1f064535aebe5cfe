import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, type OutputOf } from '../shell/call.ts';
import type { LeavingTerms } from './leaving-draft.ts';

export type LeavingPreview = OutputOf<'previewLeaving'>['rows'][number];

const atOnce = 10;

/** Counts what the exit of these people would touch, a few people at a time; `done` says how far it is. Changes nothing. */
export function useLeavingCount(personIds: string[], terms: LeavingTerms | null) {
  const [done, setDone] = useState(0);
  const counted = useQuery({
    queryKey: ['previewLeaving', personIds, terms],
    enabled: terms !== null && personIds.length > 0,
    staleTime: 0,
    gcTime: 0,
    queryFn: async ({ signal }) => {
      const rows: LeavingPreview[] = [];
      setDone(0);
      for (let from = 0; from < personIds.length; from += atOnce) {
        const part = personIds.slice(from, from + atOnce);
        const answer = await call('previewLeaving', { body: { personIds: part, terms: terms as LeavingTerms }, signal });
        rows.push(...answer.rows);
        setDone(rows.length);
      }
      return rows;
    },
  });
  return { rows: counted.data ?? null, error: counted.error, done };
}
