-- Branches of distributed transactions that were rolled back, until their retention ends: one that comes to be prepared later
-- than that finds its tombstone here, and is refused.
create table rolled_back_branches (
    transaction_id uuid primary key,
    rolled_back_at timestamptz not null default now()
);
create index rolled_back_branches_by_age on rolled_back_branches using brin (rolled_back_at) with (autosummarize = on);
