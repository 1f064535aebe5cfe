/** SQLSTATE classes of a database that is away, full or busy: connection, transaction rollback, resources, intervention, system. */
const passingClasses = ['08', '40', '53', '55', '57', '58'];

/** Whether an unexpected error may pass by itself, because our own database was away or busy. What is wrong with the data stays wrong. */
export function mayPass(error: unknown): boolean {
  const { code, message = '' } = error as { code?: unknown; message?: string };
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return passingClasses.includes(code.slice(0, 2));
  return (
    (typeof code === 'string' && /^E[A-Z]+$/.test(code)) ||
    /connection (terminated|ended|closed|timeout)|timeout exceeded|client has encountered|pool after calling end/i.test(message)
  );
}
