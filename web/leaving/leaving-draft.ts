import type { LocalMoment } from '../design/resolve-local-moment.ts';
import { resolveLocalMoment } from '../design/resolve-local-moment.ts';
import type { InputOf } from '../shell/call.ts';

export type LeavingTerms = InputOf<'startLeaving'>['body']['terms'];

/** When they know of it: as access closes, already, or at a moment of its own. */
export type Told = 'cut-off' | 'now' | 'chosen';

/** What was chosen so far about an exit. Dates are `2026-11-27` or ''. */
export type LeavingDraft = {
  when: 'now' | 'later' | null;
  moment: LocalMoment;
  lastWorkingDay: string;
  legalEnd: string;
  told: Told;
  toldMoment: LocalMoment;
  sensitive: boolean;
  named: string[];
  reason: string;
};

/** A draft without a choice between now and later: that one is always made. */
export const emptyDraft = (zone: string): LeavingDraft => ({
  when: null,
  moment: { date: '', time: '17:00', zone },
  lastWorkingDay: '',
  legalEnd: '',
  told: 'cut-off',
  toldMoment: { date: '', time: '09:00', zone },
  sensitive: false,
  named: [],
  reason: '',
});

/** The draft as the API takes it, or null while something is missing. `ownZones`: each person's own clock counts. */
export function termsOf(draft: LeavingDraft, now: number, ownZones: boolean): LeavingTerms | null {
  const { when, moment, told, toldMoment } = draft;
  if (when === null || (when === 'later' && resolveLocalMoment(moment) === null)) return null;
  const chosenTold = told === 'chosen' ? resolveLocalMoment(toldMoment) : null;
  if (when === 'later' && told === 'chosen' && chosenTold === null) return null;
  const toldAt = told === 'now' ? now : chosenTold?.instant;
  return {
    at: when === 'now' ? 'now' : `${moment.date}T${moment.time}`,
    zone: when === 'now' || ownZones ? undefined : moment.zone,
    lastWorkingDay: draft.lastWorkingDay || undefined,
    legalEnd: draft.legalEnd || undefined,
    toldAt: when === 'now' || toldAt === undefined ? undefined : new Date(toldAt).toISOString(),
    sensitive: isSensitive(draft),
    namedMemberIds: isSensitive(draft) ? draft.named : [],
    reason: draft.reason.trim() || undefined,
  };
}

/** Only an exit that is told later can be kept from others: with access closed now, everybody who may see exits sees it. */
export const isSensitive = ({ when, told, sensitive }: LeavingDraft): boolean => when === 'later' && told !== 'now' && sensitive;
