import { SampleState } from '../shell/sample-state.tsx';
import classes from './today.module.css';

/** A company to look around in before there are files: made on request, in an organization of its own. */
export function SampleCompany() {
  return (
    <section className={classes.sample} aria-labelledby="first-sample">
      <h2 id="first-sample">Or look around first</h2>
      <p>
        A company of about 180 people and 25 apps, in an organization of its own that is marked as a sample. Once you have seen enough, it
        is removed here or in Settings.
      </p>
      <SampleState />
    </section>
  );
}
