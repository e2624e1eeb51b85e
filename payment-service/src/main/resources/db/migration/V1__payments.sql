-- A customer's account. Its balance is derived from the transfers and kept here to be locked and checked.
create table accounts (
    customer_id text collate "C" primary key,
    balance     numeric(19, 2) not null check (balance >= 0),
    currency    text not null check (currency ~ '^[A-Z]{3}$'),
    opened_at   timestamptz not null default now()
) with (fillfactor = 70);

-- The ledger. One row moves one amount from one account to another, so its two entries sum to zero by construction.
-- Accounts are customer:<id>, funding (where customers' money comes from), held (set aside for charges under way) and
-- clearing (what the provider has taken). Those of the house have no row in accounts: every transaction would queue for it.
create table transfers (
    reference      uuid not null,
    kind           text not null check (kind in ('OPENING', 'DEPOSIT', 'HOLD', 'CAPTURE', 'RELEASE', 'REFUND')),
    id             bigint generated always as identity,
    debit_account  text collate "C" not null,
    credit_account text collate "C" not null,
    amount         numeric(19, 2) not null check (amount > 0),
    currency       text not null,
    posted_at      timestamptz not null default now(),
    primary key (reference, kind),
    check (debit_account <> credit_account)
);

create index transfers_from_customer on transfers (debit_account, id) where debit_account like 'customer:%';
create index transfers_to_customer on transfers (credit_account, id) where credit_account like 'customer:%';

-- Both sides of every transfer, for whoever audits. What a customer has is a debt of the house, so a credit adds to it.
create view ledger_entries as
    select id, reference, kind, debit_account as account, -amount as amount, currency, posted_at from transfers
    union all
    select id, reference, kind, credit_account, amount, currency, posted_at from transfers;

-- One payment per order.
create table payments (
    order_id       uuid primary key,
    state          text not null,
    customer_id    text,
    amount         numeric(19, 2) check (amount > 0),
    currency       text,
    decline_reason text,
    decline_detail text,
    attempts       integer not null,
    due_at         timestamptz,
    created_at     timestamptz not null default now(),
    settled_at     timestamptz,
    check (state in ('INTENDED', 'CHARGED', 'DECLINED', 'VOIDING', 'VOIDED', 'REFUNDING', 'REFUNDED')),
    check ((customer_id is null) = (amount is null) and (customer_id is null) = (currency is null)),
    check (customer_id is not null or state in ('VOIDING', 'VOIDED', 'REFUNDED')),
    check ((state = 'DECLINED') = (decline_reason is not null)),
    check ((state in ('INTENDED', 'VOIDING', 'REFUNDING')) = (due_at is not null))
) with (fillfactor = 70);

comment on column payments.attempts is 'how often someone set out to ask the provider for this state; 0: certainly never';
comment on column payments.due_at is 'nobody takes it up before; whoever does moves it on, so it is claim and back-off in one';

create index payments_due on payments (due_at) where due_at is not null;
