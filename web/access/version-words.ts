import { conditionWords } from './condition.ts';
import { givesWords, type RuleDetail } from './words.ts';

type Version = RuleDetail['versions'][number];

/** What a version of a rule changed against the one before it, which is missing for the first. */
export function versionWords(version: Version, before: Version | undefined): string {
  if (before === undefined) return `Written: ${conditionWords(version.when)}. Gives ${givesWords(version.grants)}.`;
  if (version.archived && !before.archived) return 'Done without.';
  const parts = [
    ...(before.archived ? ['In force again'] : []),
    ...(version.name === before.name ? [] : [`Called “${version.name}”, was “${before.name}”`]),
    ...(version.when === before.when ? [] : [`Means: ${conditionWords(version.when)}. Was: ${conditionWords(before.when)}`]),
    ...(givesWords(version.grants) === givesWords(before.grants)
      ? []
      : [`Gives ${givesWords(version.grants)}, gave ${givesWords(before.grants)}`]),
    ...(version.graceDays === before.graceDays ? [] : [`Days of grace: ${version.graceDays}, were ${before.graceDays}`]),
    ...(version.mend === before.mend ? [] : [version.mend === 'by-itself' ? 'Mends by itself' : 'Waits on the plan again']),
  ];
  return parts.length === 0 ? 'Saved again without a difference.' : `${parts.join('. ')}.`;
}
