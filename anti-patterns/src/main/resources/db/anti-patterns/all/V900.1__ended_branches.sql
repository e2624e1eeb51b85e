-- Branches of distributed transactions that were rolled back, until their retention ends: one that comes to be prepared later
-- than that finds its tombstone here, and is refused.
create table if not exists rolled_back_branches (
    transaction_id uuid primary key,
    rolled_back_at timestamptz not null default now()
);
create index if not exists rolled_back_branches_by_age on rolled_back_branches using brin (rolled_back_at) with (autosummarize = on);

-- Branches that were committed, until their retention ends. Each writes its row itself, so the row is there if, and only if, the
-- branch was committed.
create table if not exists committed_branches (
    transaction_id uuid primary key,
    committed_at   timestamptz not null default now()
);
create index if not exists committed_branches_by_age on committed_branches using brin (committed_at) with (autosummarize = on);
