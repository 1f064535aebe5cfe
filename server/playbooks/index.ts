// playbooks: what happens in what order when somebody joins or leaves. A run keeps the version it started with; each step has an instant that
// is compared with our own clock. The cut-off waits for nobody. The proof of exit says what is closed, what is not, what nobody can know.

export { playbookYaml } from './edit/playbook-yaml.ts';
export { savePlaybookVersion } from './edit/save-playbook-version.ts';
export { startHire } from './joining/start-hire.ts';
export { leavingTerms } from './leaving-terms.ts';
export { performDueSteps } from './perform-due-steps.ts';
export { startLeaving } from './start-leaving.ts';
