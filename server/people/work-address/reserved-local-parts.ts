// Names of offices and of machines (RFC 2142 and what systems write from), never of a person.
const reserved = new Set(
  `abuse accounting accounts admin administrator all automailer billing bounce bounces careers contact daemon everybody everyone feedback finance
  ftp hello help helpdesk hostmaster hr info invoice invoices is it itsupport jobs legal list lists mail mailerdaemon marketing me news nobody noc
  noreply donotreply office ops orders payroll phish phishing postmaster press privacy recruiting root sales scanner security service shop spam
  ssladmin ssladministrator sslwebmaster staff support sysadmin system team test usenet user uucp webmaster www you`.split(/\s+/),
);

/** Whether a local part is never a person's, whatever separates its letters: postmaster, no-reply, info … */
export const isReserved = (local: string): boolean => reserved.has(local.replace(/[._-]/g, ''));
