-- Messages that wait to be published. Rows live for milliseconds, so vacuum has to come by often.
create table outbox (
    position     bigint generated always as identity primary key,
    topic        text   not null,
    message_key  text   not null,
    headers      text   not null,
    body         bytea  not null,
    lamport_time bigint not null,
    hybrid_time  bigint not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_insert_threshold = -1);

-- The highest stamps that left this database: the clocks of a restarted service start above them.
create table message_clock (
    one_row      boolean primary key default true check (one_row),
    lamport_time bigint not null,
    hybrid_time  bigint not null
) with (fillfactor = 10);
insert into message_clock (lamport_time, hybrid_time) values (0, 0);

-- Messages that were handled, until their retention ends. BRIN costs next to nothing per row, and rows come in by time.
create table inbox (
    message_id  uuid primary key,
    received_at timestamptz not null default now()
);
create index inbox_by_age on inbox using brin (received_at) with (autosummarize = on);

-- What a participant of the saga was told and answered, per (order, step).
create table step_records (
    order_id     uuid not null,
    step         text not null,
    command_id   uuid not null,
    trace_parent text,
    reply_type   text,
    reply        bytea,
    primary key (order_id, step)
);

create table dead_letters (
    id               uuid primary key,
    topic            text        not null,
    record_partition int         not null,
    record_offset    bigint      not null,
    message_key      text,
    headers          text        not null,
    body             bytea       not null,
    cause            text,
    attempts         int         not null,
    parked_at        timestamptz not null,
    unique (topic, record_partition, record_offset)
);
create index dead_letters_by_key on dead_letters (topic, message_key);
