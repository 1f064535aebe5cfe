import type { Context } from '../server/platform/context.ts';
import type { Platform } from '../server/platform/platform.ts';
import { loadSigningKey } from '../server/platform/signing-keys.ts';
import { calendarFrom, companyZone, sampleBeginning } from './calendar.ts';
import { exitEvents } from './exit-events.ts';
import { hireEvents } from './hire-events.ts';
import { openCompany } from './open-company.ts';
import { otherEvents } from './other-events.ts';
import { exits } from './story.ts';
import { inWorkshop } from './workshop.ts';

/**
 * `progress` hears how far it is: `done` of `total` events of the story, and what the last one was. `whenFull` ends it, in the transaction that
 * makes all of it seen.
 */
export type SampleListener = {
  progress?(done: number, total: number, words: string): Promise<void> | void;
  whenFull?(ctx: Context, total: number): Promise<void>;
};

/**
 * Fills an empty organization, which has an owner, with the sample company: a hundred days of it pass by the product's own operations, with
 * simulated apps, so that histories, audit events and proofs are real. Nothing leaves the machine. All of it is there afterwards, or nothing.
 */
export async function buildSample(platform: Platform, organizationId: string, listener: SampleListener = {}): Promise<void> {
  // Made now, where there is none yet: the key must outlive a sample that fails.
  const { fingerprint } = await loadSigningKey(platform.appPool, platform.secretKey, platform.clock);
  const present = platform.clock.now();
  const calendar = calendarFrom(present);
  const today = present.toZonedDateTimeISO(companyZone).toPlainDate().toString();
  await inWorkshop(platform, organizationId, sampleBeginning(present), async (workshop) => {
    await listener.progress?.(0, 1, 'The people and the apps are taken in');
    const company = await openCompany(workshop, { today, keyFingerprint: fingerprint });
    const events = [
      ...exits.flatMap((exit) => exitEvents(company, calendar, exit)),
      ...hireEvents(company, calendar),
      ...otherEvents(company, calendar),
    ].sort((a, b) => Temporal.Instant.compare(a.at, b.at));
    for (const [index, event] of events.entries()) {
      await company.passUntil(event.at);
      await event.happen();
      if (index % 25 === 5) await company.lookAtNewRows();
      await listener.progress?.(index + 1, events.length + 1, event.words);
    }
    await company.passUntil(present);
    await company.run(async (ctx) => listener.whenFull?.(ctx, events.length));
  });
}
