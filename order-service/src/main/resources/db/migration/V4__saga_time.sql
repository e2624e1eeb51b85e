-- How far the time of the sagas' deadlines has come, by an instance that watches them: one that starts sees from it whether
-- another is at work, and by which time. It is written with every look for overdue sagas, not per saga.
create table saga_time (
    one_row boolean primary key default true check (one_row),
    reached timestamptz not null
) with (fillfactor = 10);
insert into saga_time (reached) values ('1970-01-01T00:00:00Z');
