-- The partition of each saga, whose owner watches its deadline. Sagas that have ended have no deadline, and keep 0.
alter table sagas add column partition_id smallint not null default 0;
update sagas set partition_id = partition_of(order_id::text) where deadline_at is not null;
alter table sagas alter column partition_id drop default;
