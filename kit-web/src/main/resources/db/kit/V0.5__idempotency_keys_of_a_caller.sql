-- A key names a request among those of one caller at one endpoint, its scope. Answers from before have no scope: they hold for every
-- one until their retention ends. The default is for instances of the release before, while they still run beside new ones.
alter table idempotency_keys add column scope text collate "C" not null default '';
alter table idempotency_keys drop constraint idempotency_keys_pkey;
alter table idempotency_keys add constraint idempotency_keys_pkey primary key (key, scope);
