import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventDetail, eventKind, eventWords } from './event-words.ts';

const event = (change: object) =>
  ({
    id: '1',
    at: '2026-11-21T12:00:00Z',
    action: 'step.done',
    actorName: 'Groundcrew',
    subjectKind: 'step',
    subjectName: null,
    before: null,
    after: null,
    reason: null,
    ...change,
  }) as Parameters<typeof eventWords>[0];

test('only what a machine read or a person vouched for gets a tick; what merely ran does not', () => {
  assert.equal(eventKind(event({ action: 'account.verified' })), 'good-read');
  assert.equal(eventKind(event({ action: 'task.done' })), 'good-vouched');
  assert.equal(eventKind(event({ action: 'account.did-not-obey' })), 'wrong');
  for (const action of ['step.done', 'account.suspend-sent', 'person.changed', 'something.new'])
    assert.equal(eventKind(event({ action })), 'working');
});

test('an event is said as a person would say it, and its reason ends once', () => {
  const sent = event({ action: 'account.suspend-sent', subjectKind: 'account', subjectName: 'Rohan Devaraj in Chat' });
  assert.equal(eventWords(sent), 'The app was told to close the account: Rohan Devaraj in Chat');
  assert.equal(eventWords(event({ action: 'person.changed', subjectKind: 'person', after: { title: 'Lead' } })), 'Changed: title');
  assert.equal(eventDetail(event({ reason: 'It was not done in time.' })), 'It was not done in time. Groundcrew');
});
