import { runAsSystem } from '../platform/context.ts';
import type { Platform } from '../platform/platform.ts';

/** The platform as mail of an organization may use it: without a mail server for samples, so that their messages are kept and never sent. */
export async function keepSampleMail(platform: Platform, organizationId: string): Promise<Platform> {
  if (platform.config.smtpUrl === null) return platform;
  const organization = await runAsSystem(platform, organizationId, (ctx) =>
    ctx.db.selectFrom('identity_organizations').select('sample').executeTakeFirst(),
  );
  return organization?.sample === false ? platform : { ...platform, config: { ...platform.config, smtpUrl: null } };
}
