-- A topic that was deleted and made anew counts its records from 0 again, so a position does not name a record, and the lowest
-- is not the first. A record is the one that a letter holds if time and content agree as well; letters are in the order in which
-- they came. A letter from before has neither time nor digest: if its record is delivered once more, that makes a second one.
alter table dead_letters
    add column record_timestamp bigint not null default -1,
    add column digest           bytea  not null default '',
    add column arrival          bigint;

update dead_letters as letter
   set arrival = numbered.arrival
  from (select id, row_number() over (order by topic, record_partition, record_offset) as arrival from dead_letters) as numbered
 where letter.id = numbered.id;

alter table dead_letters
    alter column arrival set not null,
    alter column arrival add generated always as identity,
    drop constraint dead_letters_topic_record_partition_record_offset_key,
    add unique (topic, record_partition, record_offset, record_timestamp, digest);

select setval(pg_get_serial_sequence('dead_letters', 'arrival'), coalesce(max(arrival), 0) + 1, false) from dead_letters;
