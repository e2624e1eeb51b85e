-- Catalogue and stock are divided by ranges of SKUs. Each range is a partition of these tables in the schema of its shard, and shard_map says
-- which. PostgreSQL finds the partition of each row, so that no statement of the service names a shard.
-- Reservations are not divided: they are found by their order, whose lines lie in several shards.

create schema undivided;
alter sequence review_ids owned by none;
alter table reservations drop constraint reservations_sku_fkey;
alter table products set schema undivided;
alter table reviews set schema undivided;
alter table stock set schema undivided;
alter table restocks set schema undivided;

create table products (like undivided.products including all) partition by range (sku);
create table stock (like undivided.stock including all) partition by range (sku);

-- A primary key has to have the SKU. Ids are taken from a sequence, or are random, and stay unique.
create table reviews (like undivided.reviews including defaults including constraints, primary key (sku, id))
    partition by range (sku);
create index reviews_by_sku on reviews (sku, written_on desc, id desc);

create table restocks (like undivided.restocks including defaults including constraints, primary key (sku, id))
    partition by range (sku);

alter sequence review_ids owned by reviews.id;

-- Creates the tables of a shard in its schema. Foreign keys are between the tables of one shard: between the divided tables, they would prevent
-- that a partition with rows is detached.
create function create_shard_tables(shard int) returns void language plpgsql as $$
declare
    name text := 'shard_' || shard;
begin
    execute format('create table %1$I.products (like products including all)', name);
    execute format('create table %1$I.reviews (like reviews including all,
                    foreign key (sku) references %1$I.products)', name);
    execute format('create table %1$I.stock (like stock including all,
                    foreign key (sku) references %1$I.products) with (fillfactor = 50)', name);
    execute format('create table %1$I.restocks (like restocks including all,
                    foreign key (sku) references %1$I.stock)', name);
end $$;

-- The shards that exist. A shard without a range has no tables.
create schema shard_1;
create schema shard_2;
create schema shard_3;
create schema shard_4;
create schema shard_5;
create schema shard_6;
create schema shard_7;
create schema shard_8;

select create_shard_tables(1);
alter table products attach partition shard_1.products for values from (minvalue) to (maxvalue);
alter table reviews attach partition shard_1.reviews for values from (minvalue) to (maxvalue);
alter table stock attach partition shard_1.stock for values from (minvalue) to (maxvalue);
alter table restocks attach partition shard_1.restocks for values from (minvalue) to (maxvalue);

insert into products select * from undivided.products;
insert into reviews select * from undivided.reviews;
insert into stock select * from undivided.stock;
insert into restocks select * from undivided.restocks;
drop schema undivided cascade;

-- The map that the partitions follow, in the text of the service; changed in the transaction that moves the rows.
create table shard_map (
    only_row   boolean primary key default true check (only_row),
    generation bigint  not null check (generation > 0),
    map        text    not null
);

insert into shard_map (generation, map) values (1, E'orderly-ranges 1\ngeneration 1\nshard 1 from - to -\n');
