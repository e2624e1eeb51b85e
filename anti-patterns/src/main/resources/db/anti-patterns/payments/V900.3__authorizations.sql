-- Amounts that may be held at the provider for a distributed transaction: written before the provider is asked to hold one,
-- deleted once it has taken it or given it up. What a crash leaves here is settled by the transaction manager's verdict.
create table if not exists authorizations (
    order_id uuid primary key,
    begun_at timestamptz not null default now()
);

create index if not exists authorizations_by_age on authorizations (begun_at);
