-- Codes of authenticator apps that opened a session: none opens a second one (RFC 6238 section 5.2).
create table auth.used_codes (
  user_id text not null references auth."user" (id) on delete cascade,
  code text not null,
  at timestamptz not null,
  primary key (user_id, code)
);
grant select, insert, update, delete on auth.used_codes to groundcrew_auth;
