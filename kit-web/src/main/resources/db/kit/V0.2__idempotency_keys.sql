-- The answers already given, by the key the client sent with the request, until their retention ends.
create table idempotency_keys (
    key         text collate "C" primary key,
    fingerprint bytea       not null check (length(fingerprint) = 32),
    status      smallint    not null,
    location    text,
    body        bytea       not null,
    created_at  timestamptz not null default now()
);
create index idempotency_keys_by_age on idempotency_keys using brin (created_at) with (autosummarize = on);
