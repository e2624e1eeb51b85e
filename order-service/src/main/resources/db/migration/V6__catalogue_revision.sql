-- The number of the change that the copy of a product is from, among the changes of all products; 0 for changes without a number.
alter table catalogue_products add column revision bigint not null default 0;
