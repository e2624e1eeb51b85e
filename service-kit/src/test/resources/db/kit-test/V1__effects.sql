create table effects (
    order_id uuid not null,
    step     text not null,
    at       bigint generated always as identity,
    tx       xid8 not null default pg_current_xact_id()
);
