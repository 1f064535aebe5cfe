/**
 * How a setting or a secret stands in the form of a connection: what its schema carries as `.meta(…)`. `choiceTitles`: what each choice is
 * called. `onlyFor`: it counts only where another setting has this value, and is shown only then. `rare`: most connections leave it as it is. `long`: a text of many lines: a key file, a description.
 */
export type FormMeta = {
  title: string;
  description?: string;
  choiceTitles?: Record<string, string>;
  onlyFor?: { setting: string; value: string };
  rare?: true;
  long?: true;
};
