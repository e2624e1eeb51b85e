-- The number of the list of steps on which a saga began. The default is for instances of the version before, which do not know the column and
-- write only sagas on the first list.
alter table sagas add column definition smallint not null default 1;
