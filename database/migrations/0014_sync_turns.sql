-- A reading that came while another of the same organization was under way waits here for its turn, without a job of its own.
alter table connections_syncs add column waits_since timestamptz;
