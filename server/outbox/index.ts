// outbox: the messages as people see them. Writing and sending is server/platform/mail*.
export { outboxPermissions } from './permissions.ts';
