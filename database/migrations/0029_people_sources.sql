-- Whether who works here is taken over from a connection whose system keeps accounts too.
alter table connections_connections add column takes_people boolean not null default false;
