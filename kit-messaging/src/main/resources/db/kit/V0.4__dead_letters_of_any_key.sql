-- A key may be as long as a record. A B-tree takes no entry of more than a third of a page, so a message with a longer key could
-- not be put among the dead letters and blocked its partition; a hash index keeps four bytes of it.
drop index dead_letters_by_key;
create index dead_letters_by_key on dead_letters using hash (message_key);
