/** The condition of a milestone for everybody. */
export const everyone = 'true';
/** The choice of a condition in its own words. */
export const ownCondition = '…';

/** The CEL condition of a choice: everybody, or a department by its name. */
export const conditionOfChoice = (choice: string): string =>
  choice === everyone ? everyone : `person.department == ${JSON.stringify(choice)}`;

/** What of the choices a condition is: everybody, a department's name, or one in its own words. */
export function choiceOfCondition(condition: string): string {
  const text = condition.trim();
  if (text === everyone) return everyone;
  const [, name] = text.match(/^person\.department == ("(?:[^"\\]|\\.)*")$/) ?? [];
  if (name === undefined) return ownCondition;
  try {
    return JSON.parse(name) as string;
  } catch {
    return ownCondition;
  }
}
