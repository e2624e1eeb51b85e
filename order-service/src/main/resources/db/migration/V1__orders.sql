-- What was ordered, and what has become of it. Ids are version 7 UUIDs, so they sort by the time of placing.
create table orders (
    id           uuid primary key,
    customer     text           not null,
    lines        jsonb          not null,
    address      jsonb          not null,
    total        numeric(19, 2) not null check (total > 0),
    currency     text           not null check (currency ~ '^[A-Z]{3}$'),
    status       text           not null check (status in ('PENDING', 'CONFIRMED', 'REJECTED', 'CANCELLED', 'PARKED')),
    cause_reason text,
    cause_detail text,
    placed_at    timestamptz    not null
);

create index orders_by_customer on orders (customer, id);
-- Most orders end up confirmed and are found without help.
create index orders_by_status on orders (status, id) where status <> 'CONFIRMED';

-- Where the saga of each order stands. A parked one keeps its last deadline, which does not run.
create table sagas (
    order_id       uuid primary key,
    phase          text        not null check (phase in ('FORWARD', 'COMPENSATING', 'CONFIRMED', 'REJECTED', 'CANCELLED')),
    awaiting       text,
    attempt        int         not null,
    remaining      text,
    outcome        text check (outcome in ('REJECTED', 'CANCELLED')),
    cause_reason   text,
    cause_detail   text,
    parked_reason  text,
    parked_detail  text,
    deadline_at    timestamptz,
    timeline_size  int         not null,
    trace_parent   text,
    check ((phase in ('FORWARD', 'COMPENSATING')) = (awaiting is not null and deadline_at is not null)),
    check ((phase = 'COMPENSATING') = (remaining is not null and outcome is not null))
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);

create index sagas_by_deadline on sagas (deadline_at) where deadline_at is not null and parked_reason is null;
create index sagas_parked on sagas (order_id) where parked_reason is not null;

-- All that happened to a saga, numbered without gaps.
create table saga_timeline (
    order_id     uuid        not null,
    seq          int         not null,
    kind         text        not null,
    step         text,
    attempt      int,
    message      text,
    message_id   uuid,
    reason       text,
    detail       text,
    at           timestamptz not null,
    lamport_time bigint      not null,
    hybrid_time  bigint      not null,
    trace_id     text,
    primary key (order_id, seq)
);

-- This service's own copy of the products it can sell.
create table catalogue_products (
    sku      text collate "C" primary key,
    name     text           not null,
    price    numeric(19, 2) not null check (price > 0),
    currency text           not null,
    version  bigint         not null
);
