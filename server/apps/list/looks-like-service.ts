const words =
  /(?:^|[._\-+ ])(?:svc|service|services|srv|serviceaccount|bot|robot|noreply|no-?reply|donotreply|do-not-reply|mailer|daemon|api|integration|integrations|automation|automations|connector|webhook|sync|scim|cron|jenkins|ci|cicd|deploy|deployment|build|backup|monitoring|scanner|printer|kiosk|terraform|zapier|workato|n8n|system|sysadmin|root|postmaster|webmaster|hostmaster|abuse|test|tester|demo|sandbox|dienst|dienstkonto|technik|technical)(?:$|[._\-+ \d])/i;
const shared =
  /^(?:admin|admins|administrator|info|hello|hallo|contact|kontakt|office|buero|support|help|helpdesk|it|hr|jobs|careers|bewerbung|team|sales|vertrieb|marketing|billing|invoices?|rechnung(?:en)?|accounting|buchhaltung|finance|legal|security|privacy|datenschutz|empfang|reception|mail|service|ops|operations|devops|social|press|presse|shared|meeting|room|raum|konferenzraum)(?:[._-]?\d+)?$/i;

/** Why an account looks like one of a machine or of many people, or null. A suggestion for a person to decide, never acted on. */
export function looksLikeService(account: {
  userName: string | null;
  address: string | null;
  displayName: string | null;
  isService?: boolean | null;
}): string | null {
  if (account.isService === true) return 'The list says that it is not a person.';
  if (account.isService === false) return null;
  for (const name of [account.address, account.userName]) {
    if (name === null) continue;
    const local = name.includes('@') ? name.slice(0, name.indexOf('@')) : name;
    if (shared.test(local)) return `"${local}" is usually an address of many people or of a machine.`;
    const word = words.exec(local);
    if (word !== null) return `"${local}" looks like a machine's name.`;
  }
  if (account.displayName !== null && words.test(account.displayName)) return `"${account.displayName}" looks like a machine's name.`;
  return null;
}
