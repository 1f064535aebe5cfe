import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountStatusOf } from './account-words.ts';

const said = {
  suspended:
    'suspended|Suspended (Admin)|ldap_blocked|locked|cancelled|canceled|left|removed from org|deleted user|user removed|access revoked|no access|suspended by admin|disabled by admin|trashed|purged|merged|beendet|gekündigt|geschlossen|ausgeschieden|Zugriff entzogen|vorübergehend gesperrt|DEPROVISIONED|Deaktiviert',
  active:
    'Active|Active (Admin)|active - paid|paid|full|limited|connected|invite accepted|has access|freigegeben|recovery pending|employed|LOCKED_OUT|Member|Primary Owner|Single-Channel Guest',
};

test('a word for a closed account is never read as active, nor one for a live account as closed', () => {
  for (const [status, words] of Object.entries(said)) {
    for (const word of words.split('|'))
      assert.deepEqual([word, accountStatusOf(word).status, accountStatusOf(word).note], [word, status, null]);
  }
});

test('whoever can still come in, and what is to be closed and is not yet, is active and said', () => {
  for (const word of 'Invited|pending user action|blocked_pending_approval|never signed in|unconfirmed|provisioning|STAGED'.split('|')) {
    assert.equal(accountStatusOf(word).status, 'active', word);
    assert.match(accountStatusOf(word).note ?? '', /invitation can still be accepted/);
  }
  for (const word of 'pending deletion|pending removal|deprovisioning'.split('|')) {
    assert.equal(accountStatusOf(word).status, 'active', word);
    assert.match(accountStatusOf(word).note ?? '', /until it is really closed/);
  }
});

test('a word that is not known says nothing and is told', () => {
  for (const word of ['purple', 'On Leave', 'Free', 'Unassigned', 'Not invited']) {
    assert.equal(accountStatusOf(word).status, null, word);
    assert.match(accountStatusOf(word).note ?? '', /is not known to us/);
  }
});
