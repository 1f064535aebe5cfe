-- What a vendor handed out with the last credential and wants to see for the next one, sealed as the secrets are.
alter table connections_connections add column kept_sealed bytea;
