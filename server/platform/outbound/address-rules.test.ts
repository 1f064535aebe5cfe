import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPublicAddress, parseAllowPrivate, plainAddress } from './address-rules.ts';

test('every private, loopback, link-local, shared, multicast and reserved address is refused, however it is written', () => {
  const refused = [
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '10.255.255.255',
    '100.64.0.1',
    '100.127.255.255',
    '127.0.0.1',
    '127.8.8.8',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.1',
    '203.0.113.9',
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:10.0.0.1',
    '::127.0.0.1',
    '64:ff9b::10.0.0.1',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '0000:0000:0000:0000:0000:ffff:7f00:0001',
    'not an address',
    '',
  ];
  for (const address of refused) assert.equal(isPublicAddress(address), false, address);
});

test('addresses of the public internet are let through', () => {
  const open = [
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.1',
    '100.63.255.255',
    '100.128.0.1',
    '172.15.0.1',
    '172.32.0.1',
    '192.169.0.1',
    '223.255.255.255',
    '2606:4700::1111',
    '2a00:1450:4001::1',
    '::ffff:8.8.8.8',
    '64:ff9b::8.8.8.8',
  ];
  for (const address of open) assert.equal(isPublicAddress(address), true, address);
});

test('IPv4 inside IPv6 is judged as the IPv4 address it reaches', () => {
  assert.equal(plainAddress('::ffff:192.168.1.20'), '192.168.1.20');
  assert.equal(plainAddress('64:ff9b::c0a8:114'), '192.168.1.20');
});

test("the operator's list opens exactly the hosts, ports and networks it names", () => {
  const allows = parseAllowPrivate([
    '127.0.0.1:9001',
    ' 10.1.0.0/16',
    'ldap.internal:636',
    '[::1]:9002',
    'fd00::/8',
    '192.168.7.0/24:443',
    'wiki.internal',
  ]);
  assert.equal(allows('127.0.0.1', 'localhost', 9001), true);
  assert.equal(allows('::ffff:127.0.0.1', 'localhost', 9001), true);
  assert.equal(allows('127.0.0.1', 'localhost', 9002), false);
  assert.equal(allows('127.0.0.2', 'localhost', 9001), false);
  assert.equal(allows('10.1.255.3', 'x', 22), true);
  assert.equal(allows('10.2.0.1', 'x', 22), false);
  assert.equal(allows('10.9.9.9', 'LDAP.internal', 636), true);
  assert.equal(allows('10.9.9.9', 'ldap.internal', 637), false);
  assert.equal(allows('10.9.9.9', 'wiki.internal', 8080), true);
  assert.equal(allows('::1', '[::1]', 9002), true);
  assert.equal(allows('::1', '[::1]', 9003), false);
  assert.equal(allows('fd12::1', 'x', 1), true);
  assert.equal(allows('192.168.7.9', 'x', 443), true);
  assert.equal(allows('192.168.7.9', 'x', 80), false);
  assert.equal(parseAllowPrivate([])('127.0.0.1', 'localhost', 80), false);
});

test('an entry that cannot be read stops the start and is named', () => {
  for (const entry of ['10.0.0.0/33', '300.1.2.3', 'http://x', '10.0.0.1:99999', 'a b', '*', 'name/8']) {
    assert.throws(
      () => parseAllowPrivate([entry]),
      (error: Error) => error.message.includes(`"${entry}"`),
      entry,
    );
  }
});
