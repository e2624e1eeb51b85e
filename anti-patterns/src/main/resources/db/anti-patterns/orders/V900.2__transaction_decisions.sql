-- The decisions of distributed transactions. A COMMIT is written before the first participant hears of it, and deleted when
-- all have acknowledged. No row means abort; an ABORT is written only where a transaction is given up by others than the one
-- who runs it, so that he can no longer decide otherwise.
create table if not exists transaction_decisions (
    transaction_id uuid primary key,
    verdict        text        not null check (verdict in ('COMMIT', 'ABORT')),
    decided_at     timestamptz not null default now()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

create index if not exists transaction_decisions_by_age on transaction_decisions (verdict, decided_at);
