// audit: reading and erasing what the platform recorded. Writing it is server/platform/audit.ts.
export { eraseAuditValues } from './erase-audit-values.ts';
