-- Whether an account signs in with a second factor, and whether it is of somebody outside the company. null: the app does not say.
alter table apps_accounts add column second_factor boolean, add column is_external boolean;
