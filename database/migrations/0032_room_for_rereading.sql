-- Each whole reading stamps every account and grant it saw. With room left on their pages that touches no index.
alter table apps_accounts set (fillfactor = 60);
alter table apps_grants set (fillfactor = 60);
