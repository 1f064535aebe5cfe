-- Reminders after the next one, earliest first.
alter table tasks_tasks add column later_reminders timestamptz[] not null default '{}';
