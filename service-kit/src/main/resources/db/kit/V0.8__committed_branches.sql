-- Branches of distributed transactions that were committed, until their retention ends. Each writes its row itself, so the row is
-- there if, and only if, the branch was committed: a repeated commit is told from one of a branch that never was.
create table committed_branches (
    transaction_id uuid primary key,
    committed_at   timestamptz not null default now()
);
create index committed_branches_by_age on committed_branches using brin (committed_at) with (autosummarize = on);
