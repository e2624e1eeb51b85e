-- Numbers the changes of all products. A change takes the next number under the lock of the row, so numbers are committed in ascending
-- order and without gaps. It begins with the number of changes so far, so it is always the sum of the products' versions.
create table catalogue_revision (
    one_row  boolean primary key default true check (one_row),
    revision bigint not null
) with (fillfactor = 10);
insert into catalogue_revision (revision) select coalesce(sum(version), 0) from products;

-- The number of the last change of the product; 0 for changes from before there were numbers, and for products of a new catalogue.
alter table products add column revision bigint not null default 0;
