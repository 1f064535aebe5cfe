-- The mark from which changes of an app are followed, taken before the newest reading that was complete. null: everything is read.
alter table connections_connections add column changes_mark text, add column read_whole_at timestamptz;

-- What is read: everything, or what changed since the mark. changes_mark: taken before a whole reading began, it counts once that is taken in.
alter table connections_syncs add column scope text not null default 'whole' check (scope in ('whole', 'changes')), add column changes_mark text;
