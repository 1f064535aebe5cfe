export { importJob } from './imports/confirm-import.ts';
