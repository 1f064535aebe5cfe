// How long each kind of data is kept, one line per rule. docs/guide/erasure-and-retention.md tells all of them.
import { syncRecordRetention } from './connections/retention.ts';
import { roundTripRetention } from './identity/retention.ts';
import { importFileRetention } from './people/retention.ts';
import { mailRetention, type RetentionRule } from './platform/retention.ts';

export const retention: RetentionRule[] = [mailRetention, importFileRetention, syncRecordRetention, roundTripRetention];
