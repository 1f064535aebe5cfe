import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeScope, judgeScopes } from './judge-scopes.ts';

test('scopes over mail, files, people and settings are wide; who somebody is and files that a program made itself are not', () => {
  const expected: [string, string, 'wide' | 'narrow' | null][] = [
    ['google', 'https://mail.google.com/', 'wide'],
    ['google', 'https://www.googleapis.com/auth/gmail.readonly', 'wide'],
    ['google', 'https://www.googleapis.com/auth/gmail.send', 'wide'],
    ['google', 'https://www.googleapis.com/auth/drive', 'wide'],
    ['google', 'https://www.googleapis.com/auth/drive.readonly', 'wide'],
    ['google', 'https://www.googleapis.com/auth/drive.file', 'narrow'],
    ['google', 'https://www.googleapis.com/auth/admin.directory.user', 'wide'],
    ['google', 'https://www.googleapis.com/auth/userinfo.email', 'narrow'],
    ['google', 'https://www.googleapis.com/auth/calendar.freebusy', 'narrow'],
    ['google', 'openid', 'narrow'],
    ['google', 'https://www.googleapis.com/auth/fitness.body.read', null],
    ['microsoft', 'Mail.ReadWrite', 'wide'],
    ['microsoft', 'https://graph.microsoft.com/Mail.Read', 'wide'],
    ['microsoft', 'Files.ReadWrite.AppFolder', 'narrow'],
    ['microsoft', 'Files.Read.All', 'wide'],
    ['microsoft', 'Directory.AccessAsUser.All', 'wide'],
    ['microsoft', 'User.Read', 'narrow'],
    ['microsoft', 'User.Read.All', 'wide'],
    ['microsoft', 'offline_access', 'narrow'],
    ['github', 'repo', 'wide'],
    ['github', 'admin:org', 'wide'],
    ['github', 'read:user', 'narrow'],
    ['slack', 'channels:history', 'wide'],
    ['slack', 'users:read', 'narrow'],
    ['dropbox', 'all files', 'wide'],
    ['dropbox', 'its own folder', 'narrow'],
    ['other', 'admin', 'wide'],
    ['other', 'something-new', null],
  ];
  assert.deepEqual(
    expected.map(([connector, scope]) => [connector, scope, judgeScope(connector, scope).width]),
    expected,
  );
});

test('a program is wide as soon as one of its scopes is, and a scope that nobody judged is said and makes it neither', () => {
  assert.deepEqual(judgeScopes('microsoft', ['User.Read', 'Mail.Read', 'Mail.ReadBasic']), {
    isWide: true,
    wide: ['read all mail'],
    narrow: ['who they are'],
    notJudged: [],
  });
  assert.deepEqual(judgeScopes('google', ['openid', 'https://www.googleapis.com/auth/fitness.body.read']), {
    isWide: false,
    wide: [],
    narrow: ['who they are'],
    notJudged: ['https://www.googleapis.com/auth/fitness.body.read'],
  });
});
